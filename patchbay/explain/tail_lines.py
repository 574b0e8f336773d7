"""One line of a function's log as `patchbay logs` shows it."""

import json
from dataclasses import dataclass

from patchbay.explain.model import LogLine
from release.log_lines import Begun, Ended, InitFailed, Report, Started, parse, version_of


@dataclass(frozen=True)
class Shown:
    """A line with what it is about."""

    at: float
    region: str
    version: str | None
    request: str | None
    contact: str | None
    text: str | None
    """None: it says nothing that another line does not (END)."""
    failed: bool
    message: str
    """As it was written."""
    stream: str


@dataclass
class _Stream:
    version: str | None = None
    request: str | None = None
    contact: str | None = None

    def begin(self, request: str, version: str | None) -> None:
        if request != self.request:
            self.request, self.contact = request, None
        self.version = version or self.version


class Streams:
    """Knows which request each stream is at: most lines do not say."""

    def __init__(self) -> None:
        self._streams: dict[str, _Stream] = {}

    def shown(self, line: LogLine, region: str) -> Shown:
        """The lines of a stream come in their order."""
        known = self._streams.setdefault(line.stream, _Stream(version_of(line.stream)))
        parsed = parse(line.message, line.stream, line.at)
        fact = parsed.fact if parsed else None
        if isinstance(fact, Begun | Started | Ended):
            known.begin(fact.request, fact.version)
        elif isinstance(fact, Report):
            known.begin(fact.request, None)
        if isinstance(fact, Started | Ended):
            known.contact = fact.contact or known.contact
        text, failed = _text(line.message, fact)
        return Shown(
            line.at,
            region,
            known.version,
            known.request,
            known.contact,
            text,
            failed,
            line.message,
            line.stream,
        )


def _text(message: str, fact: object) -> tuple[str | None, bool]:
    match fact:
        case Begun():
            return "START", False
        case Started():
            return "started", False
        case Ended() as ended:
            return _ended(message, ended), ended.outcome in ("raised", "refused")
        case Report() as report:
            init = f" + Init {report.init_ms:.0f} ms" if report.init_ms else ""
            failed = ", failed" if report.failed else ""
            return f"REPORT {report.duration_ms:.0f} ms{init}{failed}", report.failed
        case InitFailed() as failed_init:
            return f"INIT_REPORT failed after {failed_init.init_ms:.0f} ms", True
    if message.startswith("END RequestId:"):
        return None, False
    wrong = any(
        word in message for word in ("[ERROR]", "ERROR\t", '"errorType"', "Task timed out", "Traceback")
    )
    return message.rstrip(), wrong


def _ended(message: str, ended: Ended) -> str:
    raw = json.loads(message)
    why = ", ".join(str(raw[key]) for key in ("error_type", "cause") if raw.get(key))
    return f"{ended.outcome} in {ended.duration_ms:.0f} ms{f' ({why})' if why else ''}"
