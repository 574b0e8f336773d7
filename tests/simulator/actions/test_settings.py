"""Logging, voice, contact data, and what is only named."""

import pytest

from patchbay.simulator.flowlog import Entries
from patchbay.simulator.transcript import Who
from tests.simulator.world import FakeFunctions, block, call, contact, heard, invokes, says


def test_logging_runs_from_where_it_is_turned_on_to_where_it_is_turned_off() -> None:
    log = Entries()

    call(
        says("before", "One.", "on"),
        block("on", "UpdateFlowLoggingBehavior", {"FlowLoggingBehavior": "Enabled"}, next_="within"),
        says("within", "Two.", "off"),
        block("off", "UpdateFlowLoggingBehavior", {"FlowLoggingBehavior": "Disabled"}, next_="after"),
        says("after", "Three."),
        log=log,
    )

    assert [entry["Identifier"] for entry in log.entries] == ["on", "within"]


def test_contact_data_can_be_read_afterwards() -> None:
    caller = contact()

    result = call(
        block(
            "data",
            "UpdateContactData",
            {"LanguageCode": "fr-CA", "CustomerId": "c-7", "WisdomSessionArn": "arn:w"},
            next_="say",
        ),
        says("say", "$.LanguageCode $.CustomerId $.Wisdom.SessionArn"),
        caller=caller,
    )

    assert heard(result) == ["fr-CA c-7 arn:w"]
    assert caller.language_code == "fr-CA"


def test_name_description_and_references_are_in_the_event_of_later_invocations() -> None:
    functions = FakeFunctions()
    link = {"Type": "URL", "Value": "https://example.com/$.Attributes.order"}

    call(
        block(
            "data",
            "UpdateContactData",
            {"Name": "$.Attributes.order", "Description": "late", "References": {"order": link}},
            next_="invoke",
        ),
        invokes(),
        functions=functions,
        caller=contact(attributes={"order": "O-7"}),
    )

    data = functions.events[0]["Details"]["ContactData"]
    assert (data["Name"], data["Description"]) == ("O-7", "late")
    assert data["References"] == {"order": {"Type": "URL", "Value": "https://example.com/O-7"}}


def test_data_of_the_related_contact_is_not_this_ones() -> None:
    caller = contact()

    result = call(
        block("data", "UpdateContactData", {"Name": "x", "TargetContact": "Related"}), caller=caller
    )

    assert caller.name is None
    assert "the related contact has them, not this one" in heard(result, Who.FLOW)


def test_the_voice_is_kept_and_its_engine_and_style_are_told() -> None:
    caller = contact()
    voice = {
        "TextToSpeechVoice": "Amy",
        "TextToSpeechEngine": "neural",
        "TextToSpeechStyle": "Conversational",
    }

    result = call(block("voice", "UpdateContactTextToSpeechVoice", voice), caller=caller)

    assert caller.voice == "Amy"
    assert heard(result, Who.FLOW)[0] == "the voice is Amy neural Conversational"


def test_a_block_that_is_not_simulated_is_named_and_passed() -> None:
    result = call(block("case", "CreateCase", {}, next_="end", errors={"NoMatchingError": "sorry"}))

    assert heard(result, Who.FLOW)[0] == "CreateCase is not simulated; going on along its NextAction ('case')"
    assert result.ended == "disconnected by flow"


@pytest.mark.parametrize(
    ("errors", "conditions", "ended"),
    [
        ({"NoMatchingError": "end"}, [], "disconnected by flow"),
        ({}, [("Equals", "x", "end")], "disconnected by flow"),
        ({}, [], "no next block"),
    ],
)
def test_without_next_action_the_way_that_is_there_is_taken(
    errors: dict[str, str], conditions: list[tuple[str, str, str]], ended: str
) -> None:
    result = call(block("view", "ShowView", {}, next_=None, errors=errors, conditions=conditions))

    assert "ShowView is not simulated" in heard(result, Who.FLOW)[0]
    assert result.ended == ended
