"""What a flow learns about a caller."""

from dataclasses import dataclass
from typing import Protocol

from common.answers import success
from common.event import ContactEvent
from common.phone import caller

NONE = "none"
"""Stands for a value that is not there: a flow cannot compare with an empty string."""


@dataclass(frozen=True)
class Customer:
    """A customer's record; None where it has no such value."""

    name: str | None = None
    language: str | None = None
    """Such as fr-CA."""
    membership: str | None = None
    open_case: str | None = None
    """The id of the case."""


class Customers(Protocol):
    """Where customers are kept."""

    def by_phone_number(self, phone_number: str) -> Customer | None:
        """The customer with this E.164 number."""
        ...


def answer(event: ContactEvent, customers: Customers) -> dict[str, object]:
    """The same keys for everybody; `found` is "false" for an unknown, withheld or missing number."""
    number = caller(event)
    customer = customers.by_phone_number(number) if number else None
    known = customer or Customer()
    return success(
        found=str(customer is not None).lower(),
        name=known.name or NONE,
        language=known.language or NONE,
        membership=known.membership or NONE,
        openCase=known.open_case or NONE,
    )
