"""Errors as the runtimes write them, in both log formats."""

import pytest

from patchbay.explain.faults import fault, is_start_up, timed_out
from patchbay.explain.model import Fault

PLACE = "KeyError at tutorial/handler.py:12 in answer"

WRITTEN = {
    "Python, text": (
        f"[ERROR] HandlerFailed: {PLACE}\nTraceback (most recent call last):\n  File ...",
        Fault("HandlerFailed", PLACE),
    ),
    "Python, JSON": (
        '{"timestamp":"2026-01-31T12:00:00Z","level":"ERROR","errorMessage":"' + PLACE + '",'
        '"errorType":"HandlerFailed","requestId":"1","stackTrace":[]}',
        Fault("HandlerFailed", PLACE),
    ),
    "Python, no module": (
        "[ERROR] Runtime.ImportModuleError: Unable to import module 'tutorial.handler': No module named 'x'\n"
        "Traceback (most recent call last):",
        Fault("Runtime.ImportModuleError", "Unable to import module 'tutorial.handler': No module named 'x'"),
    ),
    "Node.js, text": (
        '2026-01-31T12:00:00.000Z\t1\tERROR\tInvoke Error \t{"errorType":"HandlerFailed","errorMessage":"'
        + PLACE
        + '","stack":["HandlerFailed: x"]}',
        Fault("HandlerFailed", PLACE),
    ),
    "Node.js, JSON": (
        '{"timestamp":"2026-01-31T12:00:00Z","level":"ERROR","requestId":"1","message":'
        '{"errorType":"HandlerFailed","errorMessage":"' + PLACE + '","stackTrace":[]}}',
        Fault("HandlerFailed", PLACE),
    ),
    "exit": (
        "RequestId: 1 Error: Runtime exited with error: signal: killed\nRuntime.ExitError",
        Fault("Runtime.ExitError", "Runtime exited with error: signal: killed"),
    ),
    "embedded AWS": (f"common.handler.HandlerFailed: {PLACE}", Fault("HandlerFailed", PLACE)),
    "REPORT alone": (
        "REPORT RequestId: 1\tDuration: 1 ms\tStatus: error\tError Type: Runtime.ExitError",
        Fault("Runtime.ExitError", ""),
    ),
}


@pytest.mark.parametrize("form", WRITTEN)
def test_an_error_is_read_in_each_form(form: str) -> None:
    message, expected = WRITTEN[form]
    assert fault(["START RequestId: 1 Version: 3", message]) == expected


@pytest.mark.parametrize(
    "message",
    [
        "REPORT RequestId: 1\tDuration: 1 ms",
        '{"level":"INFO","message":"invocation","outcome":"ok"}',
        "looked up: KeyErrors are rare",
        '  File "x.py", line 1, in f',
    ],
)
def test_other_lines_are_no_error(message: str) -> None:
    assert fault([message]) is None


@pytest.mark.parametrize(
    "message",
    [
        "2026-01-31T12:00:00.000Z 1 Task timed out after 3.00 seconds",
        "REPORT RequestId: 1\tDuration: 3000 ms\tStatus: timeout",
        '{"type":"platform.report","record":{"requestId":"1","status":"timeout","metrics":{"durationMs":3000}}}',
    ],
)
def test_a_timeout_of_lambda_is_told_in_each_form(message: str) -> None:
    assert timed_out([message])
    assert not timed_out(["REPORT RequestId: 1\tDuration: 3000 ms\tStatus: error"])


def test_what_comes_before_the_handler_is_a_start_up() -> None:
    assert is_start_up(Fault("Runtime.ImportModuleError", ""))
    assert not is_start_up(Fault("HandlerFailed", ""))
