"""The executions of a release: which was the last, and whether it still works."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from live_alias import executions
from live_alias.executions import Run

if TYPE_CHECKING:
    from mypy_boto3_stepfunctions import SFNClient

ALIVE = frozenset({"RUNNING", "PENDING_REDRIVE"})


@dataclass(frozen=True)
class Part:
    """One execution. Times in epoch seconds."""

    run: Run
    alive: bool
    succeeded: bool
    stopped: float | None
    settings: Mapping[str, Any]
    """As the deploy wrote them."""


def last(client: "SFNClient", machine_arn: str, first: Run) -> Part | None:
    """The living one, or else the newest; None where there never was one. Raises ClientError."""
    newest = None
    run = first
    while found := _part(client, machine_arn, run):
        newest = found
        if newest.alive:
            break
        run = replace(run, part=run.part + 1)
    return newest


def _part(client: "SFNClient", machine_arn: str, run: Run) -> Part | None:
    try:
        found = client.describe_execution(executionArn=executions.arn(machine_arn, run))
    except client.exceptions.ExecutionDoesNotExist:
        return None
    stopped = found.get("stopDate")
    return Part(
        run,
        found["status"] in ALIVE,
        found["status"] == "SUCCEEDED",
        stopped.timestamp() if stopped else None,
        json.loads(found.get("input") or "{}").get("settings", {}),
    )
