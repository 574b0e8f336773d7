"""Reads a function's log lines from CloudWatch Logs."""

from collections.abc import Iterator
from typing import Any

from botocore.exceptions import BotoCoreError, ClientError

from release.evidence import Clients, Unreadable
from release.log_lines import Line, parse

PAGES = 30
"""A page is 1 MB or 10,000 events (Logs API reference, FilterLogEvents)."""

SKEW_SECONDS = 60.0
"""Lines that are stamped further ahead of our clock make every "has it settled" wrong."""


class TooManyLines(Exception):
    """More than the pages that a step has time for."""


def read_lines(
    clients: Clients, log_group: str, since: float, until: float | None = None, pages: int = PAGES
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
    for line in _events(clients, asked, pages):
        if line.at > latest:
            ahead = round(line.at - latest + SKEW_SECONDS)
            raise Unreadable(f"lines of {log_group} are stamped {ahead} s in the future: the clocks disagree")
        found.append(line)
    return tuple(found)


def _events(clients: Clients, asked: dict[str, Any], pages: int) -> Iterator[Line]:
    try:
        for number, page in enumerate(clients.logs.get_paginator("filter_log_events").paginate(**asked)):
            if number >= pages:
                raise TooManyLines
            for event in page["events"]:
                line = parse(event["message"], event["logStreamName"], event["timestamp"] / 1000)
                if line:
                    yield line
    except (ClientError, BotoCoreError) as error:
        raise Unreadable(f"cannot read the log group {asked['logGroupName']}: {error}") from error
