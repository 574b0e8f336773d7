"""Every sample handler takes everything that Connect may send, and answers what Connect accepts."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest

from common.event import NotAConnectEvent
from common.response import refusal
from patchbay import function_folders
from tests.lambdas.invocations import LAMBDAS, SAMPLES, contact_event, invoke, recorded_events, settings_of

pytestmark = pytest.mark.usefixtures("unchanged_tables")

SHAPES: dict[str, dict[str, Any]] = {
    "voice": contact_event({"companyName": "GGG", "operation": "checkBalance"}),
    "chat without endpoints": contact_event(
        {}, caller=None, Channel="CHAT", SystemEndpoint=None, InitiationMethod="API"
    ),
    "task without parameters": contact_event(None, caller=None, Channel="TASK", Attributes=None),
    "email": contact_event(
        {}, Channel="EMAIL", CustomerEndpoint={"Address": "a@example.com", "Type": "EMAIL_ADDRESS"}
    ),
    "a channel of tomorrow": contact_event({}, Channel="HOLOGRAM", SegmentAttributes={"x": {"y": 1}}),
    "withheld number": contact_event({}, caller="anonymous"),
    "endpoint without address": contact_event({}, CustomerEndpoint={"Type": "TELEPHONE_NUMBER"}),
    "queue with an outbound caller id": contact_event(
        {}, Queue={"ARN": "arn:q", "Name": "Q", "OutboundCallerId": {"Address": "+18005550100"}}
    ),
    "nested parameters": contact_event(
        {"companyName": {"en": "GGG"}, "operation": ["checkBalance"], "customerId": {"id": 1}, "Age": 10}
    ),
    "nothing but an id": {"Details": {"ContactData": {"ContactId": "c-1"}}},
}


@pytest.mark.parametrize("shape", SHAPES)
@pytest.mark.parametrize("function", SAMPLES)
def test_every_sample_answers_every_event_with_what_connect_accepts(
    function: str, shape: str, as_deployed: Callable[[str], None]
) -> None:
    as_deployed(function)
    answer = invoke(function, SHAPES[shape])
    assert refusal(answer, settings_of(function).response) is None
    assert "" not in answer.values()


@pytest.mark.parametrize("function", SAMPLES)
def test_a_payload_that_connect_did_not_send_raises(function: str) -> None:
    with pytest.raises(NotAConnectEvent):
        invoke(function, {"Records": []})


REFUSED = {"contact_archive": "instanceNotAllowed"}
"""Samples that keep their recorded events from having an effect by refusing them."""


@pytest.mark.parametrize("channel", ["voice", "chat", "task", "email"])
@pytest.mark.parametrize("function", SAMPLES)
def test_the_recorded_events_of_a_sample_get_the_same_answer_on_every_channel(
    function: str, channel: str, as_deployed: Callable[[str], None]
) -> None:
    as_deployed(function)
    event = recorded_events(function)[channel]
    assert event["Details"]["ContactData"]["Channel"] == channel.upper()
    assert invoke(function, event).get("errorType") == REFUSED.get(function)


@pytest.mark.parametrize("function", SAMPLES)
def test_the_recorded_events_change_nothing(function: str) -> None:
    """They are also what people try by hand."""
    operations = {
        event["Details"]["Parameters"].get("operation") for event in recorded_events(function).values()
    }
    allowed = settings_of(function).harmless_operations if settings_of(function).effects else operations
    assert operations <= set(allowed)


@pytest.mark.parametrize("function", SAMPLES)
def test_a_sample_says_everything_that_its_recorded_events_return(
    function: str, as_deployed: Callable[[str], None]
) -> None:
    as_deployed(function)
    said = set(settings_of(function).returns or ())
    for event in recorded_events(function).values():
        assert set(paths(invoke(function, event))) <= said


@pytest.mark.parametrize("function", SAMPLES)
def test_a_sample_names_known_tables(function: str) -> None:
    assert set(settings_of(function).tables) <= set(function_folders.tables(LAMBDAS))


def paths(answer: dict[str, Any], prefix: str = "") -> Iterator[str]:
    """The keys as a flow addresses them."""
    for key, value in answer.items():
        if isinstance(value, dict):
            yield from paths(value, f"{prefix}{key}.")
        else:
            yield f"{prefix}{key}"
