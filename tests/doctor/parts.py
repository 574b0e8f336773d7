"""What a healthy scene is made of: functions with their permissions, instances with their flows, stacks."""

import json
from collections.abc import Iterable
from typing import Any

from live_alias.record import Record, Release
from patchbay import environments
from patchbay.arns import Arn
from patchbay.config import Environment, Instance
from patchbay.functions import Function, Kind
from patchbay.live import policies
from patchbay.live.model import (
    Alias,
    LiveFlow,
    LiveFunction,
    LiveInstance,
    LiveStack,
    Policy,
    Read,
    Seen,
    StackResource,
    Statement,
)
from patchbay.naming import LIVE, construct_id
from patchbay.simulator.policies import CONNECT, LEX


def live_function(environment: Environment, function: Function, region: str) -> LiveFunction:
    name = environment.names.function(function.name)
    record = Record("0wner000", "f" * 16, (Release("1"),))
    configuration = {
        "FunctionName": name,
        "State": "Active",
        "LastUpdateStatus": "Successful",
        "Timeout": function.time_limit_seconds,
        "MemorySize": function.memory_mb,
        "Version": "1",
    }
    statements = tuple(
        statement(sid(environment, region, logical), principal, resource, source.account, str(source))
        for logical, principal, resource, source in _permissions(environment, function, region)
    )
    return LiveFunction(
        function=function.name,
        region=region,
        name=name,
        configuration=Read(configuration),
        reserved=Read(None),
        versions=Read(("1",)),
        aliases=Read({LIVE: Alias("1", {}, record.description(), "alias-revision")}),
        policy=Read(policy(statements)),
        bare_policy=Read(None),
        throttles=Read(0.0),
    )


def sid(environment: Environment, region: str, logical: str) -> str:
    """The statement id that CloudFormation made."""
    return f"{environment.names.functions_stack(region)}-{logical}-ABC123"


def _permissions(
    environment: Environment, function: Function, region: str
) -> Iterable[tuple[str, str, str, Arn]]:
    """Logical id, principal, resource and source."""
    resource = environment.alias_arn(function.name, region)
    wired = {each.name: instances for each, instances in environment.wired(region)}
    for instance in wired.get(function.name, ()):
        start = f"{construct_id(function.name)}Live"
        name = construct_id(instance.name)
        if function.kind is Kind.FLOW:
            yield f"{start}InvokedBy{name}", CONNECT, resource, instance.arn
        if function.bot:
            yield f"{start}FulfilsFor{name}", LEX, resource, Arn.parse(instance.resources[function.bot])


def statement(sid: str, principal: str, resource: str, account: str | None, arn: str | None) -> Statement:
    conditions = {
        "StringEquals": {"AWS:SourceAccount": account} if account else {},
        "ArnLike": {"AWS:SourceArn": arn} if arn else {},
    }
    raw = {
        "Sid": sid,
        "Effect": "Allow",
        "Principal": {"Service": principal} if principal.endswith(".com") else principal,
        "Action": "lambda:InvokeFunction",
        "Resource": resource,
        "Condition": {operator: keys for operator, keys in conditions.items() if keys},
    }
    return policies.statement({key: value for key, value in raw.items() if value})


def policy(statements: tuple[Statement, ...]) -> Policy | None:
    if not statements:
        return None
    text = json.dumps({"Version": "2012-10-17", "Statement": [dict(each.raw) for each in statements]})
    return Policy(statements, len(text.encode()), "policy-revision")


def live_instance(environment: Environment, instance: Instance) -> LiveInstance:
    rendered = environments.rendered_flows(environment, instance)
    flows = tuple(
        LiveFlow(
            f"flow-{name}", f"{instance.arn}/contact-flow/flow-{name}", environment.names.flow(name), text
        )
        for name, text in rendered.items()
    )
    return LiveInstance(
        instance=instance,
        alias=Read(instance.alias),
        associations=Read(tuple(environment.associated_arns(instance))),
        flows=Read(flows),
        flows_left_out=0,
        logs_flows=Read(value=True),
        log_group=Read(value=True),
    )


def live_stacks(environment: Environment) -> tuple[LiveStack, ...]:
    names, account = environment.names, environment.account
    functions = [
        _stack(names.functions_stack(region), region, account, _functions_resources(environment, region))
        for region in environment.regions
    ]
    connect = [
        _stack(names.connect_stack(each.name), each.arn.region, each.arn.account, _held(environment, each))
        for each in environment.instances
    ]
    return (*functions, *connect)


def _stack(name: str, region: str, account: str, made: dict[str, dict[str, Any]]) -> LiveStack:
    resources = {
        logical: StackResource(resource["Type"], f"{name}-{logical}-ABC123")
        for logical, resource in made.items()
    }
    return LiveStack(
        name, region, account, Read("CREATE_COMPLETE"), Read({"Resources": made}), Read(resources)
    )


def _functions_resources(environment: Environment, region: str) -> dict[str, dict[str, Any]]:
    wired = [function for function, _ in environment.wired(region)]
    functions = {
        construct_id(function.name): {
            "Type": "AWS::Lambda::Function",
            "Properties": {"FunctionName": environment.names.function(function.name)},
        }
        for function in wired
    }
    made = {
        logical: {
            "Type": "AWS::Lambda::Permission",
            "Properties": {
                "Action": "lambda:InvokeFunction",
                "FunctionName": resource,
                "Principal": principal,
                "SourceAccount": source.account,
                "SourceArn": str(source),
            },
        }
        for function in wired
        for logical, principal, resource, source in _permissions(environment, function, region)
    }
    return {**functions, **made}


def _held(environment: Environment, instance: Instance) -> dict[str, dict[str, Any]]:
    rendered = environments.rendered_flows(environment, instance)
    arn = str(instance.arn)
    flows = {
        construct_id(name): {
            "Type": "AWS::Connect::ContactFlow",
            "Properties": {"InstanceArn": arn, "Name": environment.names.flow(name), "Content": content},
        }
        for name, content in rendered.items()
    }
    associated = {"InstanceArn": arn, "FunctionArns": environment.associated_arns(instance)}
    return {"Association": {"Type": "Custom::LambdaAssociations", "Properties": associated}, **flows}


def templates(seen: Seen) -> dict[str, Any]:
    """What this code synthesizes is what is deployed."""
    return {stack.name: stack.template.value for stack in seen.stacks if isinstance(stack.template, Read)}
