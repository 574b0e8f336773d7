"""Reads log groups, within the rate that AWS allows and within bounds."""

import threading
import time
from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from patchbay.aws import Aws
from patchbay.explain.asking import asked
from patchbay.explain.model import LogLine
from patchbay.limits import FILTER_LOG_EVENTS_PER_SECOND
from patchbay.live.model import Read, Unread

PAGES = 150
"""Of one search: a page holds up to 1 MB or 10,000 events, and may hold none although others follow
(CloudWatch Logs API reference, FilterLogEvents). So many take half a minute."""
LINES = 50_000
"""Of one search, so that it fits into memory."""


@dataclass(frozen=True)
class Group:
    """A log group, and where it is."""

    region: str
    account: str
    name: str


@dataclass(frozen=True)
class Found:
    """What a search gave."""

    lines: tuple[LogLine, ...]
    more: bool = False
    """Not everything was read: there were more pages or lines than a search has room for."""


class Pacer:
    """Lets so many through a second, and as many at once after a pause."""

    def __init__(
        self,
        per_second: float,
        clock: Callable[[], float] = time.monotonic,
        sleep: Callable[[float], None] = time.sleep,
    ) -> None:
        self._per_second, self._clock, self._sleep = per_second, clock, sleep
        self._left, self._at = per_second, clock()
        self._lock = threading.Lock()

    def wait(self) -> None:
        """Returns when the next one may go."""
        with self._lock:
            now = self._clock()
            self._left = min(self._per_second, self._left + (now - self._at) * self._per_second) - 1
            self._at = now
            pause = -self._left / self._per_second
        if pause > 0:
            self._sleep(pause)


class Logs:
    """Searches log groups; one pace for each account and Region."""

    def __init__(self, aws: Aws, pages: int = PAGES, lines: int = LINES) -> None:
        self._aws, self._pages, self._lines = aws, pages, lines
        self._pacers: defaultdict[tuple[str, str], Pacer] = defaultdict(
            lambda: Pacer(FILTER_LOG_EVENTS_PER_SECOND)
        )
        self._making = threading.Lock()

    def search(
        self, group: Group, since: float, until: float | None = None, pattern: str = ""
    ) -> Read[Found | None] | Unread:
        """Lines in [since, until], epoch seconds, the oldest first; Read(None): there is no such group."""
        asks: dict[str, Any] = {"logGroupName": group.name, "startTime": max(0, int(since * 1000))}
        if until is not None:
            asks["endTime"] = round(until * 1000)
        if pattern:
            asks["filterPattern"] = pattern
        return asked("logs", lambda: self._search(group, asks))

    def _search(self, group: Group, asks: dict[str, Any]) -> Found:
        client = self._aws.client("logs", group.region, group.account)
        found: list[LogLine] = []
        for _ in range(self._pages):
            self._pace(group)
            page = client.filter_log_events(**asks)
            found.extend(_line(event) for event in page["events"])
            token = page.get("nextToken")
            if not token:
                return Found(tuple(found))
            if len(found) >= self._lines:
                break
            asks = {**asks, "nextToken": token}
        return Found(tuple(found), more=True)

    def _pace(self, group: Group) -> None:
        if self._aws.embedded:
            return
        with self._making:
            pacer = self._pacers[group.account, group.region]
        pacer.wait()


def phrase(text: str) -> str:
    """A filter pattern for lines that hold the text: quotes, for its dashes ("Filter pattern syntax")."""
    return f'"{text}"'


def _line(event: Any) -> LogLine:
    return LogLine(
        event["timestamp"] / 1000,
        event["message"].rstrip("\n"),
        event.get("logStreamName", ""),
        event.get("eventId", ""),
    )
