"""Every sample handler takes everything that Connect may send, and answers what Connect accepts."""

from collections.abc import Callable
from typing import Any

import pytest

from common.event import NotAConnectEvent
from common.response import refusal
from patchbay import function_folders
from patchbay.functions import Kind
from tests.lambdas.invocations import LAMBDAS, SAMPLES, contact_event, invoke, recorded_events

pytestmark = pytest.mark.usefixtures("seeded_tables")

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
    function: str, shape: str, response_type: Callable[[str], None]
) -> None:
    response_type(function)
    answer = invoke(function, SHAPES[shape])
    assert refusal(answer, function_folders.load(LAMBDAS, function, {}, "test").response) is None
    assert "" not in answer.values()


@pytest.mark.parametrize("function", SAMPLES)
def test_a_payload_that_connect_did_not_send_raises(function: str) -> None:
    with pytest.raises(NotAConnectEvent):
        invoke(function, {"Records": []})


@pytest.mark.parametrize("channel", ["voice", "chat", "task", "email"])
@pytest.mark.parametrize("function", SAMPLES)
def test_the_recorded_events_of_a_sample_succeed_and_name_their_channel(
    function: str, channel: str, response_type: Callable[[str], None]
) -> None:
    response_type(function)
    event = recorded_events(function)[channel]
    assert event["Details"]["ContactData"]["Channel"] == channel.upper()
    assert invoke(function, event).get("status", "ok") == "ok"


@pytest.mark.parametrize("function", SAMPLES)
def test_the_recorded_events_change_nothing(function: str) -> None:
    """They warm up a candidate version, so they must be free of effects."""
    operations = {
        event["Details"]["Parameters"].get("operation") for event in recorded_events(function).values()
    }
    assert operations <= {None, "checkBalance"}


@pytest.mark.parametrize("function", SAMPLES)
def test_a_sample_is_a_flow_function_that_names_known_tables(function: str) -> None:
    settings = function_folders.load(LAMBDAS, function, {}, "test")
    assert settings.kind is Kind.FLOW
    assert set(settings.tables) <= set(function_folders.tables(LAMBDAS))


def test_only_the_account_service_has_effects() -> None:
    effects = {name for name in SAMPLES if function_folders.load(LAMBDAS, name, {}, "test").effects}
    assert effects == {"account_service"}
