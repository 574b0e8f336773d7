"""One Region of an account in memory: everything that the controller's step calls.

The clients are boto3's own (tests/stacks/kit/aws.py). Any call may be the one that kills the step.
"""

import json
from collections import defaultdict
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from io import BytesIO
from typing import Any

from botocore.response import StreamingBody

from release.clients import Clients
from release.place import Place
from tests.stacks.kit.aws import ServiceError, client
from tests.stacks.kit.live_alias import lambda_service
from tests.stacks.kit.release.services import FUNCTION
from tests.stacks.kit.release.telemetry import Telemetry

MACHINE = "arn:aws:states:eu-west-2:111122223333:stateMachine:patchbay-test-releases"
PLACE = Place(MACHINE, "reports-bucket", "patchbay", "test", keep_versions=10)

Invocation = Callable[[dict[str, Any]], tuple[object, bool]]
"""From an event to the answer, and whether it is a function error."""


def ok(event: dict[str, Any]) -> tuple[object, bool]:
    """An answer that Connect takes."""
    return {"status": "ok"}, False


class Killed(BaseException):
    """The Lambda is gone in the middle of a call: nothing of ours may catch this."""


class FakeFunction(lambda_service.FakeLambda):
    """With configurations, invocations and deletions of versions."""

    def __init__(self) -> None:
        super().__init__()
        self.configurations: dict[str, dict[str, Any]] = defaultdict(dict)
        """By version: what differs from the usual."""
        self.behaviour: dict[str, Invocation] = {}
        """By version: what an invocation answers."""
        self.invoked: list[tuple[str, dict[str, Any]]] = []
        self.doomed: list[str] = []
        """Versions that somebody wanted to delete, whether or not they went."""

    def _GetFunctionConfiguration(self, parameters: dict[str, Any]) -> dict[str, Any]:  # noqa: N802
        version = self._version(parameters)
        usual = {"Version": version, "Role": "arn:aws:iam::111122223333:role/lookup", "State": "Active"}
        return usual | self.configurations[version]

    def _Invoke(self, parameters: dict[str, Any]) -> dict[str, Any]:  # noqa: N802
        version, event = self._version(parameters), json.loads(parameters["Payload"])
        self.invoked.append((version, event))
        answered, failed = self.behaviour.get(version, ok)(event)
        body = answered if isinstance(answered, bytes) else json.dumps(answered).encode()
        stream = StreamingBody(BytesIO(body), len(body))
        error = {"FunctionError": "Unhandled"} if failed else {}
        return {"StatusCode": 200, "Payload": stream, **error}

    def _ListAliases(self, parameters: dict[str, Any]) -> dict[str, Any]:  # noqa: N802
        names = sorted(self.aliases)
        start = int(parameters.get("Marker", "0"))
        page: dict[str, Any] = {"Aliases": [self._shown(self.aliases[name]) for name in names[start:][:2]]}
        return page | ({"NextMarker": str(start + 2)} if start + 2 < len(names) else {})

    def _DeleteFunction(self, parameters: dict[str, Any]) -> dict[str, Any]:  # noqa: N802
        version = self._version(parameters)
        self.doomed.append(version)
        self.delete_version(version)
        return {}

    def _version(self, parameters: dict[str, Any]) -> str:
        version = str(parameters["Qualifier"])
        if version not in self.versions:
            raise ServiceError("ResourceNotFoundException", 404, f"Function not found: {version}")
        return version


