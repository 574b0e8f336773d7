"""The Lambda entry point, for CDK's Provider framework (synchronous)."""

import logging
import time
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import boto3
from botocore.config import Config

from flow_log_group.ensure import ensure
from flow_log_group.request import parse

if TYPE_CHECKING:
    from mypy_boto3_logs import CloudWatchLogsClient

log = logging.getLogger(__name__)
log.setLevel(logging.INFO)


def on_event(event: dict[str, Any], _context: object) -> dict[str, Any]:
    """Answers Create, Update and Delete.

    Properties: LogGroupName, RetentionDays (of a group that is made here).
    Data: Outcome ("created" or "adopted").
    """
    return answer(event, logs_client())


def answer(
    event: dict[str, Any], logs: "CloudWatchLogsClient", sleep: Callable[[float], None] = time.sleep
) -> dict[str, Any]:
    """`on_event` with everything injected."""
    if event["RequestType"] == "Delete":
        # Connect goes on writing to it, and does not make it again; what it holds is not ours to throw away.
        log.info("%s stays", event["PhysicalResourceId"])
        return {"PhysicalResourceId": event["PhysicalResourceId"]}
    wanted = parse(event["ResourceProperties"])
    outcome = ensure(logs, wanted, sleep)
    # Another name is another resource: the old group gets a Delete, which leaves it.
    return {"PhysicalResourceId": wanted.name, "Data": {"Outcome": outcome}}


def logs_client() -> "CloudWatchLogsClient":
    """CreateLogGroup allows ten requests a second in an account and Region."""
    return boto3.client("logs", config=Config(retries={"total_max_attempts": 8, "mode": "standard"}))
