"""How far a release has come: the newest step's output, from the execution's history."""

import json
from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from botocore.exceptions import ClientError

from live_alias import executions
from live_alias.executions import Run
from patchbay.releases.sites import Site
from patchbay.releases.standing import Standing
from release.settings import Settings
from release.state import State

if TYPE_CHECKING:
    from mypy_boto3_stepfunctions import SFNClient

DENIED = frozenset({"AccessDeniedException", "AccessDenied"})
SUCCESSOR = "successor"
BROKEN = {
    "ExecutionFailed": "failed",
    "ExecutionTimedOut": "ran out of time",
    "ExecutionAborted": "was stopped",
}
_EVENTS = 60
"""A step makes nine, and its repetitions some more."""


@dataclass(frozen=True)
class Execution:
    """What the controller knows; `missing` says why there is nothing (or no more) to see."""

    run: Run
    state: State | None = None
    settings: Settings | None = None
    missing: str = ""
    is_handed_on: bool = False
    """Whether another execution goes on with it."""
    is_broken: bool = False
    """It ended by itself: another one may have gone on with it, as a sweep starts one."""
    is_there: bool = True
    """Whether there is an execution of this name."""


def first(standing: Standing) -> Run | None:
    """The execution that began the release on record."""
    if standing.progress is None or standing.candidate is None:
        return None
    return Run(standing.site.name, standing.candidate, standing.progress.at)


def look(client: "SFNClient", site: Site, run: Run) -> Execution:
    """The newest output of `run` or of the executions that went on with it. Raises ClientError where AWS does
    not answer at all; what may not be read, or is not there, is said in `missing`."""
    found = _look(client, site, run)
    while found.is_handed_on or found.is_broken:
        after = _look(client, site, replace(found.run, part=found.run.part + 1))
        if found.is_broken and not after.is_there:
            return found
        if after.state is None and not after.is_broken:
            return replace(after, state=found.state, settings=found.settings)
        found = after if after.state else replace(after, state=found.state, settings=found.settings)
    return found


def _look(client: "SFNClient", site: Site, run: Run) -> Execution:
    arn = executions.arn(site.machine_arn, run)
    try:
        answer = client.get_execution_history(executionArn=arn, reverseOrder=True, maxResults=_EVENTS)
    except client.exceptions.ExecutionDoesNotExist:
        return Execution(run, missing="the controller has not begun with it", is_there=False)
    except ClientError as error:
        if error.response["Error"]["Code"] not in DENIED:
            raise
        return Execution(run, missing="no right to states:GetExecutionHistory, so only the alias is shown")
    return _parsed(run, answer["events"])


def _parsed(run: Run, events: Iterable[Any]) -> Execution:
    """The newest event first."""
    events = list(events)
    output = next((text for event in events if (text := _output(event))), None)
    broken = BROKEN.get(events[0]["type"]) if events else None
    missing = f"its execution {broken}; the controller takes it up again within 15 minutes" if broken else ""
    if output is None:
        missing = missing or "the controller has not finished its first step"
        return Execution(run, missing=missing, is_broken=bool(broken))
    try:
        raw = json.loads(output)
        state, settings = State.of(raw["state"]), Settings.of(raw["settings"])
    except (KeyError, TypeError, ValueError):
        # A release outlives a deploy, and a checkout may be older or newer than either.
        missing = "another version of Patchbay counts for it, so only the alias is shown"
        return Execution(run, missing=missing, is_broken=bool(broken))
    return Execution(run, state, settings, missing, raw.get("end") == SUCCESSOR, bool(broken))


def _output(event: Any) -> str:
    if event["type"] != "TaskStateExited":
        return ""
    return str(event.get("stateExitedEventDetails", {}).get("output", ""))
