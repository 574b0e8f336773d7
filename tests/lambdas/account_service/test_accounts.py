"""Money and the changes to it."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from account_service.accounts import Account, CardLock, Declined, Pot, Transfer, cents, dollars, transfer

ACCOUNT = Account("C-1", savings_cents=10_000, checking_cents=500)
AMOUNTS = st.integers(min_value=1, max_value=20_000)


@pytest.mark.parametrize(
    ("amount", "expected"), [("1", 100), ("0.01", 1), ("10.5", 1050), ("3018.19", 301819), ("007", 700)]
)
def test_an_amount_is_read_exactly(amount: str, expected: int) -> None:
    assert cents(amount) == expected


@pytest.mark.parametrize(
    "amount",
    [None, "", "0", "0.00", "-1", "+1", "1.", ".5", "1.001", "1e3", "NaN", "Infinity", "1,000", "1_0", "$5",
     "٣", "true", "1 0", "9" * 13],
)  # fmt: skip
def test_what_is_no_positive_amount_of_cents_is_declined(amount: str | None) -> None:
    with pytest.raises(Declined, match="invalidAmount"):
        cents(amount)


@settings(max_examples=200, deadline=None)
@given(st.integers(min_value=1, max_value=10**14 - 1))
def test_an_amount_reads_back_what_is_written(value: int) -> None:
    assert cents(dollars(value).removeprefix("$")) == value


@pytest.mark.parametrize(("value", "text"), [(0, "$0.00"), (5, "$0.05"), (57742, "$577.42")])
def test_cents_are_written_as_dollars(value: int, text: str) -> None:
    assert dollars(value) == text


@pytest.mark.parametrize(
    ("source", "target"),
    [("Savings", "Savings"), (None, "Checking"), ("Savings", None), ("Savings", "Loan"), ("", "")],
)
def test_a_transfer_goes_between_the_two_accounts(source: str | None, target: str | None) -> None:
    with pytest.raises(Declined, match="invalidAccount"):
        transfer(source, target, "1")


def test_account_names_are_read_in_any_case() -> None:
    assert transfer("SAVINGS", "checking", "1.5") == Transfer(Pot.SAVINGS, Pot.CHECKING, 150)


@settings(max_examples=200, deadline=None)
@given(source=st.sampled_from(Pot), amount=AMOUNTS)
def test_a_transfer_creates_no_money_and_no_debt(source: Pot, amount: int) -> None:
    target = Pot.CHECKING if source is Pot.SAVINGS else Pot.SAVINGS
    held = ACCOUNT.savings_cents if source is Pot.SAVINGS else ACCOUNT.checking_cents
    change = Transfer(source, target, amount)
    if amount > held:
        with pytest.raises(Declined, match="notEnoughFunds"):
            change.apply(ACCOUNT)
        return
    after = change.apply(ACCOUNT)
    assert after.savings_cents + after.checking_cents == ACCOUNT.savings_cents + ACCOUNT.checking_cents
    assert min(after.savings_cents, after.checking_cents) >= 0
    assert after != ACCOUNT


def test_a_locked_card_stops_transfers_and_stays_locked() -> None:
    locked = CardLock().apply(ACCOUNT)
    assert CardLock().apply(locked) == locked
    with pytest.raises(Declined, match="cardLocked"):
        Transfer(Pot.SAVINGS, Pot.CHECKING, 1).apply(locked)
