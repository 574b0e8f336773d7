"""What stands between Lambda and a Node.js function: check, throw, and two lines that name nobody."""

import json
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from release import log_lines
from tests.lambdas.invocations import CONTACT_ID, GOLD_MEMBER, LAMBDAS, contact_event
from tests.lambdas.node.runner import CONTEXT, Answer, EnvironmentEnded, NodeHandler

HANDLERS = Path(__file__).parent / "handlers.mjs"
PERSONAL = (GOLD_MEMBER, "+18005550100", "4711", "Océane", "Tremblay")
NAMES = ("contact_id", "channel", "request_id", "function_version")
STRING_MAP, JSON = ({"PATCHBAY_RESPONSE_TYPE": name} for name in ("STRING_MAP", "JSON"))


@pytest.fixture(scope="module")
def process() -> Iterator[NodeHandler]:
    with NodeHandler(HANDLERS) as handler:
        yield handler


def event(does: str, **parameters: object) -> dict[str, Any]:
    personal = {"pin": "4711", **parameters}
    return contact_event({"does": does, **personal}, Attributes={"name": "Océane"})


def only(answer: Answer) -> dict[str, Any]:
    """The end of the one invocation, after a look at its start and for personal data."""
    start, end = answer.lines
    written = json.dumps([start, end], ensure_ascii=False)
    assert not [secret for secret in PERSONAL if secret in written]
    assert (start["message"], start["level"], end["message"]) == ("invocation started", "INFO", "invocation")
    assert [start.get(name) for name in NAMES] == [end.get(name) for name in NAMES]
    assert not {"outcome", "error_type", "duration_ms"} & start.keys()
    return end


def message(answer: Answer) -> str:
    """Of what was thrown, after a look for personal data in everything that Lambda could log of it."""
    assert answer.error is not None
    assert not [secret for secret in PERSONAL if secret in answer.error.printed]
    return f"{answer.error.type}: {answer.error.message}"


@pytest.mark.parametrize("does", ["answer", "later"])
def test_an_accepted_answer_comes_back_and_is_logged_as_ok(process: NodeHandler, does: str) -> None:
    answer = process.invoke(event(does, answer={"name": "Tremblay"}))
    assert answer.value == {"name": "Tremblay"}
    line = only(answer)
    assert (line["contact_id"], line["channel"]) == (CONTACT_ID, "VOICE")
    assert (line["request_id"], line["function_version"]) == ("request-1", "7")
    assert (line["level"], line["outcome"]) == ("INFO", "ok")
    assert line["duration_ms"] >= 0
    assert "error_type" not in line


def test_the_lines_are_to_a_release_what_those_of_python_are(process: NodeHandler) -> None:
    lines = process.invoke(event("fail", type="down")).log_lines
    started, ended = (log_lines.parse(line, "2026/11/21/[7]abc", 1.0) for line in lines)
    assert started is not None
    assert started.fact == log_lines.Started("request-1", "7", CONTACT_ID)
    assert ended is not None
    assert isinstance(ended.fact, log_lines.Ended)
    assert (ended.fact.request, ended.fact.version) == ("request-1", "7")
    assert (ended.fact.contact, ended.fact.outcome) == (CONTACT_ID, "error")


def test_an_informational_error_is_logged_with_its_type(process: NodeHandler) -> None:
    answer = process.invoke(event("fail", type="lookupUnavailable"))
    assert answer.value == {
        "status": "error",
        "errorType": "lookupUnavailable",
        "retryable": "true",
        "name": "Tremblay",
    }
    line = only(answer)
    assert (line["level"], line["outcome"], line["error_type"]) == ("INFO", "error", "lookupUnavailable")


@pytest.mark.parametrize("error_type", ["Océane Tremblay", GOLD_MEMBER, "", "x" * 65])
def test_an_error_type_that_is_no_identifier_is_not_logged(process: NodeHandler, error_type: str) -> None:
    line = only(process.invoke(event("fail", type=error_type)))
    assert line["outcome"] == "error"
    assert "error_type" not in line


@pytest.mark.parametrize("error_type", [None, ["Tremblay"]])
def test_an_error_type_that_is_no_text_is_not_logged(process: NodeHandler, error_type: object) -> None:
    line = only(process.invoke(event("fail", type=error_type), environment=JSON))
    assert line["outcome"] == "error"
    assert "error_type" not in line


def test_a_status_of_the_handlers_own_is_an_ok_answer(process: NodeHandler) -> None:
    answer = process.invoke(event("answer", answer={"status": "Tremblay"}), environment=STRING_MAP)
    assert only(answer)["outcome"] == "ok"


@pytest.mark.parametrize(
    "does",
    [
        event("answer", answer=["Tremblay"]), event("answer", answer=None), event("odd", answer="undefined"),
        event("answer", answer={"a": {"b": "Tremblay"}}), event("answer", answer={"a": 1}),
        event("answer", answer={"a": "x" * 33_000}), event("odd", answer="NaN"),
    ],
)  # fmt: skip
def test_an_answer_that_connect_would_refuse_throws(process: NodeHandler, does: dict[str, Any]) -> None:
    answer = process.invoke(does, environment=STRING_MAP)
    assert message(answer).startswith("ResponseRefused: ")
    line = only(answer)
    assert (line["level"], line["outcome"], line["error_type"]) == ("ERROR", "refused", "ResponseRefused")


