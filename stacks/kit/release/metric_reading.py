"""Evidence from AWS/Lambda metrics, for a function without the decorator or with too many lines to read."""

from collections import Counter
from collections.abc import Iterator

from release.evidence import METRICS, Clients, Reading, Sample, Unreadable, Window
from release.metrics import MINUTE, Metric, ceil_to, floor_to, read_sums

SETTLE_SECONDS = 180.0
"""Lambda sends metrics every minute, CloudWatch shows them a little later; newer minutes are left out."""


def read_metrics(clients: Clients, window: Window) -> Reading:
    """By whole minutes. A sample is here an attempt, not a contact: no metric knows contacts.

    A sample is stamped with the end of its minute, so that one in which the weight changed is among those
    that the controller leaves out. Raises Unreadable.
    """
    since = ceil_to(MINUTE, window.since)
    until = floor_to(MINUTE, min(window.until, clients.clock() - SETTLE_SECONDS))
    throttled = read_throttles(clients, window)
    if until <= since:
        return Reading((), window.since, {}, {}, METRICS, throttled)
    samples = tuple(sorted(_samples(clients, window, since, until), key=lambda sample: sample.started))
    attempts = Counter(sample.version for sample in samples)
    failures = Counter(sample.version for sample in samples if sample.failed)
    return Reading(samples, until, dict(attempts), dict(failures), METRICS, throttled)


def read_throttles(clients: Clients, window: Window) -> int:
    """In the minutes that the window touches."""
    metric = Metric("Throttles")
    return round(
        sum(read_sums(clients, window.function, [metric], window.since, window.until)[metric].values())
    )


def by_version(window: Window, name: str) -> dict[str, Metric]:
    """The metric of each version; of the alias where that leads to a single one."""
    split = len(window.versions) > 1
    return {version: Metric(name, version if split else None) for version in window.versions}


def _samples(clients: Clients, window: Window, since: float, until: float) -> Iterator[Sample]:
    invoked, failed = by_version(window, "Invocations"), by_version(window, "Errors")
    found = read_sums(clients, window.function, [*invoked.values(), *failed.values()], since, until)
    for version in window.versions:
        errors = found[failed[version]]
        for minute, count in found[invoked[version]].items():
            bad = round(errors.get(minute, 0))
            if bad > count:
                raise Unreadable(f"version {version} of {window.function} has more errors than invocations")
            ends = minute + MINUTE - 0.001
            yield from (Sample(version, ends, number < bad) for number in range(round(count)))
