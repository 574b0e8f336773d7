"""Step Functions in memory, as far as starting executions goes."""

import json
from typing import Any

from live_alias.limits import EXECUTION_NAME_MAX_CHARS
from tests.stacks.kit.aws import ServiceError

MACHINE = "arn:aws:states:eu-west-2:111122223333:stateMachine:patchbay-prod-releases"


class FakeStates:
    """A name is given once, whether its execution runs or has ended."""

    def __init__(self) -> None:
        self.inputs: dict[str, dict[str, Any]] = {}
        """What was started, by name, in this order."""
        self.calls = 0
        self.faults: list[Exception] = []
        """What the next calls run into before they are carried out."""
        self.after: list[Exception] = []
        """What the next calls answer although they were carried out."""

    def call(self, operation: str, parameters: dict[str, Any]) -> dict[str, Any]:
        assert operation == "StartExecution"
        assert parameters["stateMachineArn"] == MACHINE
        self.calls += 1
        if self.faults:
            raise self.faults.pop(0)
        name, given = parameters["name"], json.loads(parameters["input"])
        assert len(name) <= EXECUTION_NAME_MAX_CHARS
        if self.inputs.setdefault(name, given) != given:
            raise ServiceError("ExecutionAlreadyExists", 400, f"Execution Already Exists: {name}")
        if self.after:
            raise self.after.pop(0)
        return {"executionArn": MACHINE.replace("stateMachine", "execution") + f":{name}", "startDate": 0.0}