def test_the_response_type_of_the_function_decides(process: NodeHandler) -> None:
    nested = {"status": "ok", "Balance": {"Savings": "$1.00"}}
    assert process.invoke(event("answer", answer=nested), environment=JSON).value == nested
    refused = process.invoke(event("answer", answer=nested), environment=STRING_MAP)
    assert "'Balance' is an object, but a STRING_MAP takes strings only" in message(refused)


def test_without_a_response_type_the_stricter_one_holds() -> None:
    with NodeHandler(HANDLERS) as process:
        assert process.invoke(event("answer", answer={"a": 1})).error is not None


@pytest.mark.parametrize("wrong", ["XML", "toString"])
def test_an_unknown_response_type_is_found_before_the_handler_runs(process: NodeHandler, wrong: str) -> None:
    answer = process.invoke(event("end"), environment={"PATCHBAY_RESPONSE_TYPE": wrong})
    assert message(answer).startswith("HandlerFailed: RangeError at common/handler.mjs:")
    assert only(answer)["outcome"] == "raised"


@pytest.mark.parametrize(
    ("does", "name", "place"),
    [
        ("throw", "SecretError", "common/handler.mjs"),
        ("reject", "SecretError", "common/handler.mjs"),
        ("throw with a name of its own", "TypeError", "common/handler.mjs"),
        ("read what is not there", "TypeError", "common/handler.mjs"),
        ("throw a text", "string", "an unknown place"),
        ("throw nothing", "undefined", "an unknown place"),
    ],
)
def test_a_handler_that_throws_fails_without_the_text_of_its_error(
    process: NodeHandler, does: str, name: str, place: str
) -> None:
    answer = process.invoke(event(does), environment=STRING_MAP)
    assert message(answer).startswith(f"HandlerFailed: {name} at {place}")
    line = only(answer)
    assert (line["level"], line["outcome"], line["error_type"]) == ("ERROR", "raised", name)


def test_a_failure_is_placed_in_the_functions_own_code(tmp_path: Path) -> None:
    shutil.copytree(LAMBDAS / "common", tmp_path / "common")
    own = tmp_path / "lookup/handler.mjs"
    own.parent.mkdir()
    own.write_text(
        'import { contactHandler } from "../common/handler.mjs";\n'
        "function find(event) {\n"
        "  return event.queue.name;\n"
        "}\n"
        "export const handler = contactHandler(async (event) => find(event));\n"
    )
    with NodeHandler(own) as process:
        failed = process.invoke(event("answer"))
    assert message(failed) == "HandlerFailed: TypeError at lookup/handler.mjs:3 in find"


def test_a_payload_that_is_no_event_is_logged_without_a_contact(process: NodeHandler) -> None:
    answer = process.invoke({"name": "Tremblay"})
    assert message(answer).startswith("NotAConnectEvent: the payload is no Amazon Connect event")
    line = only(answer)
    assert (line["outcome"], line["error_type"]) == ("raised", "NotAConnectEvent")
    assert "contact_id" not in line


@pytest.mark.parametrize("context", [None, {}])
def test_the_bare_context_of_an_emulator_is_enough(
    process: NodeHandler, context: dict[str, object] | None
) -> None:
    version = {"AWS_LAMBDA_FUNCTION_VERSION": "$LATEST", **STRING_MAP}
    line = only(process.invoke(event("answer", answer={}), context, version))
    assert line["function_version"] == "$LATEST"
    assert "request_id" not in line


def test_the_trace_and_the_service_are_named(process: NodeHandler) -> None:
    trace = "Root=1-5759e988-bd862e3fe1be46a994272793;Parent=53995c3f42cd8ad8;Sampled=1"
    variables = {"_X_AMZN_TRACE_ID": trace, "POWERTOOLS_SERVICE_NAME": "lookup", **STRING_MAP}
    line = only(process.invoke(event("answer", answer={}), environment=variables))
    assert (line["service"], line["xray_trace_id"]) == ("lookup", "1-5759e988-bd862e3fe1be46a994272793")


def test_one_invocation_leaves_nothing_in_the_line_of_the_next(process: NodeHandler) -> None:
    assert process.invoke(event("throw")).lines[1]["error_type"] == "SecretError"
    second = process.invoke(
        contact_event({"does": "answer", "answer": {}}, ContactId="second"), environment=STRING_MAP
    )
    start, end = second.lines
    assert (start["contact_id"], end["contact_id"], end["outcome"]) == ("second", "second", "ok")
    assert "error_type" not in end


def test_a_killed_invocation_leaves_a_start_without_an_end() -> None:
    with NodeHandler(HANDLERS) as process, pytest.raises(EnvironmentEnded) as ended:
        process.invoke(event("end"), CONTEXT)
    (start,) = [json.loads(line) for line in ended.value.log_lines]
    assert (ended.value.exit_code, start["message"]) == (3, "invocation started")
    assert [start[name] for name in NAMES] == [CONTACT_ID, "VOICE", "request-1", "7"]
