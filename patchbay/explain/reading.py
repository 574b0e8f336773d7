"""Reads log groups, within the rate that AWS allows and within bounds."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from patchbay.aws import Aws
from patchbay.explain.asking import asked
from patchbay.explain.model import LogLine
from patchbay.live.model import Read, Unread

PAGES = 150
"""Of one search: a page holds up to 1 MB or 10,000 events, and may hold none although others follow
(CloudWatch Logs API reference, FilterLogEvents). So many take half a minute."""
LINES = 50_000
"""Of one search, so that it fits into memory."""

Report = Callable[[str], None]
"""Takes the latest news; called from several threads."""


def silent(_: str) -> None:
    """For whoever wants no news."""


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


class Logs:
    """Searches log groups, and reports each page that takes long in coming."""

    def __init__(self, aws: Aws, report: Report = silent, *, pages: int = PAGES, lines: int = LINES) -> None:
        self._aws, self._report, self._pages, self._lines = aws, report, pages, lines

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
        for number in range(1, self._pages + 1):
            self._report(f"{group.name} in {group.region}, page {number}")
            page = client.filter_log_events(**asks)
            found.extend(_line(event) for event in page["events"])
            token = page.get("nextToken")
            if not token:
                return Found(tuple(found))
            if len(found) >= self._lines:
                break
            asks = {**asks, "nextToken": token}
        return Found(tuple(found), more=True)


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
