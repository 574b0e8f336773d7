"""The decorator: check, raise, and two lines that name nobody."""

import json
import subprocess
import sys
from collections.abc import Callable, Mapping
from typing import Any

import pytest

from common.answers import failure, success
from common.event import ContactEvent, NotAConnectEvent
from common.handler import Handler, HandlerFailed, contact_handler
from common.response import ResponseRefused
from tests.lambdas.conftest import LogLines
from tests.lambdas.invocations import CONTACT_ID, GOLD_MEMBER, LAMBDAS, contact_event, lambda_context

PERSONAL = (GOLD_MEMBER, "+18005550100", "4711", "Océane", "Tremblay")
NAMES = ("contact_id", "channel", "request_id", "function_version")
EVENT = contact_event({"pin": "4711"}, Attributes={"name": "Océane"})


def answering(answer: object) -> Handler:
    """A handler with a fixed answer."""

    def handle(event: ContactEvent) -> Mapping[str, object]:
        return answer  # type: ignore[return-value]  # what the check is for

    return contact_handler(handle)


def raising(error: Exception) -> Handler:
    """A handler that fails."""

    def handle(event: ContactEvent) -> Mapping[str, object]:
        raise error

    return contact_handler(handle)


def only(log_lines: LogLines) -> dict[str, Any]:
    """The end of the one invocation, after a look at its start and for personal data."""
    start, end = log_lines()
    written = json.dumps([start, end], ensure_ascii=False)
    assert not [secret for secret in PERSONAL if secret in written]
    assert (start["message"], start["level"], end["message"]) == ("invocation started", "INFO", "invocation")
    assert [start.get(name) for name in NAMES] == [end.get(name) for name in NAMES]
    assert not {"outcome", "error_type", "duration_ms"} & start.keys()
    return end


def test_an_accepted_answer_comes_back_and_is_logged_as_ok(log_lines: LogLines) -> None:
    assert answering({"name": "Tremblay"})(EVENT, lambda_context()) == {"name": "Tremblay"}
    line = only(log_lines)
    assert (line["contact_id"], line["channel"]) == (CONTACT_ID, "VOICE")
    assert (line["request_id"], line["function_version"]) == ("request-1", "7")
    assert (line["level"], line["outcome"]) == ("INFO", "ok")
    assert line["duration_ms"] >= 0
    assert "error_type" not in line


def test_a_channel_that_utf_8_does_not_have_costs_no_log_line() -> None:
    """Standard output is UTF-8; a line that it refuses is lost, and a traceback is printed in its place."""
    code = (
        "from common.answers import success\n"
        "from common.handler import contact_handler\n"
        "data = {'ContactId': 'c-1', 'Channel': '\\ud800'}\n"
        "contact_handler(lambda event: success())({'Details': {'ContactData': data}}, None)\n"
    )
    environment = {"PYTHONPATH": str(LAMBDAS), "PYTHONIOENCODING": "utf-8"}
    run = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True, env=environment
    )
    assert [json.loads(line)["channel"] for line in run.stdout.splitlines()] == ["\ud800", "\ud800"]
    assert run.stderr == ""


def test_an_informational_error_is_logged_with_its_type(log_lines: LogLines) -> None:
    answer = failure("lookupUnavailable", retryable=True, name="Tremblay")
    assert answering(answer)(EVENT, lambda_context()) == answer
    line = only(log_lines)
    assert (line["level"], line["outcome"], line["error_type"]) == ("INFO", "error", "lookupUnavailable")


@pytest.mark.parametrize("error_type", ["Océane Tremblay", GOLD_MEMBER, "", "x" * 65])
def test_an_error_type_that_is_no_identifier_is_not_logged(error_type: str, log_lines: LogLines) -> None:
    answering(failure(error_type, retryable=False))(EVENT, lambda_context())
    line = only(log_lines)
    assert line["outcome"] == "error"
    assert "error_type" not in line


def test_a_status_of_the_handlers_own_is_an_ok_answer(log_lines: LogLines) -> None:
    answering({"status": "Tremblay"})(EVENT, lambda_context())
    assert only(log_lines)["outcome"] == "ok"


@pytest.mark.parametrize(
    "answer",
    [["Tremblay"], None, {"a": {"b": "Tremblay"}}, {"a": 1}, {"a": "x" * 33_000}, {"a": float("nan")}],
)
def test_an_answer_that_connect_would_refuse_raises(answer: object, log_lines: LogLines) -> None:
    with pytest.raises(ResponseRefused):
        answering(answer)(EVENT, lambda_context())
    line = only(log_lines)
    assert (line["level"], line["outcome"], line["error_type"]) == ("ERROR", "refused", "ResponseRefused")


