"""CloudWatch Logs in memory, and CloudFormation's events."""

from collections.abc import Callable
from typing import Any

from flow_log_group.handler import answer
from tests.stacks.kit.aws import ServiceError, client

GROUP = "/aws/connect/example-prod"


class FakeLogs:
    """Groups by name, with their retention; None keeps for ever."""

    def __init__(self) -> None:
        self.groups: dict[str, int | None] = {}
        self.refuse: dict[str, list[ServiceError]] = {}
        """By operation: what the next calls answer."""
        self.calls: list[str] = []

    def call(self, operation: str, parameters: dict[str, Any]) -> dict[str, Any]:
        self.calls.append(operation)
        if self.refuse.get(operation):
            raise self.refuse[operation].pop(0)
        name = parameters["logGroupName"]
        if operation == "CreateLogGroup":
            if name in self.groups:
                raise ServiceError("ResourceAlreadyExistsException", 400)
            self.groups[name] = None
        else:
            assert operation == "PutRetentionPolicy"
            self.groups[name] = parameters["retentionInDays"]
        return {}


class World:
    """What CloudFormation would send, answered by the handler."""

    def __init__(self) -> None:
        self.logs = FakeLogs()
        self.slept: list[float] = []

    @property
    def sleep(self) -> Callable[[float], None]:
        return self.slept.append

    def send(self, kind: str, name: str = GROUP, **further: Any) -> dict[str, Any]:
        properties = {"LogGroupName": name, "RetentionDays": "90"}
        event = {"RequestType": kind, "ResourceProperties": properties, **further}
        return answer(event, client("logs", self.logs), self.sleep)
