"""One spelling for phone numbers."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from common.event import ContactEvent
from common.phone import caller, e164
from tests.lambdas.invocations import GOLD_MEMBER, contact_event


@pytest.mark.parametrize(
    "written",
    [
        "+14165550011",
        " +1 (416) 555-0011 ",
        "0014165550011",
        "+1.416.555.0011",
        "+1\u00a0416\u2011555\u20110011",
    ],
)
def test_one_number_has_one_spelling(written: str) -> None:
    assert e164(written) == "+14165550011"


def test_the_trunk_zero_in_brackets_is_dropped() -> None:
    assert e164("+44 (0)20 7946 0018") == "+442079460018"


@pytest.mark.parametrize(
    "written",
    [None, "", "anonymous", "Restricted", "+", "4165550011", "+04165550011", "+1416", "+1234567890123456",
     "a@example.com", "+1416555001\uff11", "sip:+14165550011@example.com"],
)  # fmt: skip
def test_what_is_no_international_number_is_none(written: str | None) -> None:
    assert e164(written) is None


@settings(max_examples=200, deadline=None)
@given(st.text())
def test_a_normalised_number_stays_as_it_is(written: str) -> None:
    number = e164(written)
    assert number is None or e164(number) == number


def test_the_parameter_goes_before_the_endpoint() -> None:
    assert caller(ContactEvent.parse(contact_event({"phoneNumber": "+14165550022"}))) == "+14165550022"
    assert caller(ContactEvent.parse(contact_event({"phoneNumber": " "}))) == GOLD_MEMBER


def test_an_unusable_parameter_is_not_replaced_by_the_endpoint() -> None:
    assert caller(ContactEvent.parse(contact_event({"phoneNumber": "unknown"}))) is None


def test_without_endpoint_there_is_no_caller() -> None:
    assert caller(ContactEvent.parse(contact_event(caller=None))) is None
