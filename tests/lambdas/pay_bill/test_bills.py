"""Bills, and what a caller writes down."""

import re

import pytest

from pay_bill.bills import Bill, confirmation_of, dollars


@pytest.mark.parametrize(
    ("cents", "text"), [(0, "$0.00"), (5, "$0.05"), (4200, "$42.00"), (123456, "$1234.56")]
)
def test_cents_are_written_as_dollars(cents: int, text: str) -> None:
    assert dollars(cents) == text


def test_a_confirmation_is_short_speakable_and_always_that_of_its_request() -> None:
    assert re.fullmatch(r"PB-[B-DF-HJKMNP-TV-Z2-9]{6}", confirmation_of("one"))
    assert confirmation_of("one") == confirmation_of("one") != confirmation_of("two")


def test_a_bill_is_open_until_its_payment_has_a_confirmation() -> None:
    assert Bill("C-1", "B-1", 4200).open
    assert not Bill("C-1", "B-1", 4200, confirmation="PB-777777").open
    assert not Bill("C-1", "B-1", 0).open


def test_a_token_stays_out_of_its_repr() -> None:
    assert "tok_1002" not in repr(Bill("C-1", "B-1", 4200, payment_token="tok_1002"))
