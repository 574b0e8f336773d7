"""The Step Functions execution of a release: its name, its input, and starting it.

The name follows from the record alone, so that whoever starts it, and however often, there is one.
"""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from mypy_boto3_stepfunctions import SFNClient

_FUNCTION_CHARS = 40
"""So that version, time and part have room within `limits.EXECUTION_NAME_MAX_CHARS`."""


@dataclass(frozen=True)
class Run:
    """One release of one function, and which of its executions."""

    function: str
    candidate: str
    at: int
    """When the release was started, in epoch seconds."""
    part: int = 1
    """A long release goes on in a successor, before the history of an execution is full."""

    @property
    def name(self) -> str:
        """The execution's name."""
        function = self.function
        if len(function) > _FUNCTION_CHARS:
            digest = hashlib.sha256(function.encode()).hexdigest()[:8]
            function = f"{function[: _FUNCTION_CHARS - 9]}-{digest}"
        return f"{function}-v{self.candidate}-{self.at}-{self.part}"

    def input(self, settings: Mapping[str, Any], state: Mapping[str, Any] | None = None) -> dict[str, Any]:
        """What the controller's step takes: `state` is None at the start of a release."""
        run = {"function": self.function, "candidate": self.candidate, "at": self.at, "part": self.part}
        return {**run, "settings": dict(settings), "state": dict(state) if state is not None else None}


def start(client: "SFNClient", machine_arn: str, run: Run, payload: Mapping[str, Any]) -> None:
    """Starts it; one of that name that runs, or has ended, is this one."""
    try:
        client.start_execution(
            stateMachineArn=machine_arn, name=run.name, input=json.dumps(payload, separators=(",", ":"))
        )
    except client.exceptions.ExecutionAlreadyExists:
        return


def arn(machine_arn: str, run: Run) -> str:
    """The execution's ARN."""
    return f"{machine_arn.replace(':stateMachine:', ':execution:')}:{run.name}"
