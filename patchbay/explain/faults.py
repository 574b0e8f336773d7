"""The error that a request's log lines tell of.

Sources: Lambda developer guide, "Python function errors", "Node.js function errors" and "Log formats": the
runtimes write `[ERROR] Type: message` or a JSON object with errorType; REPORT may have an Error Type. The
embedded AWS writes Python's own traceback.
"""

import json
import re
from collections.abc import Iterable, Iterator, Sequence

from patchbay.explain.model import Fault

_PYTHON = re.compile(r"\[ERROR\] ([A-Za-z_][\w.]*): ?(.*)", re.DOTALL)
_TRACEBACK = re.compile(
    r"(?:[a-z_][\w]*\.)*([A-Z]\w*(?:Error|Exception|Failed|Refused|Exit|Event|Interrupt)): ?(.*)"
)
_REPORTED = re.compile(r"Error Type: (\S+)")
_EXITED = re.compile(r"RequestId: \S+ Error: (.+?)(?:\s+(Runtime\.\w+))?\s*$", re.DOTALL)
_UNHANDLED = re.compile(
    r"\[ERROR\] [\w.]+:.*\nTraceback |Invoke Error|Uncaught Exception|Runtime\.\w+|\"errorType\"", re.DOTALL
)
_TIMED_OUT = re.compile(r"Task timed out after [\d.]+ seconds")
_STATUS_TIMEOUT = re.compile(r"Status: timeout\b|\"status\": ?\"timeout\"")

START_UP = (
    "Runtime.ImportModuleError",
    "Runtime.HandlerNotFound",
    "Runtime.UserCodeSyntaxError",
    "Runtime.MalformedHandlerName",
    "Runtime.InitError",
    "Runtime.InvalidEntrypoint",
    "Extension.",
    "ImportError",
    "ModuleNotFoundError",
    "SyntaxError",
)
"""Types of errors before a handler runs (Lambda developer guide, "Runtime.InitError" and the runtimes')."""


def fault(messages: Sequence[str]) -> Fault | None:
    """The last that a line names, as what ends a request is written last; else what REPORT names."""
    told = (_structured(message) or _text(message) for message in reversed(messages))
    if found := next((each for each in told if each), None):
        return found
    reported = next((match[1] for message in messages if (match := _REPORTED.search(message))), None)
    return Fault(reported, "") if reported else None


def timed_out(messages: Iterable[str]) -> bool:
    """Whether Lambda ended the request at the function's own Timeout."""
    return any(_TIMED_OUT.search(message) or _STATUS_TIMEOUT.search(message) for message in messages)


def unhandled(messages: Iterable[str]) -> bool:
    """Whether a runtime wrote an error that nothing caught; what a handler logs itself is none."""
    return any(_UNHANDLED.search(message) for message in messages)


def is_start_up(found: Fault) -> bool:
    """Whether it came before the handler."""
    return found.type.startswith(START_UP)


def _text(message: str) -> Fault | None:
    if message.startswith(("START ", "END ", "REPORT ", "INIT_")):
        return None
    if python := _PYTHON.match(message):
        return Fault(python[1], _first_line(python[2]))
    if exited := _EXITED.match(message):
        return Fault(exited[2] or "Runtime.ExitError", _first_line(exited[1]))
    if trace := _TRACEBACK.match(message):
        return Fault(trace[1], _first_line(trace[2]))
    return None


def _structured(message: str) -> Fault | None:
    for text in _objects(message):
        try:
            raw = json.loads(text)
        except ValueError:
            continue
        if isinstance(raw, dict) and isinstance(raw.get("errorType"), str):
            return Fault(raw["errorType"], _first_line(str(raw.get("errorMessage", ""))))
        inner = raw.get("message") if isinstance(raw, dict) else None
        if isinstance(inner, dict) and isinstance(inner.get("errorType"), str):
            return Fault(inner["errorType"], _first_line(str(inner.get("errorMessage", ""))))
    return None


def _objects(message: str) -> Iterator[str]:
    """A line of JSON, or what Node.js writes after `Invoke Error` and a tab."""
    if '"errorType"' in message:
        yield message[message.index("{") :] if "{" in message else message


def _first_line(text: str) -> str:
    return text.strip().splitlines()[0].strip() if text.strip() else ""
