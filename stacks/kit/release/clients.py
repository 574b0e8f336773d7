"""The boto3 clients of the step: every one with its own bounded patience.

The Lambda has 120 s. In the worst case reading the evidence ends with 20 s left to write the alias.
"""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Any, Literal

import boto3
from botocore.config import Config

from release.deadline import Deadline
from release.evidence import Unreadable
from release.log_reader import TooManyLines

if TYPE_CHECKING:
    from mypy_boto3_cloudwatch import CloudWatchClient
    from mypy_boto3_events import EventBridgeClient
    from mypy_boto3_lambda import LambdaClient
    from mypy_boto3_logs import CloudWatchLogsClient
    from mypy_boto3_s3 import S3Client
    from mypy_boto3_stepfunctions import SFNClient

HISTORY_RESERVE, EVIDENCE_RESERVE, NEWS_RESERVE = 85.0, 60.0, 15.0
"""Seconds that must be left to begin such a call."""


class OutOfTime(Exception):
    """The step has no time for this any more."""


@dataclass(frozen=True)
class Clients:
    """Of the functions' Region, where nothing else is said."""

    alias: "LambdaClient"
    """Does not retry: after any failure the alias is read again first."""
    functions: "LambdaClient"
    invoke: "LambdaClient"
    """Waits as long as a function may take; does not retry."""
    leader: Callable[[str], "LambdaClient"]
    """Of another Region."""
    states: "SFNClient"
    logs: "CloudWatchLogsClient"
    past_logs: "CloudWatchLogsClient"
    """For days of log lines: gives up early."""
    cloudwatch: "CloudWatchClient"
    events: "EventBridgeClient"
    metrics: "CloudWatchClient"
    """For the controller's own."""
    s3: "S3Client"
    remaining: Callable[[], float]
    """Seconds until Lambda stops the step."""


def connect(deadline: Deadline) -> Clients:
    """Credentials and Region are Lambda's."""

    def no_answer() -> Exception:
        return Unreadable("the step has no time left to read more")

    evidence = _patience(3, read=10)
    news = _patience(2, read=5)
    return Clients(
        alias=boto3.client("lambda", config=_patience(1, read=10)),
        functions=boto3.client("lambda", config=_patience(3, read=5)),
        # Init (10 s) and the longest time limit that a block allows (8 s).
        invoke=boto3.client("lambda", config=_patience(1, read=25)),
        leader=_elsewhere,
        states=boto3.client("stepfunctions", config=_patience(3, read=5)),
        logs=deadline.guard(boto3.client("logs", config=evidence), EVIDENCE_RESERVE, no_answer),
        past_logs=deadline.guard(boto3.client("logs", config=evidence), HISTORY_RESERVE, TooManyLines),
        cloudwatch=deadline.guard(boto3.client("cloudwatch", config=evidence), EVIDENCE_RESERVE, no_answer),
        events=deadline.guard(boto3.client("events", config=news), NEWS_RESERVE, OutOfTime),
        metrics=deadline.guard(boto3.client("cloudwatch", config=news), NEWS_RESERVE, OutOfTime),
        s3=deadline.guard(_storage(news), NEWS_RESERVE, OutOfTime),
        remaining=deadline.remaining,
    )


@cache
def _elsewhere(region: str) -> "LambdaClient":
    return boto3.client("lambda", region_name=region, config=_patience(2, read=5))


def _storage(config: Config) -> Any:
    return boto3.client("s3", config=config)


def _patience(attempts: int, read: float, mode: Literal["standard"] = "standard") -> Config:
    return Config(
        retries={"mode": mode, "total_max_attempts": attempts}, connect_timeout=2, read_timeout=read
    )
