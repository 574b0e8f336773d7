"""Lambda, Step Functions, S3 and CloudFormation of two Regions in memory, behind real boto3 clients."""

import io
import json
from collections import defaultdict
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from functools import cache
from typing import Any

import pytest
from botocore.response import StreamingBody

from live_alias.progress import Phase, Progress
from live_alias.record import Record, Release, parse
from live_alias.routing import Routing
from patchbay.aws import Aws
from patchbay.live.pace import Pacer
from patchbay.releases import clients, plans
from release.evidence import History
from release_rule.counts import Counts
from tests.stacks.kit import aws
from tests.stacks.kit.aws import ServiceError
from tests.stacks.kit.live_alias.lambda_service import FUNCTION, FakeLambda

LEADER, FOLLOWER = "eu-west-1", "eu-central-1"
ENVIRONMENT = """
app = "shop"
account = "111122223333"

[region_groups.europe]
regions = ["eu-west-1", "eu-central-1"]

[release]
strategy = "canary"

[[instances]]
name = "europe"
arn = "arn:aws:connect:eu-west-2:111122223333:instance/33333333-4444-5555-6666-777777777777"
alias = "shop"
region_group = "europe"
functions = ["tutorial", "account_service"]
flows = []
"""
_WITHOUT_WAITING = Pacer(sleep=lambda _: None)
BEGAN = 1_790_000_000
"""When releases of the tests were started, in epoch seconds."""


class Function(FakeLambda):
    """With what GetFunctionConfiguration tells."""

    def __init__(self) -> None:
        super().__init__()
        self.roles: dict[str, str] = {}

    def _ListVersionsByFunction(self, parameters: dict[str, Any]) -> dict[str, Any]:  # noqa: N802
        page = super()._ListVersionsByFunction(parameters)
        for version in page["Versions"]:
            version["CodeSha256"] = f"code-{version['Version']}"
        return page

    def _GetFunctionConfiguration(self, parameters: dict[str, Any]) -> dict[str, Any]:  # noqa: N802
        version = parameters.get("Qualifier", "$LATEST")
        if version not in [*self.versions, "$LATEST"]:
            raise ServiceError("ResourceNotFoundException", 404, f"Function not found: {version}")
        role = self.roles.get(version, "arn:aws:iam::111122223333:role/handler")
        return {"CodeSha256": f"code-{version}", "Role": role, "LoggingConfig": {"LogGroup": "generated"}}


class Lambda:
    """The functions of one Region by name."""

    def __init__(self) -> None:
        self.functions: dict[str, Function] = defaultdict(Function)
        self.operations: set[str] = set()
        self.denied: set[str] = set()

    def call(self, operation: str, parameters: dict[str, Any]) -> dict[str, Any]:
        self.operations.add(operation)
        if operation in self.denied:
            raise ServiceError("AccessDeniedException", 403, f"no right to {operation}")
        function = self.functions[parameters["FunctionName"]]
        return function.call(operation, {**parameters, "FunctionName": FUNCTION})


@dataclass
class States:
    """Executions by name, each with what its newest step put out."""

    started: dict[str, dict[str, Any]] = field(default_factory=dict)
    outputs: dict[str, dict[str, Any]] = field(default_factory=dict)
    denied: bool = False
    broken: set[str] = field(default_factory=set)
    """The names of executions that failed."""
    operations: set[str] = field(default_factory=set)

    def call(self, operation: str, parameters: dict[str, Any]) -> dict[str, Any]:
        self.operations.add(operation)
        if self.denied:
            raise ServiceError("AccessDeniedException", 400, "not authorized")
        return {"StartExecution": self._start, "GetExecutionHistory": self._history}[operation](parameters)

    def _start(self, parameters: dict[str, Any]) -> dict[str, Any]:
        name, payload = parameters["name"], json.loads(parameters["input"])
        if self.started.get(name, payload) != payload:
            raise ServiceError("ExecutionAlreadyExists", 400, name)
        self.started[name] = payload
        return {"executionArn": name, "startDate": datetime.now(UTC)}

    def _history(self, parameters: dict[str, Any]) -> dict[str, Any]:
        assert parameters["reverseOrder"]
        name = parameters["executionArn"].split(":")[-1]
        if name not in self.outputs and name not in self.started:
            raise ServiceError("ExecutionDoesNotExist", 400, name)
        kinds = ["WaitStateEntered", "ChoiceStateExited", "ChoiceStateEntered"]
        if name in self.broken:
            kinds.insert(0, "ExecutionFailed")
        events = [_event(kind) for kind in kinds]
        if name in self.outputs:
            text = json.dumps(self.outputs[name])
            details = {"stateExitedEventDetails": {"name": "Step", "output": text}}
            events.append({**_event("TaskStateExited"), **details})
        return {"events": [*events, _event("TaskSucceeded"), _event("ExecutionStarted")]}


