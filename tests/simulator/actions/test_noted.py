"""Settings that no simulated call meets."""

import pytest

from patchbay.simulator.actions.noted import WORDS
from patchbay.simulator.flowlog import Entries
from patchbay.simulator.given import Given
from patchbay.simulator.transcript import Who
from tests.simulator.world import LOGGING, block, call, contact, heard, says


@pytest.mark.parametrize("type_", WORDS)
def test_the_setting_is_noted_and_the_flow_goes_on(type_: str) -> None:
    result = call(
        block("set", type_, {"Some": "$.Attributes.value"}, errors={"NoMatchingError": "sorry"}),
        caller=contact(attributes={"value": "7"}),
    )

    assert heard(result, Who.FLOW)[0] == f'{WORDS[type_]}: {{"Some": "7"}}'
    assert result.ended == "disconnected by flow"


def test_a_stream_that_was_given_can_be_read() -> None:
    stream = {"MediaStreams": {"Customer": {"Audio": {"StreamARN": "arn:s"}}}}

    result = call(
        block("set", "UpdateContactMediaStreamingBehavior", {"MediaStreamingState": "Enabled"}, next_="say"),
        says("say", "$.MediaStreams.Customer.Audio.StreamARN"),
        given={"set": Given(data=stream)},
    )

    assert heard(result) == ["arn:s"]


def test_recording_is_logged_as_connect_logs_it() -> None:
    log = Entries()

    call(
        {**LOGGING, "Transitions": {"NextAction": "set"}},
        block("set", "UpdateContactRecordingBehavior"),
        log=log,
    )

    assert log.entries[1]["ContactFlowModuleType"] == "SetRecordingBehavior"
