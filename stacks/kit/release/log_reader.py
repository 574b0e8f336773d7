"""Reads a function's log lines from CloudWatch Logs."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from botocore.exceptions import BotoCoreError, ClientError

from release.evidence import Clients, Unreadable
from release.log_lines import Line, parse

EVENTS = 200_000
"""Some 4 to 6 of an invocation; as lines they take about 75 MB."""
PAGES = 300
"""A page has up to 1 MB or 10,000 events, and it may have none although others follow (Logs API reference,
FilterLogEvents): so many take about half a minute."""

SKEW_SECONDS = 60.0
"""Lines that are stamped further ahead of our clock make every "has it settled" wrong."""


class TooManyLines(Exception):
    """More than a step has room for: it will be so the next time."""


class TooManyPages(Unreadable):
    """More than a step has time for, most of them empty: the next time there may be fewer."""


@dataclass
class Budget:
    """What may be read, and is left of it."""

    events: int
    pages: int

    def spend(self, log_group: str, events: int) -> None:
        """One page with so many. Raises TooManyLines and TooManyPages."""
        self.events -= events
        self.pages -= 1
        if self.events < 0:
            raise TooManyLines
        if self.pages < 0:
            raise TooManyPages(f"the log group {log_group} is answered in too many pages with little in them")


def read_lines(
    clients: Clients, log_group: str, since: float, until: float | None = None, budget: Budget | None = None
) -> tuple[Line, ...]:
    """The lines that say something about requests, stamped in [since, until), or since `since` at all.

    No filterPattern: the lines of Lambda and of the decorator have no pattern in common.
    Raises TooManyLines and Unreadable.
    """
    asked: dict[str, Any] = {"logGroupName": log_group, "startTime": round(since * 1000)}
    if until is not None:
        asked["endTime"] = round(until * 1000) - 1
    latest = clients.clock() + SKEW_SECONDS
    found = []
    for line in _events(clients, asked, budget or Budget(EVENTS, PAGES)):
        if line.at > latest:
            ahead = round(line.at - latest + SKEW_SECONDS)
            raise Unreadable(f"lines of {log_group} are stamped {ahead} s in the future: the clocks disagree")
        found.append(line)
    return tuple(found)


def _events(clients: Clients, asked: dict[str, Any], budget: Budget) -> Iterator[Line]:
    group = asked["logGroupName"]
    try:
        for page in clients.logs.get_paginator("filter_log_events").paginate(**asked):
            budget.spend(group, len(page["events"]))
            for event in page["events"]:
                line = parse(event["message"], event["logStreamName"], event["timestamp"] / 1000)
                if line:
                    yield line
    except (ClientError, BotoCoreError) as error:
        raise Unreadable(f"cannot read the log group {group}: {error}") from error
