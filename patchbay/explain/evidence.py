"""The lines that a cause stands on."""

import json
from collections.abc import Sequence

from patchbay.explain import words
from patchbay.explain.case import Case
from patchbay.explain.model import Attempt, LogLine
from release.log_lines import Begun, Ended, InitFailed, Report, parse

_ERROR_WORDS = ('"errorType"', "[ERROR]", "ERROR\t", "Task timed out", "Error: Runtime")
_LEFT_OUT = ("level", "timestamp", "service", "channel", "xray_trace_id", "contact_id")
"""Of the decorator's line: the rest is what tells."""


def of_block(case: Case) -> tuple[str, ...]:
    """Connect's own sentence."""
    entry = case.entry
    limit = f" (TimeLimit {entry.limit_ms} ms)" if entry.limit_ms else ""
    return (f"{words.time_of(entry.at)} flow log of {entry.instance}: {entry.results}{limit}",)


def of_attempts(case: Case) -> tuple[str, ...]:
    """Connect's sentence, then what Lambda and the decorator say of the first and of the last request."""
    where = case.target.name if case.target else "function"
    shown = case.attempts[:1] + case.attempts[1:][-1:]
    told = [text for attempt in shown for text in _lines(attempt, where)]
    between = len(case.attempts) - len(shown)
    more = (f"and {between} request{'s' if between > 1 else ''} between them",) if between else ()
    return of_block(case) + tuple(dict.fromkeys(told)) + more


def _lines(attempt: Attempt, where: str) -> list[str]:
    tells = [line for line in attempt.lines if _tells(line.message, attempt)]
    if attempt.failed and attempt.fault is None:
        tells = [*_unparsed(attempt.lines)[-2:], *tells]
    return [words.line(_shorter(line), where) for line in tells]


def _unparsed(lines: Sequence[LogLine]) -> list[LogLine]:
    return [
        each for each in lines if not parse(each.message, "", 0.0) and not each.message.startswith("END ")
    ]


def _tells(message: str, attempt: Attempt) -> bool:
    parsed = parse(message, "", 0.0)
    if parsed is not None:
        only_begun = attempt.duration_ms is None and isinstance(parsed.fact, Begun)
        return only_begun or isinstance(parsed.fact, Ended | Report | InitFailed)
    fault = attempt.fault
    named = fault is not None and fault.type in message and (not fault.message or fault.message in message)
    return named or any(text in message for text in _ERROR_WORDS)


def _shorter(line: LogLine) -> LogLine:
    parsed = parse(line.message, "", 0.0)
    if parsed is None or not isinstance(parsed.fact, Ended):
        return line
    kept = {key: value for key, value in json.loads(line.message).items() if key not in _LEFT_OUT}
    return LogLine(line.at, json.dumps(kept))
