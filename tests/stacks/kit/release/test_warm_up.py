"""The candidate answers the recorded events before any caller meets it."""

import json
from pathlib import Path
from typing import Any

import pytest
from botocore.exceptions import EndpointConnectionError, ReadTimeoutError

from common.response import ResponseType
from live_alias.converge import Clock
from release.evidence import Unreadable
from release.warm_up import ATTEMPTS, MOST_EVENTS, Candidate, WarmedUp, recorded, warm_up
from tests.stacks.kit.aws import ServiceError
from tests.stacks.kit.release.account import Account
from tests.stacks.kit.release.services import FUNCTION

VOICE = {"Details": {"ContactData": {"ContactId": "7", "Channel": "VOICE"}, "Parameters": {"phone": "+1"}}}
THROTTLED = ServiceError("TooManyRequestsException", 429, "Rate Exceeded.")
BROKEN = ServiceError("ServiceException", 500, "sorry")


class Trial:
    def __init__(self) -> None:
        self.account = Account()
        self.version = self.account.function.publish()
        self.slept = 0.0
        self.limit = 120.0
        self.response = ResponseType.STRING_MAP

    def answers(self, answer: object, *, failed: bool = False, takes: float = 0.0) -> None:
        def invoked(_: dict[str, Any]) -> tuple[object, bool]:
            self.slept += takes
            return answer, failed

        self.account.function.behaviour[self.version] = invoked

    @property
    def invoked(self) -> list[dict[str, Any]]:
        return [event for _, event in self.account.function.invoked]

    def run(self, events: dict[str, Any] | None = None) -> WarmedUp:
        candidate = Candidate(self.account.clients().invoke, FUNCTION, self.version, self.response)
        clock = Clock(self._sleep, lambda: self.limit - self.slept)
        return warm_up(candidate, {"voice.json": VOICE} if events is None else events, clock)

    def _sleep(self, seconds: float) -> None:
        self.slept += seconds


@pytest.fixture
def trial() -> Trial:
    return Trial()


def test_right_answers_to_all_events_are_no_failure(trial: Trial) -> None:
    assert trial.run({"chat.json": VOICE, "voice.json": VOICE}) == WarmedUp("", 2, 2)
    assert len(trial.invoked) == 2


def test_no_recorded_events_are_no_failure(trial: Trial) -> None:
    assert trial.run({}) == WarmedUp("", 0, 0)


def test_every_event_gets_a_contact_id_that_is_no_contacts_and_keeps_the_rest(trial: Trial) -> None:
    trial.run({"a.json": VOICE, "b.json": VOICE})

    ids = [event["Details"]["ContactData"].pop("ContactId") for event in trial.invoked]
    assert all(one.startswith("warm-up-") for one in ids)
    assert len(set(ids)) == 2
    assert trial.invoked[0]["Details"] == {
        "ContactData": {"Channel": "VOICE"},
        "Parameters": {"phone": "+1"},
    }
    assert VOICE["Details"]["ContactData"]["ContactId"] == "7"


@pytest.mark.parametrize("event", [[], None, {"Details": None}, {"Details": {"ContactData": []}}])
def test_an_event_that_is_not_connects_is_sent_as_it_is(trial: Trial, event: Any) -> None:
    trial.run({"odd.json": event})

    assert trial.invoked == [event]


def test_a_function_error_is_a_failure_that_names_event_and_error(trial: Trial) -> None:
    trial.answers({"errorType": "KeyError", "errorMessage": "'Attributes'"}, failed=True)

    assert trial.run().failure == "voice.json: KeyError: 'Attributes'"


def test_a_long_error_is_shortened_to_one_line(trial: Trial) -> None:
    trial.answers({"errorType": "E", "errorMessage": "a\nb " + "x" * 1000}, failed=True)

    failure = trial.run().failure
    assert failure.startswith("voice.json: E: a b xxx")
    assert len(failure) < 200


