"""Events of several lines in the logs of the embedded AWS, whose Lambda writes an event for each line."""

from collections.abc import Callable
from typing import Any

from ministack.services import cloudwatch_logs

from patchbay.local.failure_lines import IN_ONE_EVENT


def install() -> None:
    """What is marked as one event becomes one."""
    cloudwatch_logs._append_log_events = _whole(cloudwatch_logs._append_log_events)


def _whole(append: Callable[..., None]) -> Callable[..., None]:
    def append_whole(stream: dict[str, Any], events: list[dict[str, Any]]) -> None:
        append(stream, [_joined(event) for event in events])

    return append_whole


def _joined(event: dict[str, Any]) -> dict[str, Any]:
    if IN_ONE_EVENT not in event["message"]:
        return event
    return {**event, "message": event["message"].replace(IN_ONE_EVENT, "\n")}
