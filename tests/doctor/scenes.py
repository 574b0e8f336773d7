"""A healthy scene made by hand, environment local of `few_samples`, and ways to break one thing of it."""

from collections.abc import Iterable
from dataclasses import replace
from typing import Any

from patchbay.arns import Arn
from patchbay.config import Environment
from patchbay.doctor.model import Check, Finding, Scene, Status, Tools
from patchbay.functions import Kind
from patchbay.live.model import LiveRegion, Read, Seen, Statement, Unread
from patchbay.naming import LIVE
from patchbay.simulator.policies import CONNECT
from tests import few_samples
from tests.doctor import parts

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
            parts.live_function(environment, function, region)
            for region in environment.regions
            for function, _ in environment.wired(region)
        ),
        regions=tuple(
            LiveRegion(region, Read(environment.account), Read(1000), Read(3.0), Read(()))
            for region in environment.regions
        ),
        instances=tuple(parts.live_instance(environment, instance) for instance in environment.instances),
        stacks=parts.live_stacks(environment),
        sources={},
    )
    return Scene(
        environment, seen, Tools("2.1000.0", "2.1000.0", "22.1.0", "20"), Read(parts.templates(seen))
    )


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
    made = Read(parts.policy(tuple(statements)))
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
    return parts.statement(sid, principal, resource, given["account"], given["arn"])


def bad(check: Check, scene: Scene) -> list[Finding]:
    """What the check does not pass."""
    return [finding for finding in check.look(scene) if finding.status is not Status.PASS]


def only(check: Check, scene: Scene) -> Finding:
    """The one finding that it does not pass."""
    (finding,) = bad(check, scene)
    return finding


def _with(scene: Scene, **changes: Any) -> Scene:
    return replace(scene, seen=replace(scene.seen, **changes))
