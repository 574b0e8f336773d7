"""Callback numbers and queued callbacks."""

import pytest

from patchbay.simulator.contact import Contact
from patchbay.simulator.given import Given
from patchbay.simulator.transcript import CallResult, Who
from tests.simulator.world import block, call, contact, heard, says

WRONG = {"InvalidCallbackNumber": "invalid", "CallbackNumberNotDialable": "undialable"}


def number(written: str, given: dict[str, Given] | None = None) -> CallResult:
    return call(
        block("set", "UpdateContactCallbackNumber", {"CallbackNumber": written}, next_="say", errors=WRONG),
        says("say", "We call $.CallbackNumber."),
        says("invalid", "That is no number."),
        says("undialable", "We cannot call that."),
        caller=contact(attributes={"number": "+14165550011"}),
        given=given,
    )


@pytest.mark.parametrize("written", ["+14165550022", "$.Attributes.number"])
def test_a_number_in_e164_is_kept(written: str) -> None:
    assert heard(number(written))[0].startswith("We call +1416555")


@pytest.mark.parametrize("written", ["4165550022", "", "+0123456789", "$.Attributes.missing"])
def test_another_number_takes_the_branch_invalid(written: str) -> None:
    assert heard(number(written)) == ["That is no number."]


def test_a_number_that_the_instance_may_not_dial_is_for_the_call_to_say() -> None:
    assert heard(number("+14165550022", {"set": Given("CallbackNumberNotDialable")})) == [
        "We cannot call that."
    ]


QUEUE = block("queue", "UpdateContactTargetQueue", {"QueueId": "arn:q"}, next_="callback")
CALLBACK = block(
    "callback",
    "CreateCallbackContact",
    {"InitialCallDelaySeconds": "99", "MaximumConnectionAttempts": "2", "RetryDelaySeconds": "600"},
    errors={"NoMatchingError": "sorry"},
)


def test_a_callback_waits_in_the_working_queue_with_the_callers_number() -> None:
    result = call(QUEUE, CALLBACK)

    assert "a callback to +12025550100 waits in the queue arn:q, after 99 s, at most 2 times" in heard(
        result, Who.FLOW
    )


def test_without_queue_or_number_there_is_no_callback() -> None:
    unknown = Contact("contact-1", "CHAT")

    assert heard(call(CALLBACK)) == ["Sorry."]
    assert heard(call(QUEUE, CALLBACK, caller=unknown)) == ["Sorry."]


def test_a_number_that_was_set_goes_before_the_callers_own() -> None:
    number = {"CallbackNumber": "+14165550022"}

    result = call(block("set", "UpdateContactCallbackNumber", number, next_="queue"), QUEUE, CALLBACK)

    assert any("a callback to +14165550022 waits" in text for text in heard(result, Who.FLOW))
