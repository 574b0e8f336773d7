"""An AWS in memory in which an environment is deployed as it should be; tests take parts of it away."""

import json
import threading
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import cache
from typing import Any

import boto3
from botocore.config import Config
from botocore.exceptions import ClientError
from botocore.validate import validate_parameters

from patchbay.aws import Aws
from patchbay.config import Environment
from patchbay.live.model import Read, Seen, Unread
from patchbay.live.pace import Pacer
from patchbay.live.reading import read
from patchbay.naming import flow_log_group
from tests.stacks.kit.aws import Answer

NOW = datetime(2026, 11, 20, tzinfo=UTC)
Parameters = Mapping[str, Any]


@dataclass(frozen=True)
class Call:
    """A request that was made."""

    service: str
    region: str
    account: str
    operation: str
    parameters: Parameters


Answering = Callable[[Call], dict[str, Any]]


@dataclass
class Cloud:
    """What it answers, by operation; `answers` come before what a healthy deployment would say."""

    environment: Environment
    answers: dict[str, Answering] = field(default_factory=dict)
    calls: list[Call] = field(default_factory=list)
    embedded = False
    paced = False
    """Whether whoever reads asked for the rates to be kept."""

    def read(self, **options: Any) -> Seen:
        """By the code under test."""
        return read(self.environment, CloudAws(self), **options)

    def say(self, operation: str, answer: Mapping[str, Any] | Exception | Answering) -> None:
        """In place of what it would."""

        def given(call: Call) -> dict[str, Any]:
            if isinstance(answer, Exception):
                raise answer
            return answer(call) if callable(answer) else dict(answer)

        self.answers[operation] = given

    def refuse(self, operation: str, code: str, message: str = "no", status: int = 400) -> None:
        """As AWS does."""
        self.say(operation, refusal(operation, code, message, status))

    def asked(self, operation: str) -> list[Call]:
        """The requests for it."""
        return [call for call in self.calls if call.operation == operation]

    def answer(self, call: Call) -> dict[str, Any]:
        """Raises what AWS or botocore would."""
        self.calls.append(call)
        answering = self.answers.get(call.operation) or getattr(self, f"_{call.operation}")
        return dict(answering(call))

    def statement(self, name: str, region: str, qualifier: str = "live") -> dict[str, Any]:
        """As AddPermission writes it."""
        instance = self.environment.instances[0].arn
        arn = f"arn:aws:lambda:{region}:{self.environment.account}:function:{name}"
        return {
            "Sid": f"{name}-by-connect",
            "Effect": "Allow",
            "Principal": {"Service": "connect.amazonaws.com"},
            "Action": "lambda:InvokeFunction",
            "Resource": f"{arn}:{qualifier}" if qualifier else arn,
            "Condition": {
                "StringEquals": {"AWS:SourceAccount": instance.account},
                "ArnLike": {"AWS:SourceArn": str(instance)},
            },
        }

    def _GetCallerIdentity(self, call: Call) -> dict[str, Any]:  # noqa: N802
        return {"Account": call.account}

    def _GetFunction(self, call: Call) -> dict[str, Any]:  # noqa: N802
        name, live = call.parameters["FunctionName"], "Qualifier" in call.parameters
        configuration = {"FunctionName": name, "Version": "2" if live else "$LATEST"}
        concurrency = {} if live else {"Concurrency": {"ReservedConcurrentExecutions": 7}}
        return {"Configuration": configuration, **concurrency}

    def _ListVersionsByFunction(self, call: Call) -> dict[str, Any]:  # noqa: N802
        return {"Versions": [{"Version": version} for version in ("$LATEST", "1", "2")]}

    def _ListAliases(self, call: Call) -> dict[str, Any]:  # noqa: N802
        weights = {"RoutingConfig": {"AdditionalVersionWeights": {"1": 0.25}}}
        live = {"Name": "live", "FunctionVersion": "2", "RevisionId": "r", "Description": "d"}
        return {"Aliases": [{**live, **weights}]}

    def _GetPolicy(self, call: Call) -> dict[str, Any]:  # noqa: N802
        if "Qualifier" not in call.parameters:
            raise refusal("GetPolicy", "ResourceNotFoundException", "no policy", 404)
        statement = self.statement(call.parameters["FunctionName"], call.region)
        return {"Policy": json.dumps({"Statement": [statement]}), "RevisionId": "p"}

    def _GetAccountSettings(self, call: Call) -> dict[str, Any]:  # noqa: N802
        return {"AccountLimit": {"ConcurrentExecutions": 1000}}

    def _GetMetricData(self, call: Call) -> dict[str, Any]:  # noqa: N802
        ids = [query["Id"] for query in call.parameters["MetricDataQueries"]]
        return {"MetricDataResults": [{"Id": id_, "Values": [3.0, 5.0]} for id_ in ids]}

    def _ListExecutions(self, call: Call) -> dict[str, Any]:  # noqa: N802
        execution = {"executionArn": "a", "stateMachineArn": "m", "status": "RUNNING", "startDate": NOW}
        return {"executions": [{**execution, "name": "tutorial-2"}]}

    def _DescribeInstance(self, call: Call) -> dict[str, Any]:  # noqa: N802
        (found,) = (
            i for i in self.environment.instances if i.arn.instance_id == call.parameters["InstanceId"]
        )
        return {"Instance": {"InstanceAlias": found.alias}}

    def _DescribeInstanceAttribute(self, call: Call) -> dict[str, Any]:  # noqa: N802
        return {"Attribute": {"AttributeType": call.parameters["AttributeType"], "Value": "true"}}

    def _ListLambdaFunctions(self, call: Call) -> dict[str, Any]:  # noqa: N802
        return {"LambdaFunctions": [f"arn:of:{call.parameters['InstanceId']}"]}

    def _ListContactFlows(self, call: Call) -> dict[str, Any]:  # noqa: N802
        own = [self.environment.names.flow(flow) for flow in self.environment.instances[0].flows]
        return {"ContactFlowSummaryList": [summary(name) for name in ("Default queue", *own)]}

    def _DescribeContactFlow(self, call: Call) -> dict[str, Any]:  # noqa: N802
        name = call.parameters["ContactFlowId"].removeprefix("id-of-")
        return {"ContactFlow": {"Id": f"id-of-{name}", "Arn": f"arn:{name}", "Name": name, "Content": "{}"}}

    def _DescribeLogGroups(self, call: Call) -> dict[str, Any]:  # noqa: N802
        names = {flow_log_group(instance.alias) for instance in self.environment.instances}
        return {"logGroups": [{"logGroupName": name} for name in sorted(names)]}

    def _DescribeStacks(self, call: Call) -> dict[str, Any]:  # noqa: N802
        stack = {"StackName": call.parameters["StackName"], "CreationTime": NOW}
        return {"Stacks": [{**stack, "StackStatus": "UPDATE_COMPLETE"}]}

    def _GetTemplate(self, call: Call) -> dict[str, Any]:  # noqa: N802
        return {"TemplateBody": json.dumps({"Description": call.parameters["StackName"]})}

    def _ListStackResources(self, call: Call) -> dict[str, Any]:  # noqa: N802
        return {"StackResourceSummaries": [resource("Function", "CREATE_COMPLETE")]}


