"""Reads evidence: what the controller asks Logs and CloudWatch."""

import logging
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from release.attempts import Request, attempts, requests
from release.contacts import callers, samples
from release.cross_check import cross_check
from release.evidence import LOG_LINES, METRICS, NOTHING_RAN, Attempt, Clients, Reading, Unreadable, Window
from release.history import history
from release.log_reader import TooManyLines, read_lines
from release.metric_reading import read_metrics, read_throttles

__all__: Final = ["cross_check", "history", "read"]

log = logging.getLogger(__name__)

LOOKBACK_SECONDS = 15 * 60.0
"""Contacts that were counted this shortly before are known: their later attempts are not first ones."""


def read(clients: Clients, window: Window) -> Reading:
    """What the versions' contacts met in the window, as far as it has settled. Raises Unreadable."""
    if window.source == METRICS:
        return read_metrics(clients, window)
    try:
        lines = read_lines(clients, window.log_group, window.since - LOOKBACK_SECONDS)
    except TooManyLines:
        return read_metrics(clients, window)
    found = requests(lines)
    source = _source(found, window)
    if source == METRICS:
        return read_metrics(clients, window)
    known = callers(attempts(found, window.time_limit_seconds, clients.clock()))
    throttled = _throttled(clients, window)
    return _reading(known, replace(window, until=_until(found, window, source)), source, throttled)


def _throttled(clients: Clients, window: Window) -> int | None:
    """A refused answer of CloudWatch must not hide lines that can be read."""
    try:
        return read_throttles(clients, window)
    except Unreadable as error:
        log.warning("whether Lambda throttled %s is not known: %s", window.function, error)
        return None


def _source(found: Sequence[Request], window: Window) -> str:
    """What an earlier reading found out holds; but as long as nothing ran, nothing was found out."""
    if window.source == LOG_LINES:
        return LOG_LINES
    stable = [request for request in found if request.version == window.versions[-1]]
    if any(request.decorated for request in stable):
        return LOG_LINES
    if any(request.bare for request in stable):
        return METRICS
    ours = (request for request in found if request.version in window.versions)
    return LOG_LINES if any(request.decorated for request in ours) else NOTHING_RAN


def _until(found: Sequence[Request], window: Window, source: str) -> float:
    """A candidate that writes nothing did not come up, or has no decorator: the stable version will tell."""
    if source != NOTHING_RAN:
        return window.until
    unclear = (one.started for one in found if one.bare and one.version in window.versions)
    return min([window.until, *(at for at in unclear if at >= window.since)])


def _reading(known: Sequence[Attempt], window: Window, source: str, throttled: int | None) -> Reading:
    open_since = (one.started for one in known if one.failed is None and one.started >= window.since)
    until = min([window.until, *open_since])
    counted = [one for one in known if window.since <= one.started < until and one.version in window.versions]
    return Reading(
        tuple(
            sample
            for sample in samples(known)
            if window.since <= sample.started < until and sample.version in window.versions
        ),
        until,
        dict(Counter(one.version for one in counted)),
        dict(Counter(one.version for one in counted if one.failed)),
        source,
        throttled,
    )
