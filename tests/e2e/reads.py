"""Reading back what a deploy made, over boto3."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from patchbay.aws import Aws
from patchbay.config import Environment
from patchbay.naming import LIVE, flow_log_group
from patchbay.simulator.transcript import CallResult, Who


@dataclass(frozen=True)
class Live:
    """The alias `live` of one function in one Region."""

    version: str
    weights: Mapping[str, float]
    revision: str

    @property
    def routing(self) -> tuple[str, Mapping[str, float]]:
        """Where it leads, whoever wrote it when."""
        return self.version, self.weights


@dataclass(frozen=True)
class Held:
    """What an instance has of ours."""

    associated: frozenset[str]
    flows: Mapping[str, str]
    remembered: frozenset[str]
    """The associations that the instance's SSM parameters call ours."""


def read_live(aws: Aws, environment: Environment, region: str, function: str) -> Live:
    """GetAlias."""
    name = environment.names.function(function)
    found = aws.client("lambda", region).get_alias(FunctionName=name, Name=LIVE)
    weights = (found.get("RoutingConfig") or {}).get("AdditionalVersionWeights", {})
    return Live(found["FunctionVersion"], dict(weights), found["RevisionId"])


def versions(aws: Aws, environment: Environment, region: str, function: str) -> set[str]:
    """The published ones."""
    name = environment.names.function(function)
    pages = (
        aws.client("lambda", region).get_paginator("list_versions_by_function").paginate(FunctionName=name)
    )
    return {version["Version"] for page in pages for version in page["Versions"]} - {"$LATEST"}


def statements(
    aws: Aws, environment: Environment, region: str, function: str, qualifier: str | None = None
) -> list[dict[str, Any]]:
    """The resource policy of exactly the alias, or of the bare function.

    The embedded AWS answers for the bare function with all statements, AWS with its own only: those that
    name another resource are left out.
    """
    name = environment.names.function(function)
    client = aws.client("lambda", region)
    arn = environment.function_arn(function, region)
    try:
        if qualifier:
            policy = client.get_policy(FunctionName=name, Qualifier=qualifier)["Policy"]
        else:
            policy = client.get_policy(FunctionName=name)["Policy"]
    except client.exceptions.ResourceNotFoundException:
        return []
    wanted = f"{arn}:{qualifier}" if qualifier else arn
    return [statement for statement in json.loads(policy)["Statement"] if statement["Resource"] == wanted]


def flows(aws: Aws, environment: Environment) -> dict[str, str]:
    """The content of each flow of the instance, by name."""
    arn = environment.instances[0].arn
    client = aws.client("connect", arn.region, arn.account)
    pages = client.get_paginator("list_contact_flows").paginate(InstanceId=arn.instance_id)
    ids = [summary["Id"] for page in pages for summary in page["ContactFlowSummaryList"]]
    described = (
        client.describe_contact_flow(InstanceId=arn.instance_id, ContactFlowId=flow_id)["ContactFlow"]
        for flow_id in ids
    )
    return {flow["Name"]: flow["Content"] for flow in described}


def associated(aws: Aws, environment: Environment) -> list[str]:
    """ListLambdaFunctions, every page."""
    arn = environment.instances[0].arn
    client = aws.client("connect", arn.region, arn.account)
    pages = client.get_paginator("list_lambda_functions").paginate(InstanceId=arn.instance_id)
    return [function for page in pages for function in page["LambdaFunctions"]]


def remembered(aws: Aws, environment: Environment) -> list[str]:
    """The ARNs in the SSM parameters of the instance."""
    arn = environment.instances[0].arn
    client = aws.client("ssm", arn.region, arn.account)  # type: ignore[call-overload]
    path = environment.names.association_path(arn.instance_id)
    pages = client.get_paginator("get_parameters_by_path").paginate(Path=path, Recursive=True)
    return [parameter["Value"] for page in pages for parameter in page["Parameters"]]


def held(aws: Aws, environment: Environment) -> Held:
    """Read from the environment's first instance."""
    remembering = remembered(aws, environment)
    return Held(frozenset(associated(aws, environment)), flows(aws, environment), frozenset(remembering))


def function_names(aws: Aws, region: str) -> set[str]:
    """ListFunctions, every page."""
    pages = aws.client("lambda", region).get_paginator("list_functions").paginate()
    return {function["FunctionName"] for page in pages for function in page["Functions"]}


def records(aws: Aws, environment: Environment, region: str) -> set[str]:
    """Every item of every table that a function of the environment has, in one Region, as text."""
    scan = aws.client("dynamodb", region).get_paginator("scan")
    tables = {table for function in environment.functions.values() for table in function.tables}
    pages = [scan.paginate(TableName=environment.names.table(table)) for table in sorted(tables)]
    return {json.dumps(item, sort_keys=True) for table in pages for page in table for item in page["Items"]}


def stack_events(aws: Aws, stack: str, region: str, account: str = "") -> list[tuple[str, str]]:
    """Resource type and status of everything that ever happened to a stack, the newest first."""
    client = aws.client("cloudformation", region, account)
    pages = client.get_paginator("describe_stack_events").paginate(StackName=stack)
    return [
        (event["ResourceType"], event["ResourceStatus"]) for page in pages for event in page["StackEvents"]
    ]


def invoke_blocks(content: str) -> list[dict[str, Any]]:
    """The parameters of a flow's Invoke AWS Lambda function blocks."""
    actions = json.loads(content)["Actions"]
    return [action["Parameters"] for action in actions if action["Type"] == "InvokeLambdaFunction"]


def flow_log(aws: Aws, environment: Environment, contact_id: str) -> list[dict[str, Any]]:
    """The entries of one contact, in the order in which they were written."""
    instance = environment.instances[0]
    client = aws.client("logs", instance.arn.region, instance.arn.account)
    events = client.filter_log_events(
        logGroupName=flow_log_group(instance.alias), logStreamNames=[contact_id]
    )["events"]
    return [json.loads(event["message"]) for event in events]


def function_log(aws: Aws, region: str, name: str) -> list[str]:
    """Every line in the function's log group."""
    configuration = aws.client("lambda", region).get_function_configuration(FunctionName=name)
    group = configuration["LoggingConfig"]["LogGroup"]
    pages = aws.client("logs", region).get_paginator("filter_log_events").paginate(logGroupName=group)
    return [line for page in pages for event in page["events"] for line in event["message"].splitlines()]


def invocations(aws: Aws, region: str, name: str, version: str | None = None) -> float:
    """The sum of AWS/Lambda Invocations of the alias so far, or of one version behind it."""
    dimensions = [{"Name": "FunctionName", "Value": name}, {"Name": "Resource", "Value": f"{name}:{LIVE}"}]
    if version:
        dimensions.append({"Name": "ExecutedVersion", "Value": version})
    now = datetime.now(UTC)
    points = aws.client("cloudwatch", region).get_metric_statistics(
        Namespace="AWS/Lambda",
        MetricName="Invocations",
        Dimensions=dimensions,  # type: ignore[arg-type]
        StartTime=now - timedelta(hours=1),
        EndTime=now + timedelta(minutes=1),
        Period=60,
        Statistics=["Sum"],
    )["Datapoints"]
    return sum(point["Sum"] for point in points)


def said(result: CallResult, who: Who = Who.PROMPT) -> str:
    """The transcript's lines of one kind."""
    return "\n".join(entry.text for entry in result.transcript if entry.who is who)