def _event(kind: str) -> dict[str, Any]:
    return {"timestamp": datetime.now(UTC), "type": kind, "id": 1}


@dataclass
class Bucket:
    """Objects by key, the newest last; also the stack that names the bucket."""

    objects: dict[str, str] = field(default_factory=dict)
    outputs: list[dict[str, str]] = field(
        default_factory=lambda: [{"OutputKey": "ReleaseReports", "OutputValue": "reports"}]
    )

    def call(self, operation: str, parameters: dict[str, Any]) -> dict[str, Any]:
        if operation == "DescribeStacks":
            stack = {"StackName": parameters["StackName"], "CreationTime": datetime.now(UTC)}
            return {"Stacks": [{**stack, "StackStatus": "UPDATE_COMPLETE", "Outputs": self.outputs}]}
        assert parameters["Bucket"] == "reports"
        if operation == "GetObject":
            body = self.objects[parameters["Key"]].encode()
            return {"Body": StreamingBody(io.BytesIO(body), len(body))}
        keys = [key for key in self.objects if key.startswith(parameters["Prefix"])]
        times = {key: datetime.fromtimestamp(BEGAN + at, UTC) for at, key in enumerate(self.objects)}
        return {"Contents": [{"Key": key, "LastModified": times[key]} for key in sorted(keys)]}


@dataclass
class Region:
    """The services of one Region."""

    lambda_: Lambda = field(default_factory=Lambda)
    states: States = field(default_factory=States)
    storage: Bucket = field(default_factory=Bucket)

    def service(self, name: str) -> Any:
        return {
            "lambda": self.lambda_,
            "stepfunctions": self.states,
            "s3": self.storage,
            "cloudformation": self.storage,
        }.get(name)


class Cloud:
    """Two Regions, the first of which leads."""

    def __init__(self) -> None:
        self.regions = {LEADER: Region(), FOLLOWER: Region()}
        self.past = History(Counts(2000, 12), 120.0, "log lines")

    @property
    def leader(self) -> Region:
        return self.regions[LEADER]

    @property
    def follower(self) -> Region:
        return self.regions[FOLLOWER]

    def function(self, name: str = "tutorial", region: str = LEADER) -> Function:
        return self.regions[region].lambda_.functions[f"shop-prod-{name}"]

    def deploy(self, *names: str) -> None:
        """Three versions of each function; callers are on the second."""
        for name in names or ("tutorial", "account_service"):
            for region in self.regions:
                function = self.function(name, region)
                for _ in range(3):
                    function.publish()
                function.by_hand("live", "2")

    def release(self, phase: Phase, weight: float = 0.0, region: str = LEADER, **changes: Any) -> None:
        """The release of version 3 of tutorial, as its alias records it."""
        progress = replace(Progress(phase, BEGAN), **changes)
        record = Record("owner", "f" * 16, (Release("3", Routing("2")),), progress=progress)
        if phase is Phase.BACK:
            record = replace(record, judged=record.fingerprint)
        main, split = ("3", {}) if weight == 1 else ("2", {"3": weight} if weight else {})
        self.function("tutorial", region).by_hand("live", main, split, Description=record.description())

    def record(self, region: str = LEADER, name: str = "tutorial") -> Record:
        found = parse(self.function(name, region).aliases["live"]["Description"])
        assert found is not None
        return found

    def live(self, region: str = LEADER, name: str = "tutorial") -> tuple[str, dict[str, float]] | None:
        return self.function(name, region).where("live")

    def client(self, service: str, region: str) -> Any:
        made, line = _connected(service, region)
        line.service = self.regions[region].service(service)
        return made


@cache
def _connected(service: str, region: str) -> Any:
    """One for each Region: commands ask several at once."""
    return aws._connected.__wrapped__(service)


Edit = Callable[[str, str, str], Any]


@pytest.fixture
def cloud(own_project: Any, monkeypatch: pytest.MonkeyPatch) -> Cloud:
    """Deployed, with no release on record."""
    (own_project / "environments" / "prod.toml").write_text(ENVIRONMENT)
    made = Cloud()
    made.deploy()
    monkeypatch.setattr(
        Aws, "client", lambda _, service, region, account="", **config: made.client(service, region)
    )
    monkeypatch.setattr(clients, "PACER", _WITHOUT_WAITING)
    monkeypatch.setattr(plans, "history", lambda *_: made.past)
    return made


def output(state: Mapping[str, Any], part: int = 1, end: str = "", **settings: Any) -> dict[str, Any]:
    """Of one step."""
    known = {"name": "tutorial", "log_group": "generated", "time_limit_seconds": 3, **settings}
    run = {"function": "shop-prod-tutorial", "candidate": "3", "at": BEGAN, "part": part}
    return {**run, "settings": known, "state": dict(state), "wait": 60, "done": bool(end), "end": end}
