"""From a function's log lines to its requests. Pure.

A log stream is one execution environment, which has one request at a time: lines that name no request belong
to the one that began last in their stream, and those before the first to that one.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence

from patchbay.explain import faults
from patchbay.explain.model import Attempt, LogLine
from release.attempts import FAILED_OUTCOMES, Request, requests
from release.log_lines import Begun, InitFailed, Line, parse


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
    current: str | None = None
    waiting: list[LogLine] = []
    for line in stream:
        parsed = parse(line.message, line.stream, line.at)
        if parsed:
            facts.append(parsed)
        if parsed is None or isinstance(parsed.fact, InitFailed):
            begins = line.message.startswith("INIT_") or '"platform.init' in line.message[:120]
            (waiting if begins or current is None else told[current]).append(line)
            continue
        current = parsed.fact.request
        if isinstance(parsed.fact, Begun):
            told[current].extend(waiting)
            waiting = []
        told[current].append(line)
    if current is not None:
        told[current].extend(waiting)


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
