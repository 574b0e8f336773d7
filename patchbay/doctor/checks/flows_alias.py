"""Whether deployed flows name the aliases that releases move."""

import re
from collections.abc import Iterator

from patchbay.doctor import flow_blocks
from patchbay.doctor.flow_blocks import DeployedFlow
from patchbay.doctor.model import Check, Finding, Scene, Status, passed, skipped
from patchbay.functions import Kind
from patchbay.lint.linted_flow import Invocation
from patchbay.naming import LIVE

Wrong = tuple[Status, str]

_FUNCTION = re.compile(
    r"arn:aws[a-z-]*:lambda:(?P<region>[^:]*):(?P<account>[^:]*):function:(?P<name>[^:]+)"
    r"(?::(?P<qualifier>.*))?"
)


def _look(scene: Scene) -> Iterator[Finding]:
    for flow in flow_blocks.flows(scene):
        if isinstance(flow, Finding):
            yield flow
        else:
            yield from _flow(scene, flow)


def _flow(scene: Scene, flow: DeployedFlow) -> Iterator[Finding]:
    found = [
        _finding(scene, flow, invocation, wrong)
        for invocation in flow.linted.invocations.values()
        if (wrong := _wrong(scene, flow, str(invocation.arn)))
    ]
    if found and flow_blocks.waits(scene, flow):
        yield skipped(flow.place, flow_blocks.WAITS)
    elif found:
        yield from found
    elif flow.ours:
        yield passed(
            flow.place, f"{len(flow.linted.invocations)} Lambda blocks, and none names a wrong function"
        )


def _finding(scene: Scene, flow: DeployedFlow, invocation: Invocation, wrong: Wrong) -> Finding:
    status, why = wrong
    what = (
        f"set the function of block {invocation.identifier!r} to {_right(scene, flow, str(invocation.arn))}"
    )
    sentence = f"block {invocation.identifier!r} names {invocation.arn}: {why}"
    return Finding(status, flow.place, sentence, flow_blocks.correction(scene, flow, what))


def _wrong(scene: Scene, flow: DeployedFlow, arn: str) -> Wrong | None:
    """None: right, or somebody else's function, or an ARN that only the call knows."""
    match, environment = _FUNCTION.fullmatch(arn), scene.environment
    named = _named(environment.app, match["name"]) if match else None
    if match is None or named is None:
        return None
    is_elsewhere = (named["environment"], match["account"]) != (environment.name, environment.account)
    if is_elsewhere and not flow.ours:  # another environment may share the instance
        return None
    if named["environment"] != environment.name:
        return Status.WARN, f"by its name that is environment {named['environment']}, not {environment.name}"
    if is_elsewhere:
        return Status.WARN, f"that is in another account than {environment.account}"
    return _unwired(scene, flow, named["function"], match["region"]) or _qualifier(
        scene, named["function"], match["qualifier"]
    )


def _unwired(scene: Scene, flow: DeployedFlow, function: str, region: str) -> Wrong | None:
    instance = flow.owner.instance
    flows_may = [each.name for each in scene.environment.functions_of(instance, Kind.FLOW)]
    regions = scene.environment.group(instance).regions
    if function not in flows_may:
        listed = ", ".join(flows_may) or "none"
        return Status.FAIL, f"instance {instance.name} is wired to no such function, but to {listed}"
    if region not in regions:
        return Status.FAIL, f"instance {instance.name} is wired to it in {', '.join(regions)} only"
    return None


def _qualifier(scene: Scene, function: str, qualifier: str | None) -> Wrong | None:
    no_right = f"the permission of flows is on the alias {LIVE} alone, so callers hear the Error branch"
    if not qualifier:
        return Status.FAIL, f"that is the function without an alias; {no_right}"
    if qualifier != LIVE:
        kind = "the version" if qualifier.isdecimal() else "the qualifier"
        return Status.FAIL, f"that is {kind} {qualifier}; {no_right}"
    if scene.environment.functions[function].removed:
        return Status.WARN, f"{function} is being removed: with the deploy after the next one it is gone"
    return None


def _named(app: str, name: str) -> re.Match[str] | None:
    """Function names have no dash, so that the environment's name can be told from them."""
    return re.fullmatch(rf"{re.escape(app)}-(?P<environment>[a-z0-9-]+)-(?P<function>[a-z0-9_]+)", name)


def _right(scene: Scene, flow: DeployedFlow, arn: str) -> str:
    """What the block should name, as far as that can be told."""
    match = _FUNCTION.fullmatch(arn)
    named = _named(scene.environment.app, match["name"]) if match else None
    instance, group = flow.owner.instance, scene.environment.group(flow.owner.instance)
    if match is None or named is None or named["function"] not in instance.functions:
        return f"one of {', '.join(instance.functions)} by its alias {LIVE}"
    region = match["region"] if match["region"] in group.regions else group.preferred
    return scene.environment.alias_arn(named["function"], region)


CHECK = Check(
    "flows-alias",
    f"deployed flows name this environment's aliases {LIVE}",
    "A bare function, a version or another environment's alias has no permission for this instance, or is "
    "not what releases move: callers hear the Error branch, or meet code that nobody can take back.",
    "write the ARN of the alias `live` into the block",
    "docs/flow-lint.md, rule function-alias",
    _look,
)
