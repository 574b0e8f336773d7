"""What a release is judged by: what happened to each contact that met a version."""

import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from release_rule.counts import Counts

if TYPE_CHECKING:
    from mypy_boto3_cloudwatch import CloudWatchClient
    from mypy_boto3_logs import CloudWatchLogsClient

LOG_LINES, METRICS, NOTHING_RAN = "log lines", "metrics", ""
"""The sources. While nothing ran it is open which one it will be."""

WARM_UP = "warm-up-"
"""Contact ids that begin so are the controller's own, and no evidence."""


class Unreadable(Exception):
    """Logs or CloudWatch refused, throttled, or answered in part; one sentence. The verdict is "error"."""


@dataclass(frozen=True)
class Attempt:
    """One request that reached a version."""

    contact: str | None
    """None where no line names it: the version never came up, or the payload was no event of Connect."""
    version: str
    started: float
    """Epoch seconds."""
    failed: bool | None
    """None while it has not settled."""


@dataclass(frozen=True)
class Sample:
    """What counts of a contact: its first attempt, and if that did not fail, the first later one that did."""

    version: str
    started: float
    failed: bool


@dataclass(frozen=True)
class Window:
    """What is asked for."""

    function: str
    log_group: str
    versions: tuple[str, ...]
    """The stable version last. A single one means that the alias leads to no other."""
    since: float
    until: float
    """Epoch seconds; samples that started in [since, until) count."""
    time_limit_seconds: float
    """The limit of the flow's block."""
    source: str | None = None
    """The one that an earlier reading of this release named; "" or None where that is open."""
    period_seconds: float = 60


@dataclass(frozen=True)
class Reading:
    """What happened in a window."""

    samples: tuple[Sample, ...]
    """The oldest first."""
    until: float
    """The evidence is complete up to here, at most up to what was asked: carry on from here."""
    attempts: Mapping[str, int]
    """By version, for the cross-check."""
    failures: Mapping[str, int]
    """Failed attempts by version."""
    source: str
    throttled: int | None
    """Requests for which Lambda had no concurrency: nobody knows which version they would have met.

    None where CloudWatch did not say; the rest of the reading holds all the same.
    """


@dataclass(frozen=True)
class History:
    """The past of the stable version."""

    counts: Counts
    calls_per_hour: float
    """Contacts on the function: of the last hour, or else of the shortest stretch that had any."""
    source: str


@dataclass(frozen=True)
class Clients:
    """boto3 clients of the function's Region, and the time."""

    logs: "CloudWatchLogsClient"
    cloudwatch: "CloudWatchClient"
    clock: Callable[[], float] = time.time
