"""From a function's log lines to its requests. Pure.

A log stream is one execution environment, which has one request at a time: lines that name no request belong
to the one that began last in their stream, and those after its REPORT or before the first to the next one,
for which the environment starts again. A line that names a request belongs to that one: environments that
take several at once mix them.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence, Set

from patchbay.explain import faults
from patchbay.explain.model import Attempt, LogLine
from release.attempts import FAILED_OUTCOMES, Request, requests
from release.log_lines import Begun, InitFailed, Line, Report, parse

_ID = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}")
"""A request id, and other ids."""


def attempts(lines: Iterable[LogLine]) -> tuple[Attempt, ...]:
    """One per request id, the earliest first."""
    ordered = sorted(
        {line.id or (line.at, line.message, line.stream): line for line in lines}.values(), key=_at
    )
    by_stream: defaultdict[str, list[LogLine]] = defaultdict(list)
    for line in ordered:
        by_stream[line.stream].append(line)
    facts: list[Line] = []
    told: defaultdict[str, list[LogLine]] = defaultdict(list)
    for stream in by_stream.values():
        _walk(stream, facts, told)
    found = [_attempt(request, told) for request in requests(facts)]
    return tuple(sorted(found, key=lambda attempt: attempt.started))


def _at(line: LogLine) -> float:
    return line.at


def _walk(stream: Sequence[LogLine], facts: list[Line], told: defaultdict[str, list[LogLine]]) -> None:
    parsed = [parse(line.message, line.stream, line.at) for line in stream]
    facts.extend(found for found in parsed if found)
    known = {_request(found) for found in parsed if found} - {None}
    current: str | None = None
    is_over = True
    waiting: list[LogLine] = []
    for line, found in zip(stream, parsed, strict=True):
        request = _request(found)
        if request is None:
            named = _named(line.message, known)
            begins = isinstance(found and found.fact, InitFailed) or _is_begin(line.message)
            whose = named or (None if begins or is_over else current)
            (waiting if whose is None else told[whose]).append(line)
            continue
        if found and isinstance(found.fact, Begun):
            told[request].extend(waiting)
            waiting = []
        current, is_over = request, isinstance(found and found.fact, Report)
        told[request].append(line)
    if current is not None:
        told[current].extend(waiting)


def _request(line: Line | None) -> str | None:
    """None for what names no request by itself."""
    return None if line is None or isinstance(line.fact, InitFailed) else line.fact.request


def _named(message: str, known: Set[str | None]) -> str | None:
    """The request that a line of something else names."""
    return next((id_ for id_ in _ID.findall(message) if id_ in known), None)


def _is_begin(message: str) -> bool:
    return message.startswith("INIT_") or '"platform.init' in message[:120]


def _attempt(request: Request, told: defaultdict[str, list[LogLine]]) -> Attempt:
    name = request.lines[0].fact
    assert not isinstance(name, InitFailed)
    lines = tuple(told[name.request])
    messages = [line.message for line in lines]
    report, ended = request.report, request.ended
    waited = request.waited_ms + (report.init_ms if report else 0.0)
    started = request.started
    if report:  # where every line has the time of the end, as on the embedded AWS
        started = min(started, request.reported - report.duration_ms / 1000)
    fault = faults.fault(messages)
    killed = faults.timed_out(messages)
    raised = ended is not None and ended.outcome in FAILED_OUTCOMES
    return Attempt(
        request=name.request,
        version=request.version,
        contact=request.contact,
        started=started,
        duration_ms=report.duration_ms if report else None,
        init_ms=waited,
        outcome=ended.outcome if ended else None,
        fault=fault,
        timed_out=killed,
        failed=raised
        or killed
        or bool(report and report.failed)
        or (ended is None and faults.unhandled(messages)),
        decorated=request.decorated,
        lines=lines,
    )
