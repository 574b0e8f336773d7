"""An account and the changes that a caller may ask for. Money is in integer cents."""

import re
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Protocol

_AMOUNT = re.compile(r"([0-9]{1,12})(?:\.([0-9]{1,2}))?")


class Declined(Exception):
    """The request cannot be done; `error_type` is what the flow reads."""

    def __init__(self, error_type: str) -> None:
        super().__init__(error_type)
        self.error_type = error_type


class Pot(StrEnum):
    """The two accounts of a customer, as the answer names them."""

    SAVINGS = "Savings"
    CHECKING = "Checking"


@dataclass(frozen=True)
class Account:
    """What a customer holds."""

    customer_id: str
    savings_cents: int
    checking_cents: int
    card_locked: bool = False

    def with_added(self, pot: Pot, cents: int) -> "Account":
        """This account with `cents` more, or fewer, in `pot`. Raises Declined: notEnoughFunds."""
        savings = self.savings_cents + (cents if pot is Pot.SAVINGS else 0)
        checking = self.checking_cents + (cents if pot is Pot.CHECKING else 0)
        if savings < 0 or checking < 0:
            raise Declined("notEnoughFunds")
        return replace(self, savings_cents=savings, checking_cents=checking)


class Change(Protocol):
    """A request with an effect."""

    @property
    def key(self) -> str:
        """Equal for requests that ask the same."""
        ...

    def apply(self, account: Account) -> Account:
        """The account afterwards. Raises Declined."""
        ...


@dataclass(frozen=True)
class CardLock:
    """Locks the card; a locked one stays locked."""

    key: str = "lockCard"

    def apply(self, account: Account) -> Account:
        """The account with its card locked."""
        return replace(account, card_locked=True)


@dataclass(frozen=True)
class Transfer:
    """Moves `cents` from one pot to the other."""

    source: Pot
    target: Pot
    cents: int

    @property
    def key(self) -> str:
        """The operation with its parameters."""
        return f"fundsTransfer#{self.source}#{self.target}#{self.cents}"

    def apply(self, account: Account) -> Account:
        """The account after the transfer. Raises Declined: cardLocked, notEnoughFunds."""
        if account.card_locked:
            raise Declined("cardLocked")
        return account.with_added(self.source, -self.cents).with_added(self.target, self.cents)


def transfer(source: str | None, target: str | None, amount: str | None) -> Transfer:
    """The transfer that a flow's parameters ask for. Raises Declined: invalidAccount, invalidAmount."""
    wanted = Transfer(_pot(source), _pot(target), cents(amount))
    if wanted.source is wanted.target:
        raise Declined("invalidAccount")
    return wanted


def cents(amount: str | None) -> int:
    """A decimal above 0 with at most two decimals, in cents. Raises Declined: invalidAmount."""
    match = _AMOUNT.fullmatch(amount or "")
    value = int(match[1]) * 100 + int((match[2] or "").ljust(2, "0")) if match else 0
    if value == 0:
        raise Declined("invalidAmount")
    return value


def dollars(value: int) -> str:
    """Cents as a caller reads them: 301819 is $3018.19."""
    return f"${value // 100}.{value % 100:02}"


def _pot(name: str | None) -> Pot:
    for pot in Pot:
        if pot.lower() == (name or "").lower():
            return pot
    raise Declined("invalidAccount")
