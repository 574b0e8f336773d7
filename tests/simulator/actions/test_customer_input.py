"""Get customer input and Store customer input."""

from typing import Any

import pytest

from patchbay.simulator.actions.phone import e164
from patchbay.simulator.flowlog import Entries
from patchbay.simulator.participant import KEYS, KeyQuestion, Prepared
from patchbay.simulator.transcript import CallResult, Who
from tests.simulator.world import block, call, contact, heard, says

ERRORS = {"InputTimeLimitExceeded": "late", "NoMatchingCondition": "unknown", "NoMatchingError": "sorry"}
LINES = [says("one", "You chose one."), says("late", "Too late."), says("unknown", "No such choice.")]


def menu(*digits: str, channel: str = "VOICE") -> CallResult:
    asks = block(
        "menu",
        "GetParticipantInput",
        {"Text": "Press one.", "StoreInput": "False", "InputTimeLimitSeconds": "5"},
        errors=ERRORS,
        conditions=[("Equals", "1", "one")],
    )
    return call(asks, *LINES, digits=digits, caller=contact(channel))


@pytest.mark.parametrize(
    ("digits", "said"),
    [(["1"], "You chose one."), (["1#"], "You chose one."), (["9"], "No such choice."), ([], "Too late.")],
)
def test_a_menu_branches_on_the_key(digits: list[str], said: str) -> None:
    assert heard(menu(*digits)) == ["Press one.", said]


def test_an_unanswered_question_is_silence() -> None:
    result = menu()

    assert heard(result, Who.SILENCE) == ["5.0 s of silence: nothing is keyed"]


def test_what_the_caller_keys_is_in_the_transcript() -> None:
    assert heard(menu("1"), Who.CALLER) == ["keys 1"]


@pytest.mark.parametrize("channel", ["CHAT", "TASK", "EMAIL"])
def test_there_are_no_keys_outside_voice(channel: str) -> None:
    assert menu("1", channel=channel).transcript[0].text.startswith("'menu': Error branch (NoMatchingError)")


def store(*digits: str, log: Entries | None = None, **parameters: object) -> CallResult:
    asks = block(
        "ask",
        "GetParticipantInput",
        {"Text": "Number?", "StoreInput": "True", "InputTimeLimitSeconds": "5", **parameters},
        next_="read",
        errors={"InvalidPhoneNumber": "invalid", "NoMatchingError": "sorry"},
    )
    return call(
        asks,
        says("read", "You keyed $.StoredCustomerInput."),
        says("invalid", "No number."),
        digits=digits,
        log=log,
        caller=contact(logging=True),
    )


@pytest.mark.parametrize(
    ("keyed", "parameters", "said"),
    [
        ("1234#", {}, "You keyed 1234."),
        ("1234*", {"DTMFConfiguration": {"InputTerminationSequence": "*"}}, "You keyed 1234."),
        ("123456", {"InputValidation": {"CustomValidation": {"MaximumLength": "4"}}}, "You keyed 1234."),
        ("4111", {"InputEncryption": {"EncryptionKeyId": "x"}}, "You keyed (encrypted)."),
        (
            "2025550100",
            {"InputValidation": {"PhoneNumberValidation": {"NumberFormat": "Local", "CountryCode": "US"}}},
            "You keyed +12025550100.",
        ),
        ("12", {"InputValidation": {"PhoneNumberValidation": {"NumberFormat": "E164"}}}, "No number."),
    ],
)
def test_input_is_validated_and_stored(keyed: str, parameters: dict[str, Any], said: str) -> None:
    assert heard(store(keyed, **parameters))[-1] == said


def test_no_input_is_stored_as_timeout_along_the_success_branch() -> None:
    assert heard(store())[-1] == "You keyed Timeout."


def test_storing_is_logged_without_the_input() -> None:
    log = Entries()

    store("4711", log=log)

    assert log.entries[0]["ContactFlowModuleType"] == "StoreUserInput"
    assert "4711" not in str(log.entries[0])


def test_the_caller_hangs_up_when_questions_never_end() -> None:
    asks = block(
        "menu",
        "GetParticipantInput",
        {"Text": "Press one.", "StoreInput": "False"},
        next_="menu",
        errors={"InputTimeLimitExceeded": "menu"},
    )

    result = call(asks)

    assert result.ended == "caller hung up"
    assert len(heard(result)) == 3


@pytest.mark.parametrize(
    ("keyed", "number_format", "country", "number"),
    [
        ("2025550100", "Local", "US", "+12025550100"),
        ("202555010", "Local", "US", None),
        ("07700900123", "Local", "GB", "+447700900123"),
        ("0612345678", "Local", "NL", "0612345678"),
        ("12025550100", "E164", "", "+12025550100"),
        ("+442079460000", "E164", "", "+442079460000"),
        ("012345678", "E164", "", None),
        ("abc", "E164", "", None),
    ],
)
def test_phone_numbers_are_kept_in_e164(
    keyed: str, number_format: str, country: str, number: str | None
) -> None:
    assert e164(keyed, number_format, country) == number


class Asked(Prepared):
    """Remembers what it was asked."""

    question: KeyQuestion | None = None

    def keys(self, question: KeyQuestion = KEYS) -> str | None:
        self.question = question
        return super().keys(question)


@pytest.mark.parametrize(
    ("parameters", "conditions", "question"),
    [
        (
            {"StoreInput": "False", "InputTimeLimitSeconds": "4"},
            [("Equals", "1", "one"), ("Equals", "2", "one")],
            KeyQuestion(seconds=4, longest=1, choices=("1", "2")),
        ),
        (
            {
                "StoreInput": "True",
                "InputValidation": {"CustomValidation": {"MaximumLength": "6"}},
                "DTMFConfiguration": {"InputTerminationSequence": "*"},
            },
            [],
            KeyQuestion(seconds=5, longest=6, terminator="*"),
        ),
        ({"StoreInput": "True"}, [], KeyQuestion(seconds=5)),
    ],
)
def test_the_caller_is_told_what_may_be_keyed(
    parameters: dict[str, Any], conditions: list[tuple[str, str, str]], question: KeyQuestion
) -> None:
    caller = Asked()
    asks = block("ask", "GetParticipantInput", {"Text": "?", **parameters}, conditions=conditions)

    call(asks, LINES[0], participant=caller)

    assert caller.question == question
