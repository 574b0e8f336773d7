"""Amazon Connect and SSM in memory, a clock that moves when somebody sleeps, and CloudFormation's events."""

from collections import defaultdict
from collections.abc import Callable
from typing import Any

from association.handler import answer
from association.pacing import Clock
from association.request import Instance, parse
from tests.stacks.kit.aws import ServiceError, client

ACCOUNT, REGION = "111122223333", "eu-west-2"
INSTANCE_ID = "6cb38ad9-1f2b-4c3d-9e8f-0a1b2c3d4e5f"
INSTANCE = f"arn:aws:connect:{REGION}:{ACCOUNT}:instance/{INSTANCE_ID}"
HANDLER = f"arn:aws:lambda:{REGION}:{ACCOUNT}:function:handler"
STATE = f"/patchbay/prod/associations/{INSTANCE_ID}"
PHYSICAL_ID = Instance(INSTANCE, REGION, ACCOUNT, INSTANCE_ID).physical_id


def alias(name: str, region: str = REGION, account: str = ACCOUNT) -> str:
    """The ARN of a `live` alias."""
    return f"arn:aws:lambda:{region}:{account}:function:patchbay-prod-{name}:live"


class FakeClock:
    """Seconds since the start; the handler has `limit` of them."""

    def __init__(self, limit: float = 300.0) -> None:
        self.time = self.began = 0.0
        self.limit = limit

    def sleep(self, seconds: float) -> None:
        self.time += seconds

    @property
    def took(self) -> float:
        """Seconds since the last event began."""
        return self.time - self.began

    def start(self) -> Clock:
        """For one event, a minute after the one before: Lambda gives each the whole time."""
        self.time += 60
        began = self.began = self.time
        return Clock(
            now=lambda: self.time,
            sleep=self.sleep,
            remaining=lambda: self.limit - (self.time - began),
            jitter=lambda: 0.5,
        )


class FakeConnect:
    """The three calls on Lambda functions; two requests a second, burst five."""

    def __init__(self, clock: FakeClock) -> None:
        self.instances: dict[str, list[str]] = {INSTANCE_ID: []}
        self.quota = 50
        self.calls: list[tuple[str, str]] = []
        self.refuse: dict[str, ServiceError] = {}
        """By ARN: what AssociateLambdaFunction answers."""
        self.faults: dict[str, list[Exception | Callable[[], None]]] = defaultdict(list)
        """By operation: what the next calls run into before they are carried out."""
        self.after: dict[str, list[Exception]] = defaultdict(list)
        """By operation: what the next calls answer although they were carried out."""
        self.hidden: set[str] = set()
        """Associated, but not listed."""
        self.list_lag = 0
        self.tokens: dict[str, set[str]] = defaultdict(set)
        """The client tokens by ARN."""
        self.throttled = 0
        self._clock, self._tokens, self._time = clock, 5.0, 0.0

    @property
    def listed(self) -> list[str]:
        return self.instances[INSTANCE_ID]

    @property
    def writes(self) -> list[tuple[str, str]]:
        return [call for call in self.calls if not call[0].startswith("List")]

    def call(self, operation: str, parameters: dict[str, Any]) -> dict[str, Any]:
        self.calls.append((operation, parameters.get("FunctionArn", "")))
        if "FunctionArn" in parameters:
            self.tokens[parameters["FunctionArn"]].add(parameters["ClientToken"])
        self._throttle()
        if self.faults[operation]:
            fault = self.faults[operation].pop(0)
            if isinstance(fault, Exception):
                raise fault
            fault()
        if parameters["InstanceId"] not in self.instances:
            raise ServiceError("ResourceNotFoundException", 404, "Instance not found")
        result: dict[str, Any] = getattr(self, f"_{operation}")(parameters)
        if self.after[operation]:
            raise self.after[operation].pop(0)
        return result

    def others_call(self) -> None:
        """Another job uses up the rate, which is of the account."""
        self._tokens = 0.0

    def _throttle(self) -> None:
        self._tokens = min(5.0, self._tokens + (self._clock.time - self._time) * 2.0)
        self._time = self._clock.time
        if self._tokens < 0.999:
            self.throttled += 1
            raise ServiceError("ThrottlingException", 429, "Rate exceeded")
        self._tokens -= 1

    def _ListLambdaFunctions(self, parameters: dict[str, Any]) -> dict[str, Any]:  # noqa: N802
        shown = [arn for arn in self.instances[parameters["InstanceId"]] if arn not in self.hidden]
        if self.list_lag and self.writes:
            self.list_lag -= 1
            shown = []
        start, size = int(parameters.get("NextToken", "0")), parameters["MaxResults"]
        page: dict[str, Any] = {"LambdaFunctions": shown[start : start + size]}
        return page | ({"NextToken": str(start + size)} if start + size < len(shown) else {})

    def _AssociateLambdaFunction(self, parameters: dict[str, Any]) -> dict[str, Any]:  # noqa: N802
        arn, there = parameters["FunctionArn"], self.instances[parameters["InstanceId"]]
        if arn in self.refuse:
            raise self.refuse[arn]
        if arn in there:
            raise ServiceError("ResourceConflictException", 409, "A resource already has that name.")
        if len(there) >= self.quota:
            raise ServiceError("ServiceQuotaExceededException", 402, "The service quota has been exceeded.")
        there.append(arn)
        return {}

    def _DisassociateLambdaFunction(self, parameters: dict[str, Any]) -> dict[str, Any]:  # noqa: N802
        there = self.instances[parameters["InstanceId"]]
        if parameters["FunctionArn"] not in there:
            raise ServiceError("ResourceNotFoundException", 404, "Function not found")
        there.remove(parameters["FunctionArn"])
        return {}


