"""Compares what the lines said since the split began with what Lambda counted."""

from collections.abc import Mapping
from dataclasses import dataclass

from release.evidence import Clients, Window
from release.metric_reading import by_version
from release.metrics import MINUTE, Series, read_sums

SLACK, SLACK_SHARE = 2, 0.1
"""How many attempts the two may differ by; the larger counts."""


@dataclass(frozen=True)
class _Counted:
    """The window does not begin and end with a minute, so a sum lies between two."""

    low: float
    high: float


def cross_check(
    clients: Clients, window: Window, attempts: Mapping[str, int], failures: Mapping[str, int]
) -> str | None:
    """None where lines and metrics agree about the window, which begins with the split; else what differs.

    `attempts` and `failures` are by version, as readings had them. More failures than Errors is right: a late
    answer is none of Lambda's errors. Raises Unreadable.
    """
    invoked, failed = by_version(window, "Invocations"), by_version(window, "Errors")
    wanted = [*invoked.values(), *failed.values()]
    found = read_sums(clients, window.function, wanted, window.since, window.until)
    for version in window.versions:
        seen, bad = attempts.get(version, 0), failures.get(version, 0)
        slack = max(SLACK, SLACK_SHARE * seen)
        invocations = _counted(found[invoked[version]], window)
        if invocations.low > seen + slack:
            return _sentence("lines are missing", version, invocations.low, "invocations", seen, "attempts")
        if invocations.high < seen - slack:
            return _sentence("metrics are behind", version, invocations.high, "invocations", seen, "attempts")
        errors = _counted(found[failed[version]], window)
        if errors.low > bad + slack:
            return _sentence("failures are missing", version, errors.low, "errors", bad, "failed attempts")
    return None


def _counted(series: Series, window: Window) -> _Counted:
    inside = (n for at, n in series.items() if at >= window.since and at + MINUTE <= window.until)
    return _Counted(sum(inside), sum(series.values()))


def _sentence(what: str, version: str, metric: float, unit: str, lines: int, name: str) -> str:
    return (
        f"{what}: CloudWatch counts {metric:.0f} {unit} of version {version}, the lines show {lines} {name}"
    )
