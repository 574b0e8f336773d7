"""Associations that the environment made, or somebody made for its functions, and does not have any more."""

import re
from collections.abc import Iterator

from patchbay.doctor import deployed, proposed
from patchbay.doctor.flow_blocks import not_listed_at
from patchbay.doctor.model import Check, Finding, Place, Scene, passed, skipped, warned
from patchbay.live.model import LiveInstance, Read
from patchbay.naming import LIVE


def _look(scene: Scene) -> Iterator[Finding]:
    for live in scene.seen.instances:
        place = Place(instance=live.instance.name)
        unread = not_listed_at(scene, live)
        if unread is not None:
            yield skipped(place, unread)
        elif isinstance(live.associations, Read):
            yield from _instance(scene, live, live.associations.value)


def _instance(scene: Scene, live: LiveInstance, listed: tuple[str, ...]) -> Iterator[Finding]:
    # What the stack still has goes with the next deploy: the check stacks-from-code reports it.
    made = deployed.associated(scene, live.instance) or ()
    wanted = {*scene.environment.associated_arns(live.instance), *made}
    ours = _ours(scene)
    left = [(arn, match) for arn in listed if arn not in wanted and (match := ours.fullmatch(arn))]
    for arn, match in left:
        place = Place(function=match["name"], region=match["region"], instance=live.instance.name)
        command = proposed.connect("disassociate-lambda-function", live.instance, f"--function-arn {arn}")
        yield warned(place, f"{arn} is in the flow designer's list, but {_why(scene, live, match)}", command)
    if not left:
        yield passed(Place(instance=live.instance.name), f"{len(listed)} associations, none left over")


def _ours(scene: Scene) -> re.Pattern[str]:
    """Function names have no dash, so that another environment's names do not fit."""
    start = re.escape(scene.environment.names.function(""))
    return re.compile(
        rf"arn:[a-z-]+:lambda:(?P<region>[^:]+):{scene.environment.account}:function:{start}(?P<name>\w+)"
        r"(:(?P<qualifier>.+))?"
    )


def _why(scene: Scene, live: LiveInstance, match: re.Match[str]) -> str:
    name, region, qualifier = match["name"], match["region"], match["qualifier"]
    if name not in live.instance.functions:
        return f"the environment does not wire {name} to {live.instance.name}"
    if region not in scene.environment.group(live.instance).regions:
        return f"the environment has no {name} in {region}"
    if qualifier == LIVE:
        return f"{name} is being removed" if scene.environment.functions[name].removed else "is no flow's"
    return f"{_named(qualifier)}: flows are permitted to invoke the alias {LIVE} alone"


def _named(qualifier: str | None) -> str:
    if qualifier is None:
        return "it is the function without an alias"
    return f"it is the version {qualifier}" if qualifier.isdecimal() else f"it is the alias {qualifier}"


CHECK = Check(
    "association-leftovers",
    "the flow designer's list holds no leftovers",
    "Whoever builds a flow can choose a function that is gone or not permitted, and every call that meets "
    "the block takes its Error branch. It also takes a place of the instance's quota.",
    "disassociate it",
    "Amazon Connect API reference, DisassociateLambdaFunction: "
    "https://docs.aws.amazon.com/connect/latest/APIReference/API_DisassociateLambdaFunction.html",
    _look,
)
