"""The last seven days of a version, read backwards until there is enough."""

from collections.abc import Sequence

from release.attempts import Request, attempts, requests
from release.contacts import callers, samples
from release.evidence import LOG_LINES, METRICS, Clients, History, Sample, Unreadable
from release.log_lines import Line
from release.log_reader import PAGES, Budget, TooManyLines, TooManyPages, read_lines
from release.metrics import HOUR, Metric, Series, ceil_to, floor_to, read_sums
from release_rule.counts import Counts

HOURS = (1, 6, 24, 48, 72, 96, 120, 144, 168)
"""How far back, step by step."""
ENOUGH_CONTACTS = 2000
EVENTS = 200_000
"""Of all steps together: they are kept until the end, because a contact may go across two."""
LONGEST_LIMIT_SECONDS = 8.0
"""Of a block; an answer that took longer cannot have reached a caller."""


def history(
    clients: Clients,
    function: str,
    log_group: str,
    version: str,
    now: float,
    time_limit_seconds: float = LONGEST_LIMIT_SECONDS,
) -> History:
    """What the contacts of `version` met until `now` (epoch seconds).

    Reads 1 h, 6 h, a day, and then day by day, up to 2,000 contacts or as many lines as there is room for.
    As soon as the version is seen to run without a line of the decorator, the metrics of the alias count
    instead, whatever version it led to: then a contact is an attempt. Raises Unreadable.
    """
    lines: tuple[Line, ...] = ()
    known: tuple[Sample, ...] = ()
    hours, rate, budget = 0, 0.0, Budget(EVENTS, PAGES)
    for back in HOURS:
        try:
            older = read_lines(clients, log_group, now - back * HOUR, now - hours * HOUR, budget)
        except (TooManyLines, TooManyPages):
            break
        hours = back
        if not older:
            continue
        lines += older
        found = requests(lines)
        if _ran_bare(found, version):
            return _by_metrics(clients, function, now)
        known = samples(callers(attempts(found, time_limit_seconds, now)))
        rate = rate or len(known) / hours
        if len(known) >= ENOUGH_CONTACTS:
            break
    if not hours:
        return _by_metrics(clients, function, now)
    own = [sample.failed for sample in known if sample.version == version]
    return History(Counts(len(own), sum(own)), rate, LOG_LINES)


def _ran_bare(found: Sequence[Request], version: str) -> bool:
    own = [request for request in found if request.version == version]
    return any(request.bare for request in own) and not any(request.decorated for request in own)


def _by_metrics(clients: Clients, function: str, now: float) -> History:
    invoked, failed = Metric("Invocations"), Metric("Errors")
    since, until = ceil_to(HOUR, now) - HOURS[-1] * HOUR, ceil_to(HOUR, now)
    found = read_sums(clients, function, [invoked, failed], since, until, HOUR)
    calls, errors = round(sum(found[invoked].values())), round(sum(found[failed].values()))
    if errors > calls:
        raise Unreadable(f"{function} has more errors than invocations")
    rates = (_rate(found[invoked], now, hours) for hours in HOURS)
    return History(Counts(calls, errors), next((rate for rate in rates if rate), 0.0), METRICS)


def _rate(invocations: Series, now: float, hours: int) -> float:
    """Per hour, in so many whole hours and the begun one."""
    since = floor_to(HOUR, now) - hours * HOUR
    return sum(number for at, number in invocations.items() if at >= since) * HOUR / (now - since)