@pytest.mark.parametrize("body", [b"not JSON", b"[]", b"{}", b'"text"'])
def test_a_function_error_without_words_is_a_failure_too(trial: Trial, body: bytes) -> None:
    trial.answers(body, failed=True)

    assert trial.run().failure == "voice.json: the function failed without a message"


@pytest.mark.parametrize(
    ("answer", "words"),
    [
        ({"balance": 12}, "'balance' is a number, but a STRING_MAP takes strings only"),
        (None, "the response is null"),
        ({"text": "x" * 40_000}, "takes fewer than 32768"),
        (b"oops", "the answer is not JSON"),
    ],
)
def test_an_answer_that_connect_refuses_is_a_failure(trial: Trial, answer: object, words: str) -> None:
    trial.answers(answer)

    assert words in trial.run().failure


def test_a_block_that_takes_json_takes_nested_answers(trial: Trial) -> None:
    trial.response = ResponseType.JSON
    trial.answers({"account": {"balance": 12}})

    assert not trial.run().failure


def test_it_stops_at_the_first_failure(trial: Trial) -> None:
    trial.answers({"errorMessage": "no"}, failed=True)

    assert trial.run({"a.json": VOICE, "b.json": VOICE}) == WarmedUp("a.json: no", 1, 2)


@pytest.mark.parametrize("error", [THROTTLED, BROKEN], ids=str)
def test_a_refusal_of_lambda_that_passes_is_ridden_out(trial: Trial, error: ServiceError) -> None:
    trial.account.faults["Invoke"] = [error] * (ATTEMPTS - 1)

    assert trial.run() == WarmedUp("", 1, 1)
    assert trial.slept > 0


@pytest.mark.parametrize(
    "error",
    [
        THROTTLED,
        BROKEN,
        ServiceError("AccessDeniedException", 403, "not authorized"),
        EndpointConnectionError(endpoint_url="https://lambda"),
        ReadTimeoutError(endpoint_url="https://lambda"),
    ],
    ids=str,
)
def test_without_an_answer_of_lambda_the_candidate_is_not_judged(trial: Trial, error: Exception) -> None:
    trial.account.faults["Invoke"] = [error] * ATTEMPTS

    with pytest.raises(Unreadable, match=f"version {trial.version}"):
        trial.run()

    assert trial.slept < 10


def test_many_events_are_cut_off(trial: Trial) -> None:
    events = {f"{number:02}.json": VOICE for number in range(MOST_EVENTS + 5)}

    assert trial.run(events) == WarmedUp("", MOST_EVENTS, MOST_EVENTS + 5)


def test_slow_answers_are_cut_off_while_there_is_time_to_write_the_alias(trial: Trial) -> None:
    trial.answers({}, takes=10)

    went = trial.run({f"{number}.json": VOICE for number in range(10)})

    assert not went.failure
    assert 5 < went.invoked < 10
    assert trial.slept < 90


def test_without_time_for_a_single_event_the_candidate_is_not_judged(trial: Trial) -> None:
    trial.limit = 20

    with pytest.raises(Unreadable, match="no time"):
        trial.run()


def test_recorded_events_are_read_by_name(tmp_path: Path) -> None:
    for name in ("voice.json", "chat.json", "note.txt"):
        (tmp_path / name).write_text(json.dumps({"from": name}))

    assert recorded(tmp_path) == {"chat.json": {"from": "chat.json"}, "voice.json": {"from": "voice.json"}}


def test_a_function_without_a_folder_has_no_recorded_events(tmp_path: Path) -> None:
    assert recorded(tmp_path / "lookup") == {}


def test_a_recorded_event_that_is_not_json_does_not_judge_the_candidate(tmp_path: Path) -> None:
    (tmp_path / "voice.json").write_text("{")

    with pytest.raises(Unreadable, match="not JSON"):
        recorded(tmp_path)


def test_no_payload_is_logged(trial: Trial, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level("DEBUG", "release")
    trial.answers({"errorMessage": "no"}, failed=True)
    trial.run()

    assert "+1" not in caplog.text