def refusal(operation: str, code: str, message: str = "no", status: int = 400) -> ClientError:
    """An error answer."""
    metadata = {"HTTPStatusCode": status}
    answer: Any = {"Error": {"Code": code, "Message": message}, "ResponseMetadata": metadata}
    return ClientError(answer, operation)


def resource(logical: str, status: str) -> dict[str, Any]:
    """One of a stack."""
    kind = "AWS::Lambda::Function"
    named = {"LogicalResourceId": logical, "PhysicalResourceId": f"physical-{logical}"}
    return {**named, "ResourceType": kind, "ResourceStatus": status, "LastUpdatedTimestamp": NOW}


def summary(name: str, status: str = "PUBLISHED", state: str = "ACTIVE") -> dict[str, Any]:
    """A flow as ListContactFlows shows it."""
    return {"Id": f"id-of-{name}", "Name": name, "ContactFlowStatus": status, "ContactFlowState": state}


def unread(thing: object) -> list[Unread]:
    """Everything below it that could not be read."""
    if isinstance(thing, Unread):
        return [thing]
    below: list[object] = []
    if isinstance(thing, Seen):
        below = [*thing.functions, *thing.regions, *thing.instances, *thing.stacks, *thing.sources.values()]
    elif hasattr(thing, "__dataclass_fields__") and not isinstance(thing, Read):
        below = [getattr(thing, name) for name in thing.__dataclass_fields__]
    return [found for one in below for found in unread(one)]


class CloudAws(Aws):
    """Clients of boto3 whose requests end in a cloud."""

    def __init__(self, cloud: Cloud) -> None:
        self.account = cloud.environment.account
        self.embedded = cloud.embedded
        self._cloud = cloud

    def has_credentials(self, account: str) -> bool:
        return True

    def keep_pace(self, pacer: Pacer) -> None:
        """The clients are all tests': whether they are to wait is enough."""
        self._cloud.paced = True

    def client(self, service: Any, region: str, account: str = "", **config: Any) -> Any:
        with _MAKING:
            made, line = _connected(service, region, account or self.account)
        line.cloud = self._cloud
        return made


_MAKING = threading.Lock()


class _Line:
    cloud: Cloud


@cache
def _connected(service: str, region: str, account: str) -> tuple[Any, _Line]:
    """Made once for all tests: a client takes a tenth of a second."""
    line = _Line()
    config = Config(user_agent="tests", retries={"mode": "standard", "total_max_attempts": 1})
    made: Any = boto3.client(service, region_name=region, config=config)  # type: ignore[call-overload]  # any service

    def keep(params: dict[str, Any], context: dict[str, Any], **_: Any) -> None:
        context["parameters"] = dict(params)

    def serve(model: Any, context: dict[str, Any], **_: Any) -> tuple[Answer, dict[str, Any]]:
        try:
            call = Call(service, region, account, model.name, context["parameters"])
            result = line.cloud.answer(call)
        except ClientError as error:
            status = error.response["ResponseMetadata"]["HTTPStatusCode"]
            return Answer(status), dict(error.response)
        validate_parameters(result, model.output_shape)
        return Answer(200), {**result, "ResponseMetadata": {"HTTPStatusCode": 200}}

    made.meta.events.register_last("before-parameter-build.*.*", keep)
    made.meta.events.register("before-call.*.*", serve)
    return made, line
