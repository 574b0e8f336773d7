"""Wait."""

import pytest

from patchbay.simulator.given import Given
from patchbay.simulator.transcript import CallResult, Who
from tests.simulator.world import block, call, contact, heard, says


def waited(
    channel: str = "CHAT", name: str = "TimeLimitSeconds", more: str = "CustomerReturned", **options: object
) -> CallResult:
    return call(
        block(
            "wait",
            "Wait",
            {name: "300", "Events": ["CustomerReturned"]},
            next_=None,
            errors={"NoMatchingError": "sorry"},
            conditions=[("Equals", "WaitCompleted", "done"), ("Equals", more, "returned")],
        ),
        says("done", "Goodbye."),
        says("returned", "Welcome back."),
        caller=contact(channel),
        **options,  # type: ignore[arg-type]
    )


@pytest.mark.parametrize("name", ["TimeLimitSeconds", "TimeoutSeconds"])
def test_a_chat_waits_until_the_time_is_up(name: str) -> None:
    result = waited(name=name)

    assert heard(result) == ["Goodbye."]
    assert heard(result, Who.SILENCE) == ["300.0 s of silence: the flow waits"]


def test_a_customer_who_returns_is_for_the_call_to_say() -> None:
    assert heard(waited(given={"wait": Given("CustomerReturned")})) == ["Welcome back."]


def test_a_plain_wait_on_voice_is_an_error() -> None:
    assert heard(waited("VOICE")) == ["Sorry."]


def test_a_wait_that_keeps_running_takes_its_branch_continue_and_says_what_is_not_known() -> None:
    result = waited("VOICE", more="Continue")

    assert heard(result) == ["Welcome back."]
    assert "AWS does not publish how a Wait keeps running" in heard(result, Who.FLOW)[0]
