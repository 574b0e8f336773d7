"""How times, lines and requests are written."""

from datetime import UTC, datetime

from patchbay.explain.model import Attempt, LogLine

_MOST_CHARS = 400
"""Of one line shown as evidence."""


def time_of(at: float) -> str:
    """`12:00:01.250`, in UTC."""
    return f"{datetime.fromtimestamp(at, UTC):%H:%M:%S.%f}"[:-3]


def day_of(at: float) -> str:
    """`2026-01-31`, in UTC."""
    return f"{datetime.fromtimestamp(at, UTC):%Y-%m-%d}"


def seconds(milliseconds: float) -> str:
    """`1.4 s`; below one tenth of a second `12 ms`."""
    return f"{milliseconds / 1000:.1f} s" if milliseconds >= 100 else f"{milliseconds:.0f} ms"


def exactly(milliseconds: float) -> str:
    """`2.997 s`."""
    return f"{milliseconds / 1000:.3f} s"


def line(found: LogLine, where: str) -> str:
    """One line as evidence."""
    text = " ".join(found.message.split())
    return f"{time_of(found.at)} {where}: {text[:_MOST_CHARS]}{'...' if len(text) > _MOST_CHARS else ''}"


def ran(attempt: Attempt) -> str:
    """`version 3, Duration 12 ms + Init 310 ms`."""
    version = f"version {attempt.version}" if attempt.version else "version unknown"
    if attempt.duration_ms is None:
        return f"{version}, without an end in the log"
    init = f" + Init {attempt.init_ms:.0f} ms" if attempt.init_ms else ""
    return f"{version}, Duration {attempt.duration_ms:.0f} ms{init}"


def ended(attempt: Attempt) -> str:
    """How a request came out, in a few words."""
    if attempt.timed_out:
        return "ended by Lambda at the function's Timeout"
    if attempt.fault and attempt.failed:
        return f"failed: {attempt.fault.type}{f': {attempt.fault.message}' if attempt.fault.message else ''}"
    if attempt.failed:
        return f"failed ({attempt.outcome})" if attempt.outcome else "failed"
    if attempt.outcome == "error":
        return "answered, with an error on purpose"
    return "no end in the log" if attempt.duration_ms is None else "answered"


def by_time(yes: bool) -> str:
    """What is said of requests that were found without a name."""
    return " (by its time: none of these lines names the contact)" if yes else ""


def listed(parts: list[str]) -> str:
    """`a, b and c`."""
    return " and ".join([", ".join(parts[:-1]), parts[-1]] if len(parts) > 1 else parts)
