"""A healthy scene made by hand, environment local of `few_samples`, and ways to break one thing of it."""

import json
from collections.abc import Iterable
from dataclasses import replace
from typing import Any

from live_alias.record import Record, Release
from patchbay import environments
from patchbay.arns import Arn
from patchbay.config import Environment, Instance
from patchbay.doctor.model import Check, Finding, Scene, Status, Tools
from patchbay.functions import Function, Kind
from patchbay.live import policies
from patchbay.live.model import (
    Alias,
    LiveFlow,
    LiveFunction,
    LiveInstance,
    LiveRegion,
    LiveStack,
    Policy,
    Read,
    Seen,
    StackResource,
    Statement,
    Unread,
)
from patchbay.naming import LIVE, construct_id
from patchbay.simulator.policies import CONNECT, LEX
from tests import few_samples

Place = tuple[str, str]
"""Function (the folder's name) and Region."""

TUTORIAL = ("tutorial", "us-west-2")
AMERICAS = "americas"
OTHER = Arn.parse("arn:aws:connect:us-east-1:000000000000:instance/99999999-2222-3333-4444-555555555555")
"""An instance that the environment does not have."""
DENIED = Unread("the right lambda:GetPolicy is missing", "lambda:GetPolicy")


def healthy(environment: Environment | None = None) -> Scene:
    """Three functions in two Regions, one instance with two flows: everything as a first deploy leaves it."""
    environment = environment or few_samples.load("local")
    seen = Seen(
        functions=tuple(
            _function(environment, function, region)
            for region in environment.regions
            for function, _ in environment.wired(region)
        ),
        regions=tuple(
            LiveRegion(region, Read(environment.account), Read(1000), Read(3.0), Read(()))
            for region in environment.regions
        ),
        instances=tuple(_instance(environment, instance) for instance in environment.instances),
        stacks=_stacks(environment),
        sources={},
    )
    return Scene(environment, seen, Tools("2.1000.0", "2.1000.0", "22.1.0", "20"), Read(_templates(seen)))


def with_bot(function: str = "tutorial", kind: Kind = Kind.FLOW) -> Environment:
    """The environment in which that function fulfils a bot's intents, too, or (Kind.LEX) nothing else: then
    there are no flows."""
    environment = few_samples.load("local")
    changed = environment.functions[function].model_copy(update={"bot": "bot_pay_bill", "kind": kind})
    (instance,) = environment.instances
    if kind is not Kind.FLOW:
        instance = instance.model_copy(update={"flows": ()})
    functions = {**environment.functions, function: changed}
    return environment.model_copy(update={"functions": functions, "instances": (instance,)})


def in_environment(scene: Scene, environment: Environment) -> Scene:
    """What is deployed stays; only the environment file says otherwise."""
    return replace(scene, environment=environment)


def with_function(scene: Scene, place: Place, **changes: Any) -> Scene:
    """Some fields of one LiveFunction another way."""
    function, region = place
    functions = [
        replace(each, **changes) if (each.function, each.region) == (function, region) else each
        for each in scene.seen.functions
    ]
    return _with(scene, functions=tuple(functions))


def with_alias(scene: Scene, place: Place, name: str = LIVE, **changes: Any) -> Scene:
    """Some fields of one alias another way; the alias is made where it is not there, as a copy of `live`."""
    aliases = scene.seen.function(*place).aliases
    assert isinstance(aliases, Read)
    basis = aliases.value.get(name, aliases.value[LIVE])
    return with_function(scene, place, aliases=Read({**aliases.value, name: replace(basis, **changes)}))


def with_statements(
    scene: Scene, place: Place, statements: Iterable[Statement], *, bare: bool = False
) -> Scene:
    """The policy of the alias, or of the bare function, holds these; none: there is no policy."""
    made = Read(_policy(tuple(statements)))
    return with_function(scene, place, **{"bare_policy" if bare else "policy": made})


def statements_of(scene: Scene, place: Place) -> tuple[Statement, ...]:
    """Those on the alias."""
    policy = scene.seen.function(*place).policy
    assert isinstance(policy, Read)
    return policy.value.statements if policy.value else ()


def with_region(scene: Scene, region: str, **changes: Any) -> Scene:
    """Some fields of one LiveRegion another way."""
    found = [replace(each, **changes) if each.region == region else each for each in scene.seen.regions]
    return _with(scene, regions=tuple(found))


def with_instance(scene: Scene, name: str = AMERICAS, **changes: Any) -> Scene:
    """Some fields of one LiveInstance another way."""
    instances = [
        replace(each, **changes) if each.instance.name == name else each for each in scene.seen.instances
    ]
    return _with(scene, instances=tuple(instances))


def with_flow(scene: Scene, name: str, content: str, instance: str = AMERICAS) -> Scene:
    """That flow of the environment (its file's name) with another content."""
    (found,) = [each for each in scene.seen.instances if each.instance.name == instance]
    assert isinstance(found.flows, Read)
    full = scene.environment.names.flow(name)
    flows = tuple(replace(each, content=content) if each.name == full else each for each in found.flows.value)
    return with_instance(scene, instance, flows=Read(flows))


def with_stack(scene: Scene, name: str, **changes: Any) -> Scene:
    """Some fields of one LiveStack another way."""
    found = [replace(each, **changes) if each.name == name else each for each in scene.seen.stacks]
    return _with(scene, stacks=tuple(found))


def with_source(scene: Scene, source: Arn, there: Read[bool] | Unread) -> Scene:
    """Whether an instance that statements name and the environment does not have is there."""
    return _with(scene, sources={**scene.seen.sources, str(source): there})


def allowing(
    scene: Scene,
    place: Place,
    source: Arn | None = None,
    *,
    sid: str = "by-hand",
    principal: str = CONNECT,
    qualifier: str = LIVE,
    **conditions: str | None,
) -> Statement:
    """A right statement for the first instance or `source`; `account` and `arn` say another or, None, no
    condition, and an empty qualifier puts it on the function itself."""
    source = source or scene.environment.instances[0].arn
    resource = scene.environment.function_arn(*place) + (f":{qualifier}" if qualifier else "")
    given = {"account": source.account, "arn": str(source), **conditions}
    return _statement(sid, principal, resource, given["account"], given["arn"])


def bad(check: Check, scene: Scene) -> list[Finding]:
    """What the check does not pass."""
    return [finding for finding in check.look(scene) if finding.status is not Status.PASS]


def only(check: Check, scene: Scene) -> Finding:
    """The one finding that it does not pass."""
    (finding,) = bad(check, scene)
    return finding


def _with(scene: Scene, **changes: Any) -> Scene:
    return replace(scene, seen=replace(scene.seen, **changes))


def _function(environment: Environment, function: Function, region: str) -> LiveFunction:
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
        _statement(sid(environment, region, logical), principal, resource, source.account, str(source))
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
        policy=Read(_policy(statements)),
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


def _statement(sid: str, principal: str, resource: str, account: str | None, arn: str | None) -> Statement:
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


def _policy(statements: tuple[Statement, ...]) -> Policy | None:
    if not statements:
        return None
    text = json.dumps({"Version": "2012-10-17", "Statement": [dict(each.raw) for each in statements]})
    return Policy(statements, len(text.encode()), "policy-revision")


def _instance(environment: Environment, instance: Instance) -> LiveInstance:
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


def _stacks(environment: Environment) -> tuple[LiveStack, ...]:
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


def _templates(seen: Seen) -> dict[str, Any]:
    """What this code synthesizes is what is deployed."""
    return {stack.name: stack.template.value for stack in seen.stacks if isinstance(stack.template, Read)}
