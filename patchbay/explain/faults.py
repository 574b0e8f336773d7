"""The error that a request's log lines tell of.

Sources: Lambda developer guide, "Python function errors", "Node.js function errors" and "Log formats", and
the Python runtime's own code (awslambdaric/bootstrap.py). The runtimes write `[ERROR] Type: message` (without
a message `[ERROR] Type`) and a traceback, or a JSON object with errorType; REPORT may have an Error Type.
What a handler logs itself has a tab after `[ERROR]`, or a `message` in its JSON. The embedded AWS writes
Python's own traceback.
"""

import json
import re
from collections.abc import Iterable, Sequence
from typing import Any

from patchbay.explain.model import Fault

_PYTHON = re.compile(r"\[ERROR\] ([A-Za-z_][\w.]*)(?:: ?(.*)|\s*\nTraceback )", re.DOTALL)
_TRACEBACK = re.compile(
    r"(?:[a-z_][\w]*\.)*([A-Z]\w*(?:Error|Exception|Failed|Refused|Exit|Event|Interrupt)): ?(.*)"
)
_REPORTED = re.compile(r"Error Type: (\S+)")
_EXITED = re.compile(r"RequestId: \S+ Error: (.+?)(?:\s+(Runtime\.\w+))?\s*$", re.DOTALL)
_UNHANDLED = re.compile(
    r"\[ERROR\] [\w.]+(?::.*)?\nTraceback |\[ERROR\] Runtime\.\w+|"
    r".*\tERROR\t(?:Invoke Error|Uncaught Exception)|"
    r"REPORT .*Error Type: |RequestId: \S+ Error: ",
    re.DOTALL,
)
_TIMED_OUT = re.compile(r"\d{4}-\d\d-\d\dT\S+ \S+ Task timed out after [\d.]+ seconds\s*")
_STATUS_TIMEOUT = re.compile(
    r"REPORT .*\bStatus: timeout\b|\{.*\"platform\.report\".*\"status\": ?\"timeout\"", re.DOTALL
)
_SUCCEEDED = re.compile(r"\{.*\"platform\.report\".*\"status\": ?\"success\"", re.DOTALL)
_BEFORE_HANDLER = (
    "LAMBDA_WARNING: Unhandled exception. The most likely cause is an issue in the function code"
)
"""The Python runtime says so of what fails while the module is loaded, and of nothing else."""

START_UP = (
    "Runtime.ImportModuleError",
    "Runtime.HandlerNotFound",
    "Runtime.UserCodeSyntaxError",
    "Runtime.MalformedHandlerName",
    "Runtime.InitError",
    "Runtime.InvalidEntrypoint",
    "Extension.",
)
"""Types of errors before a handler runs (Lambda developer guide, "Runtime.InitError" and the runtimes')."""
_WHILE_LOADING = ("ImportError", "ModuleNotFoundError", "SyntaxError")
"""Before a handler runs, or where it imports something late."""


def fault(messages: Sequence[str]) -> Fault | None:
    """The last that a line names, as what ends a request is written last; else what REPORT names."""
    told = (_structured(message) or _text(message) for message in reversed(messages))
    if found := next((each for each in told if each), None):
        return found
    reported = next((match[1] for message in messages if (match := _REPORTED.search(message))), None)
    return Fault(reported, "") if reported else None


def timed_out(messages: Iterable[str]) -> bool:
    """Whether Lambda ended the request at the function's own Timeout."""
    return any(_TIMED_OUT.fullmatch(message) or _STATUS_TIMEOUT.match(message) for message in messages)


def unhandled(messages: Sequence[str]) -> bool:
    """Whether a runtime wrote an error that nothing caught; what a handler logs itself is none."""
    if any(_SUCCEEDED.match(message) for message in messages):
        return False
    return any(_UNHANDLED.match(message) or _is_runtimes(message) for message in messages)


def is_start_up(found: Fault) -> bool:
    """Whether it came before the handler."""
    return found.type.startswith(START_UP)


def may_be_start_up(found: Fault) -> bool:
    """Whether it did where nothing of the handler has run."""
    return found.type in _WHILE_LOADING


def before_handler(messages: Iterable[str]) -> bool:
    """Whether the runtime says that the module could not be loaded."""
    return any(_BEFORE_HANDLER in message for message in messages)


def _is_runtimes(message: str) -> bool:
    """Python's JSON of such an error holds no `message`, that of Node.js an object: what a handler logs
    holds a text there."""
    raw = _object(message)
    if raw is None:
        return False
    inner = raw.get("message")
    return "errorType" in inner if isinstance(inner, dict) else "errorType" in raw and inner is None


def _text(message: str) -> Fault | None:
    if message.startswith(("START ", "END ", "REPORT ", "INIT_")):
        return None
    if python := _PYTHON.match(message):
        return Fault(python[1], _first_line((python[2] or "").partition("\nTraceback ")[0]))
    if exited := _EXITED.match(message):
        return Fault(exited[2] or "Runtime.ExitError", _first_line(exited[1]))
    if trace := _TRACEBACK.match(message):
        return Fault(trace[1], _first_line(trace[2]))
    return None


def _structured(message: str) -> Fault | None:
    raw = _object(message)
    if raw is None:
        return None
    inner = raw.get("message")
    for told in (raw, inner if isinstance(inner, dict) else {}):
        if isinstance(told.get("errorType"), str):
            return Fault(told["errorType"], _first_line(str(told.get("errorMessage", ""))))
    return None


def _object(message: str) -> dict[str, Any] | None:
    """A line of JSON with an error, or what Node.js writes after `Invoke Error` and a tab."""
    if '"errorType"' not in message or "{" not in message:
        return None
    try:
        raw = json.loads(message[message.index("{") :])
    except ValueError:
        return None
    return raw if isinstance(raw, dict) else None


def _first_line(text: str) -> str:
    return text.strip().splitlines()[0].strip() if text.strip() else ""
