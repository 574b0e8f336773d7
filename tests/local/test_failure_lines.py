"""The lines in which Lambda says that a function did not start, or that its process ended."""

import json
from typing import Any

import pytest

from patchbay.explain import faults
from patchbay.explain.model import Fault
from patchbay.local import failure_lines
from patchbay.local.failure_lines import IN_ONE_EVENT, Failure, Form

MISSING = Failure("Runtime.ImportModuleError", "Unable to import module 'handler': No module named 'x'")
RAISED = Failure(
    "KeyError", "'TABLE'", ('  File "handler.py", line 1, in <module>\n    os.environ["TABLE"]\n',)
)


def _form(*, node: bool = False, structured: bool = False) -> Form:
    return Form(node, structured, 1_790_000_000.5)


def _events(text: str) -> list[str]:
    return [event.replace(IN_ONE_EVENT, "\n") for event in text.splitlines()]


def test_an_import_error_in_text() -> None:
    assert _events(failure_lines.of_start(MISSING, _form(), 12.3456)) == [
        "[WARNING]\t2026-09-21T14:13:20.500Z\t\tLAMBDA_WARNING: Unhandled exception. "
        "The most likely cause is an issue in the function code.",
        "[ERROR] Runtime.ImportModuleError: Unable to import module 'handler': No module named 'x'\n"
        "Traceback (most recent call last):",
        "INIT_REPORT Init Duration: 12.35 ms\tPhase: invoke\tStatus: error\t"
        "Error Type: Runtime.ImportModuleError",
    ]


def test_what_a_module_raises_has_its_place_in_the_same_event() -> None:
    event = _events(failure_lines.of_start(RAISED, _form(), 1))[1]
    assert event.splitlines() == [
        "[ERROR] KeyError: 'TABLE'",
        "Traceback (most recent call last):",
        '  File "handler.py", line 1, in <module>',
        '    os.environ["TABLE"]',
    ]


def test_an_import_error_in_json() -> None:
    text = failure_lines.of_start(MISSING, _form(structured=True), 12.3456)
    warning, error, report = (json.loads(event) for event in _events(text))
    assert (warning["level"], warning["message"][:15]) == ("WARN", "LAMBDA_WARNING:")
    assert error == {
        "timestamp": "2026-09-21T14:13:20.500Z",
        "level": "ERROR",
        "errorType": MISSING.type,
        "errorMessage": MISSING.message,
        "stackTrace": [],
    }
    assert (report["type"], report["time"]) == ("platform.initReport", "2026-09-21T14:13:20.500Z")
    assert report["record"] == {
        "initializationType": "on-demand",
        "phase": "invoke",
        "status": "error",
        "errorType": MISSING.type,
        "metrics": {"durationMs": 12.346},
    }


@pytest.mark.parametrize("structured", [False, True])
@pytest.mark.parametrize("node", [False, True])
def test_every_form_is_read_back_as_the_same_fault(node: bool, structured: bool) -> None:
    events = _events(failure_lines.of_start(MISSING, _form(node=node, structured=structured), 12))
    assert faults.fault(events) == Fault(MISSING.type, MISSING.message)
    assert faults.unhandled(events)
    assert node or faults.before_handler(events)


def test_node_writes_an_uncaught_exception() -> None:
    event = _events(failure_lines.of_start(MISSING, _form(node=True), 12))[0]
    time, request, level, what, told = event.split("\t")
    assert (time, request, level, what) == (
        "2026-09-21T14:13:20.500Z",
        "undefined",
        "ERROR",
        "Uncaught Exception ",
    )
    assert json.loads(told) == {"errorType": MISSING.type, "errorMessage": MISSING.message, "stack": []}


@pytest.mark.parametrize(
    ("status", "reason"),
    [
        (1, "Runtime exited with error: exit status 1"),
        (-9, "Runtime exited with error: signal: killed"),
        (0, "Runtime exited without providing a reason"),
        (None, "Runtime exited without providing a reason"),
    ],
)
def test_a_process_that_ended_is_named_with_its_status(status: int | None, reason: str) -> None:
    failure = failure_lines.exit_of("r-1", status)
    (event,) = _events(failure_lines.of_exit(failure, _form(), "r-1"))
    assert event == f"RequestId: r-1 Error: {reason}\nRuntime.ExitError"
    assert faults.fault([event]) == Fault("Runtime.ExitError", reason)


def test_a_process_that_ended_in_json_is_an_event_of_the_platform() -> None:
    form = _form(structured=True)
    told: dict[str, Any] = json.loads(failure_lines.of_exit(failure_lines.exit_of("r-1", 1), form, "r-1"))
    assert (told["type"], told["record"]) == (
        "platform.runtimeDone",
        {"requestId": "r-1", "status": "failure", "errorType": "Runtime.ExitError"},
    )


def test_a_process_that_ends_before_it_is_ready_has_no_error_of_a_runtime() -> None:
    events = _events(failure_lines.of_start(failure_lines.exit_of("r-1", 3), _form(), 4))
    assert [event.split(" ")[0] for event in events] == ["RequestId:", "INIT_REPORT"]
    structured = _events(failure_lines.of_start(failure_lines.exit_of("r-1", 3), _form(structured=True), 4))
    assert [event.split(" ")[0] for event in structured] == ['{"time":']