class FakeSsm:
    """PutParameter, GetParametersByPath (ten a page), DeleteParameter."""

    def __init__(self) -> None:
        self.parameters: dict[str, str] = {}
        self.fault: ServiceError | None = None

    def owned(self, path: str = STATE) -> set[str]:
        return {value for name, value in self.parameters.items() if name.rpartition("/")[0] == path}

    def call(self, operation: str, parameters: dict[str, Any]) -> dict[str, Any]:
        if self.fault:
            raise self.fault
        result: dict[str, Any] = getattr(self, f"_{operation}")(parameters)
        return result

    def _PutParameter(self, parameters: dict[str, Any]) -> dict[str, Any]:  # noqa: N802
        assert len(parameters["Value"].encode()) <= 4096
        assert parameters["Overwrite"]
        self.parameters[parameters["Name"]] = parameters["Value"]
        return {"Version": 1}

    def _GetParametersByPath(self, parameters: dict[str, Any]) -> dict[str, Any]:  # noqa: N802
        path, start = parameters["Path"], int(parameters.get("NextToken", "0"))
        found = [
            {"Name": name, "Value": value}
            for name, value in self.parameters.items()
            if name.rpartition("/")[0] == path
        ]
        page: dict[str, Any] = {"Parameters": found[start : start + 10]}
        return page | ({"NextToken": str(start + 10)} if start + 10 < len(found) else {})

    def _DeleteParameter(self, parameters: dict[str, Any]) -> dict[str, Any]:  # noqa: N802
        if parameters["Name"] not in self.parameters:
            raise ServiceError("ParameterNotFound", 400)
        del self.parameters[parameters["Name"]]
        return {}


class World:
    """One stack with one association resource."""

    def __init__(self) -> None:
        self.clock = FakeClock()
        self.connect = FakeConnect(self.clock)
        self.ssm = FakeSsm()
        self._clients = client("connect", self.connect), client("ssm", self.ssm)

    def create(self, *functions: str, **properties: Any) -> dict[str, Any]:
        return self.event("Create", _properties(functions, properties))

    def update(
        self, functions: list[str], old: list[str] | dict[str, Any], **properties: Any
    ) -> dict[str, Any]:
        before = old if isinstance(old, dict) else _properties(tuple(old), {})
        return self.event("Update", _properties(tuple(functions), properties), before)

    def delete(self, *functions: str, **properties: Any) -> dict[str, Any]:
        return self.event("Delete", _properties(functions, properties))

    def event(
        self,
        kind: str,
        properties: dict[str, Any],
        old: dict[str, Any] | None = None,
        physical_id: str = PHYSICAL_ID,
    ) -> dict[str, Any]:
        """One event through the handler, as the Provider framework sends it."""
        event: dict[str, Any] = {"RequestType": kind, "ResourceProperties": properties}
        if kind != "Create":
            event["PhysicalResourceId"] = physical_id
        if old is not None:
            event["OldResourceProperties"] = old
        return answer(parse(event, HANDLER), *self._clients, self.clock.start())


def _properties(functions: tuple[str, ...], properties: dict[str, Any]) -> dict[str, Any]:
    given = {"InstanceArn": INSTANCE, "FunctionArns": list(functions), "StatePath": STATE, **properties}
    return {key: value for key, value in given.items() if value is not None}
