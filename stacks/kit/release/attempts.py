"""From log lines to attempts: which requests there were, and which of them failed. Pure."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from release.evidence import Attempt
from release.log_lines import Begun, Ended, InitFailed, Line, Report, Started, version_of

GRACE_SECONDS = 60.0
"""How much later than its request a line may arrive; a request that lacks its end for longer has none."""

FAILED_OUTCOMES = ("raised", "refused")
"""Of the decorator. An `error` is an answer that the function gave on purpose."""

INIT_TO_START_SECONDS = 2.0
"""A failed initialization that ended so shortly before a request kept that request's caller waiting."""


@dataclass
class Request:
    """What the lines say about one request id."""

    stream: str
    lines: list[Line] = field(default_factory=list)
    begun: Line | None = None
    start: Line | None = None
    ended: Ended | None = None
    report: Report | None = None
    reported: float = 0.0
    waited_ms: float = 0.0
    """For an initialization that failed before."""

    def add(self, line: Line) -> None:
        """The lines may come in any order."""
        self.lines.append(line)
        match line.fact:
            case Begun():
                self.begun = line
            case Started():
                self.start = line
            case Ended() as ended:
                self.ended = ended
            case Report() as report:
                self.report, self.reported = report, line.at

    @property
    def decorated(self) -> bool:
        """Whether the decorator wrote a line."""
        return self.start is not None or self.ended is not None

    @property
    def seen_begin(self) -> bool:
        """Whether there is more than its end."""
        return self.begun is not None or self.decorated

    @property
    def bare(self) -> bool:
        """It ran to its end, without the decorator as far as one can tell."""
        whole = self.begun is not None and self.report is not None and not self.report.failed
        return whole and not self.decorated

    @property
    def started(self) -> float:
        """Epoch seconds. Where the lines of the start are not there, by what Lambda says it took."""
        if self.start or self.begun:
            return min(line.at for line in (self.start, self.begun) if line)
        took_ms = self.ended.duration_ms if self.ended else self.report.duration_ms if self.report else 0.0
        return min(line.at for line in self.lines) - took_ms / 1000

    @property
    def version(self) -> str | None:
        """By the decorator, else by the stream, else by START."""
        facts = (line.fact for line in self.lines)
        told = [fact.version for fact in facts if isinstance(fact, Started | Ended)]
        begun = self.begun.fact.version if self.begun and isinstance(self.begun.fact, Begun) else None
        return next((found for found in (*told, version_of(self.stream), begun) if found), None)

    @property
    def contact(self) -> str | None:
        """None where no line names it."""
        facts = (line.fact for line in self.lines)
        named = (fact.contact for fact in facts if isinstance(fact, Started | Ended))
        return next((contact for contact in named if contact), None)


def requests(lines: Iterable[Line]) -> tuple[Request, ...]:
    """One per request id, the earliest first."""
    found: dict[str, Request] = {}
    failed: defaultdict[str, list[Line]] = defaultdict(list)
    for line in lines:
        if isinstance(line.fact, InitFailed):
            failed[line.stream].append(line)
        else:
            found.setdefault(line.fact.request, Request(line.stream)).add(line)
    for request in found.values():
        request.waited_ms = _waited(request, failed)
    return tuple(sorted(found.values(), key=lambda request: request.started))


def attempts(found: Sequence[Request], time_limit_seconds: float, now: float) -> tuple[Attempt, ...]:
    """What became of the requests, by `now` (epoch seconds).

    A request whose end is stamped before its start by more than the limit was written by a clock that cannot
    be believed: it counts as a failure if it is one, and as nothing if it went well. A REPORT alone ends a
    request that began before what was read.
    """
    known = [(request, request.version, _failed(request, time_limit_seconds, now)) for request in found]
    return tuple(
        Attempt(request.contact, version, request.started, failed)
        for request, version, failed in known
        if version and request.seen_begin and (failed or not _skewed(request, time_limit_seconds))
    )


def _waited(request: Request, failed: Mapping[str, Sequence[Line]]) -> float:
    before = (request.started - line.at for line in failed.get(request.stream, ()))
    if not any(0 <= seconds <= INIT_TO_START_SECONDS for seconds in before):
        return 0.0
    return max(line.fact.init_ms for line in failed[request.stream] if isinstance(line.fact, InitFailed))


def _skewed(request: Request, time_limit_seconds: float) -> bool:
    return request.report is not None and request.reported < request.started - time_limit_seconds


def _failed(request: Request, time_limit_seconds: float, now: float) -> bool | None:
    """A request without an end failed as soon as its REPORT says that it is over, or else after the grace."""
    ended, limit_ms = request.ended, time_limit_seconds * 1000
    if ended and (ended.outcome in FAILED_OUTCOMES or ended.duration_ms >= limit_ms):
        return True
    if report := request.report:
        late = request.waited_ms + report.init_ms + report.duration_ms >= limit_ms
        return report.failed or late or ended is None
    if now < request.started + time_limit_seconds + GRACE_SECONDS:
        return None
    return ended is None