class Account:
    """Functions by name, executions by ARN, and what was told and left."""

    def __init__(self) -> None:
        self.telemetry = Telemetry()
        self.functions: dict[str, FakeFunction] = {FUNCTION: FakeFunction()}
        self.executions: dict[str, dict[str, Any]] = {}
        self.news: list[dict[str, Any]] = []
        self.metrics: list[str] = []
        self.objects: dict[str, str] = {}
        self.faults: dict[str, list[Exception]] = defaultdict(list)
        """By operation: what the next calls answer instead."""
        self.calls = 0
        self.kill_at: int | None = None
        """The number of the call that kills, counted from 1."""
        self.kill_after = False
        """Whether that call is still carried out."""
        self.remaining = 120.0

    @property
    def function(self) -> FakeFunction:
        return self.functions[FUNCTION]

    def clients(self) -> Clients:
        """Whoever asks last has the wire."""
        aws = {name: client(name, self) for name in ("lambda", "stepfunctions", "logs", "events", "s3")}
        cloudwatch = client("cloudwatch", self)
        return Clients(
            alias=aws["lambda"],
            functions=aws["lambda"],
            invoke=aws["lambda"],
            leader=lambda _: aws["lambda"],
            states=aws["stepfunctions"],
            logs=aws["logs"],
            past_logs=aws["logs"],
            cloudwatch=cloudwatch,
            events=aws["events"],
            metrics=cloudwatch,
            s3=aws["s3"],
            remaining=lambda: self.remaining,
        )

    def call(self, operation: str, parameters: dict[str, Any]) -> dict[str, Any]:
        """Raises ServiceError, or Killed."""
        self.calls += 1
        deadly = self.calls == self.kill_at
        if deadly and not self.kill_after:
            raise Killed
        try:
            return self._answer(operation, parameters)
        finally:
            if deadly and self.kill_after:
                raise Killed

    def _answer(self, operation: str, parameters: dict[str, Any]) -> dict[str, Any]:
        if self.faults[operation]:
            raise self.faults[operation].pop(0)
        if operation in {"FilterLogEvents", "GetMetricData"}:
            return self.telemetry.call(operation, parameters)
        if "FunctionName" in parameters:
            one = self.functions[parameters["FunctionName"]]
            return one.call(operation, {**parameters, "FunctionName": lambda_service.FUNCTION})
        result: dict[str, Any] = getattr(self, f"_{operation}")(parameters)
        return result

    def _StartExecution(self, parameters: dict[str, Any]) -> dict[str, Any]:  # noqa: N802
        assert parameters["stateMachineArn"] == MACHINE
        assert len(parameters["name"]) <= 80
        arn = f"{MACHINE.replace('stateMachine', 'execution')}:{parameters['name']}"
        if arn in self.executions:
            raise ServiceError("ExecutionAlreadyExists", 400)
        now = self._now()
        self.executions[arn] = {
            "executionArn": arn,
            "stateMachineArn": MACHINE,
            "name": parameters["name"],
            "status": "RUNNING",
            "startDate": now,
            "input": parameters["input"],
        }
        return {"executionArn": arn, "startDate": now}

    def _DescribeExecution(self, parameters: dict[str, Any]) -> dict[str, Any]:  # noqa: N802
        if parameters["executionArn"] not in self.executions:
            raise ServiceError("ExecutionDoesNotExist", 400)
        return self.executions[parameters["executionArn"]]

    def _PutEvents(self, parameters: dict[str, Any]) -> dict[str, Any]:  # noqa: N802
        for entry in parameters["Entries"]:
            assert (entry["Source"], entry["DetailType"]) == ("patchbay", "Patchbay Release State Change")
            self.news.append(json.loads(entry["Detail"]))
        return {"FailedEntryCount": 0, "Entries": [{"EventId": "1"} for _ in parameters["Entries"]]}

    def _PutMetricData(self, parameters: dict[str, Any]) -> dict[str, Any]:  # noqa: N802
        assert parameters["Namespace"] == "Patchbay/Releases"
        wanted = [{"Name": "App", "Value": "patchbay"}, {"Name": "Environment", "Value": "test"}]
        for datum in parameters["MetricData"]:
            assert (datum["Dimensions"], datum["Value"], datum["Unit"]) == (wanted, 1, "Count")
            self.metrics.append(datum["MetricName"])
        return {}

    def _PutObject(self, parameters: dict[str, Any]) -> dict[str, Any]:  # noqa: N802
        assert parameters["Bucket"] == PLACE.reports_bucket
        self.objects[parameters["Key"]] = parameters["Body"].decode()
        return {}

    def stop(self, name: str, status: str) -> None:
        """An execution ends, now."""
        arn = f"{MACHINE.replace('stateMachine', 'execution')}:{name}"
        self.executions[arn] |= {"status": status, "stopDate": self._now()}

    def _now(self) -> datetime:
        return datetime.fromtimestamp(self.telemetry.now, UTC)


def place(**changes: Any) -> Place:
    """The controller's, with other fields."""
    return replace(PLACE, **changes)
