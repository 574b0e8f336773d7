"""Play prompt."""

import pytest

from patchbay.simulator.flowlog import Entries
from patchbay.simulator.transcript import Who
from tests.simulator.world import block, call, contact, heard


def prompt(**parameters: object) -> dict[str, object]:
    return block("say", "MessageParticipant", parameters, errors={"NoMatchingError": "sorry"})


@pytest.mark.parametrize(
    ("parameters", "words"),
    [
        ({"Text": "Hello, $.Attributes.name."}, "Hello, Ana."),
        ({"SSML": "<speak>Hello,<break time='1s'/> <b>$.Attributes.name</b>.</speak>"}, "Hello, Ana."),
        ({"PromptId": "arn:prompt"}, "[recorded prompt arn:prompt]"),
        ({"Media": {"Uri": "s3://bucket/a.wav"}}, "[recorded prompt s3://bucket/a.wav]"),
    ],
)
def test_the_caller_hears_the_message(parameters: dict[str, object], words: str) -> None:
    assert heard(call(prompt(**parameters), caller=contact(attributes={"name": "Ana"}))) == [words]


def test_speech_and_its_breaks_take_time() -> None:
    said = call(prompt(Text="one two three four five"))
    paused = call(prompt(SSML="<speak>one two <break time='3s'/> three four five</speak>"))

    assert said.transcript[-1].at_ms == 2000
    assert paused.transcript[-1].at_ms == 5000


def test_a_chat_message_takes_no_time() -> None:
    result = call(prompt(Text="one two three"), caller=contact("CHAT"))

    assert heard(result) == ["one two three"]
    assert result.transcript[-1].at_ms == 0


@pytest.mark.parametrize("channel", ["TASK", "EMAIL"])
def test_nobody_hears_a_prompt_on_a_task_or_an_e_mail(channel: str) -> None:
    result = call(prompt(Text="Hello."), caller=contact(channel))

    assert heard(result) == []
    assert heard(result, Who.FLOW)[0] == f"nobody hears the prompt on {channel}: Hello."


@pytest.mark.parametrize("parameters", [{}, {"Text": "$.External.missing"}, {"PromptId": ""}])
def test_nothing_to_say_takes_the_error_branch(parameters: dict[str, object]) -> None:
    log = Entries()

    result = call(prompt(**parameters), caller=contact(logging=True), log=log)

    assert heard(result) == ["Sorry."]
    assert log.entries[0]["Results"] == "No prompt provided"


def test_a_prompt_without_error_branch_goes_on() -> None:
    result = call(block("say", "MessageParticipant", {"Text": ""}))

    assert result.ended == "disconnected by flow"
    assert "no branch for NoMatchingError" in heard(result, Who.BRANCH)[0]


def test_a_prompt_is_logged() -> None:
    log = Entries()

    call(prompt(Text="Hello."), caller=contact(logging=True), log=log)

    assert log.entries[0]["ContactFlowModuleType"] == "PlayPrompt"
    assert log.entries[0]["Parameters"] == {"Text": "Hello.", "TextToSpeechType": "text", "Voice": "Joanna"}
