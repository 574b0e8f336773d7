"""An environment of many functions, and what AWS would answer about it."""

import json
from collections.abc import Mapping
from typing import Any

from benchmarks.read_world.canned_aws import Answer
from patchbay import environments
from patchbay.config import Environment
from patchbay.naming import flow_log_group

FLOWS, OTHER_FLOWS = 20, 12
"""The environment's own; and those that a new instance comes with."""
_ACCOUNT = "111122223333"
_ARN = f"arn:aws:connect:us-east-1:{_ACCOUNT}:instance/11111111-2222-3333-4444-555555555555"


def environment(functions: int) -> Environment:
    """Environment local's first function again and again, for a real account."""
    local = environments.load("local")
    example = next(iter(local.functions.values()))
    names = [f"function_{number:03}" for number in range(functions)]
    instance = local.instances[0].model_copy(
        update={
            "arn": type(local.instances[0].arn).parse(_ARN),
            "functions": tuple(names),
            "flows": tuple(f"flow_{number:03}" for number in range(FLOWS)),
        }
    )
    wired = {name: example.model_copy(update={"name": name}) for name in names}
    return local.model_copy(update={"account": _ACCOUNT, "functions": wired, "instances": (instance,)})


def answers(of: Environment) -> dict[str, Answer]:
    """A healthy deployment, by operation."""
    return {**_lambda(), **_connect(of), **_others(of)}


def _lambda() -> dict[str, Answer]:
    alias = {"Name": "live", "FunctionVersion": "2", "RevisionId": "r", "Description": ""}
    return {
        "GetFunction": lambda region, asked: {"Configuration": _configuration(region, asked)},
        "GetFunctionConfiguration": _configuration,
        "ListVersionsByFunction": lambda *_: {"Versions": [{"Version": "1"}, {"Version": "2"}]},
        "ListAliases": lambda *_: {"Aliases": [alias]},
        "GetAlias": lambda *_: alias,
        "GetPolicy": _policy,
        "GetFunctionConcurrency": lambda *_: {"ReservedConcurrentExecutions": 5},
        "GetAccountSettings": lambda *_: {"AccountLimit": {"ConcurrentExecutions": 1000}},
    }


def _configuration(_: str, asked: Mapping[str, Any]) -> dict[str, Any]:
    return {"FunctionName": asked["FunctionName"].rpartition(":")[2], "Timeout": 8}


def _policy(region: str, asked: Mapping[str, Any]) -> dict[str, Any]:
    statement = {
        "Sid": "by-connect",
        "Effect": "Allow",
        "Principal": {"Service": "connect.amazonaws.com"},
        "Action": "lambda:InvokeFunction",
        "Resource": f"arn:aws:lambda:{region}:{_ACCOUNT}:function:{asked['FunctionName']}:live",
        "Condition": {
            "StringEquals": {"AWS:SourceAccount": _ACCOUNT},
            "ArnLike": {"AWS:SourceArn": _ARN},
        },
    }
    return {"Policy": json.dumps({"Statement": [statement]}), "RevisionId": "r"}


def _connect(of: Environment) -> dict[str, Answer]:
    instance = of.instances[0]
    names = [*(of.names.flow(flow) for flow in instance.flows), *(f"Default {n}" for n in range(OTHER_FLOWS))]
    summaries = [{"Id": name, "Name": name, "ContactFlowStatus": "PUBLISHED"} for name in names]

    def flow(_: str, asked: Mapping[str, Any]) -> dict[str, Any]:
        name = asked["ContactFlowId"]
        return {
            "ContactFlow": {"Id": name, "Arn": f"{_ARN}/contact-flow/{name}", "Name": name, "Content": "{}"}
        }

    return {
        "DescribeInstance": lambda *_: {"Instance": {"InstanceAlias": instance.alias}},
        "DescribeInstanceAttribute": lambda *_: {"Attribute": {"Value": "true"}},
        "ListLambdaFunctions": lambda *_: {"LambdaFunctions": of.associated_arns(instance)},
        "ListContactFlows": lambda *_: {"ContactFlowSummaryList": summaries},
        "DescribeContactFlow": flow,
    }


def _others(of: Environment) -> dict[str, Answer]:
    group = flow_log_group(of.instances[0].alias)
    return {
        "GetCallerIdentity": lambda *_: {"Account": _ACCOUNT},
        "GetMetricData": lambda *_: {"MetricDataResults": []},
        "GetMetricStatistics": lambda *_: {"Datapoints": [{"Sum": 4.0}]},
        "ListExecutions": lambda *_: {"executions": []},
        "DescribeLogGroups": lambda *_: {"logGroups": [{"logGroupName": group}]},
        "DescribeStacks": lambda *_: {"Stacks": [{"StackStatus": "UPDATE_COMPLETE"}]},
        "GetTemplate": lambda *_: {"TemplateBody": "{}"},
        "ListStackResources": lambda *_: {"StackResourceSummaries": []},
    }