def test_the_response_type_of_the_function_decides(monkeypatch: pytest.MonkeyPatch) -> None:
    nested = success(Balance={"Savings": "$1.00"})
    monkeypatch.setenv("PATCHBAY_RESPONSE_TYPE", "JSON")
    assert answering(nested)(EVENT, lambda_context()) == nested
    monkeypatch.setenv("PATCHBAY_RESPONSE_TYPE", "STRING_MAP")
    with pytest.raises(ResponseRefused):
        answering(nested)(EVENT, lambda_context())


def test_an_unknown_response_type_is_found_before_the_handler_runs(monkeypatch: pytest.MonkeyPatch) -> None:
    ran: list[ContactEvent] = []

    @contact_handler
    def handler(event: ContactEvent) -> dict[str, object]:
        ran.append(event)
        return {}

    monkeypatch.setenv("PATCHBAY_RESPONSE_TYPE", "XML")
    with pytest.raises(HandlerFailed, match="ValueError"):
        handler(EVENT, lambda_context())
    assert ran == []


def test_a_handler_that_raises_fails_without_the_text_of_its_error(log_lines: LogLines) -> None:
    with pytest.raises(HandlerFailed, match=r"^KeyError at common/handler\.py:\d+ in \w+$") as failed:
        raising(KeyError(GOLD_MEMBER))(EVENT, lambda_context())
    assert isinstance(failed.value.__context__, KeyError)
    assert failed.value.__suppress_context__, "no traceback prints the original"
    line = only(log_lines)
    assert (line["level"], line["outcome"], line["error_type"]) == ("ERROR", "raised", "KeyError")


def test_a_payload_that_is_no_event_is_logged_without_a_contact(log_lines: LogLines) -> None:
    with pytest.raises(NotAConnectEvent):
        answering({})({"name": "Tremblay"}, lambda_context())
    line = only(log_lines)
    assert (line["outcome"], line["error_type"]) == ("raised", "NotAConnectEvent")
    assert "contact_id" not in line


@pytest.mark.parametrize("context", [None, object()])
def test_the_bare_context_of_an_emulator_is_enough(
    context: object, log_lines: LogLines, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("AWS_LAMBDA_FUNCTION_VERSION", "12")
    answering({})(EVENT, context)
    line = only(log_lines)
    assert line["function_version"] == "12"
    assert "request_id" not in line


def test_one_invocation_leaves_nothing_in_the_line_of_the_next(log_lines: LogLines) -> None:
    with pytest.raises(HandlerFailed):
        raising(ValueError())(EVENT, lambda_context())
    answering({})(contact_event(ContactId="second"), lambda_context())
    _, first, start, second = log_lines()
    assert first["error_type"] == "ValueError"
    assert (start["contact_id"], start["message"]) == ("second", "invocation started")
    assert (second["contact_id"], second["outcome"]) == ("second", "ok")
    assert not [line for line in (start, second) if "error_type" in line]


def test_the_first_line_is_written_before_the_handler_runs(log_lines: LogLines) -> None:
    seen: list[dict[str, Any]] = []

    @contact_handler
    def handler(event: ContactEvent) -> dict[str, object]:
        seen.extend(log_lines())
        return {}

    handler(EVENT, lambda_context())
    (start,) = seen
    assert (start["message"], start["contact_id"]) == ("invocation started", CONTACT_ID)
    assert (start["request_id"], start["function_version"]) == ("request-1", "7")


def test_a_wrong_setting_is_an_invocation_that_started_and_raised(
    log_lines: LogLines, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATCHBAY_RESPONSE_TYPE", "XML")
    with pytest.raises(HandlerFailed):
        answering({})(EVENT, lambda_context())
    assert only(log_lines)["outcome"] == "raised"


KILLED = """
import os
from common.handler import contact_handler
from tests.lambdas.invocations import contact_event, lambda_context

contact_handler(lambda event: os._exit(1))(contact_event(), lambda_context())
"""


def test_a_killed_invocation_leaves_a_start_without_an_end() -> None:
    ended = subprocess.run([sys.executable, "-c", KILLED], capture_output=True, text=True, check=False)
    (start,) = [json.loads(line) for line in ended.stdout.splitlines()]
    assert (ended.returncode, start["message"]) == (1, "invocation started")
    assert [start[name] for name in NAMES] == [CONTACT_ID, "VOICE", "request-1", "7"]


def test_the_handler_keeps_the_name_and_docstring_of_what_it_wraps() -> None:
    def handle(event: ContactEvent) -> dict[str, object]:
        """What it does."""
        return {}

    wrap: Callable[..., Handler] = contact_handler
    assert (wrap(handle).__name__, wrap(handle).__doc__) == ("handle", "What it does.")
