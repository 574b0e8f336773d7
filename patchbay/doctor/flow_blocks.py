"""The deployed flows as the flow lint reads them, each with its instance."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from patchbay.doctor import proposed
from patchbay.doctor.deployed import FLOW, absent, connect_stack, in_template, properties
from patchbay.doctor.model import Finding, Place, Scene, skipped
from patchbay.errors import UserError
from patchbay.lint import linted_flow
from patchbay.lint.known_functions import OfInstance
from patchbay.lint.linted_flow import LintedFlow
from patchbay.live.model import LiveFlow, LiveInstance, Read, Unread


@dataclass(frozen=True)
class DeployedFlow:
    """A published flow."""

    owner: LiveInstance
    live: LiveFlow
    name: str
    """As the environment calls it; that in Connect where the flow is not the environment's."""
    ours: bool
    """Whether the environment's stack makes it."""
    linted: LintedFlow

    @property
    def place(self) -> Place:
        """For findings."""
        return place(self.owner, self.name)


def place(owner: LiveInstance, flow: str) -> Place:
    """Of a flow, deployed or not."""
    return Place(instance=owner.instance.name, flow=flow)


def flows(scene: Scene) -> Iterator[DeployedFlow | Finding]:
    """Every published flow that was read; what could not be read as SKIPPED."""
    for owner in scene.seen.instances:
        unread = not_there(scene, owner)
        if isinstance(owner.flows, Unread):
            unread = unread or owner.flows
        if unread is not None:
            yield skipped(Place(instance=owner.instance.name), unread)
        elif isinstance(owner.flows, Read):
            yield from (_read(scene, owner, live) for live in owner.flows.value)


def not_listed_at(scene: Scene, owner: LiveInstance) -> Unread | None:
    """Why nothing can be said of an instance's associations; None: it can."""
    unread = owner.associations if isinstance(owner.associations, Unread) else None
    return not_there(scene, owner) or unread


def not_there(scene: Scene, owner: LiveInstance) -> Unread | None:
    """Instance or Connect stack is not there, which the checks `instance` and `stacks` report."""
    return no_instance(owner) or absent(connect_stack(scene, owner.instance))


def no_instance(owner: LiveInstance) -> Unread | None:
    """Why nothing can be said of an instance that is not there: the check `instance` reports it."""
    if isinstance(owner.alias, Read) and owner.alias.value is None:
        return Unread("there is no such instance")
    return None


def _read(scene: Scene, owner: LiveInstance, live: LiveFlow) -> DeployedFlow | Finding:
    names = {scene.environment.names.flow(flow): flow for flow in owner.instance.flows}
    name = names.get(live.name, live.name)
    functions = OfInstance(scene.environment, owner.instance)
    try:
        linted = linted_flow.read(live.content, live.name, functions)
    except UserError as error:
        return skipped(place(owner, name), Unread(str(error)))
    return DeployedFlow(owner, live, name, live.name in names, linted)


WAITS = Unread("the next deploy changes this flow: see stacks-from-code")


def waits(scene: Scene, flow: DeployedFlow) -> bool:
    """Whether the flow is as it was deployed, and this code makes another: stacks-from-code reports it."""
    if not isinstance(scene.templates, Read):
        return False
    stack = scene.environment.names.connect_stack(flow.owner.instance.name)
    made = in_template(scene.templates.value.get(stack, {}), FLOW, Name=flow.live.name)
    return _untouched(scene, flow) and not _same(flow.live.content, (made or {}).get("Content"))


def correction(scene: Scene, flow: DeployedFlow, what: str) -> str:
    """How to change a deployed flow. CloudFormation does not see what was changed by hand."""
    instance = flow.owner.instance.name
    if _untouched(scene, flow):
        return proposed.deploy(scene.environment, scene.environment.names.connect_stack(instance))
    by_hand = f"in the flow designer of instance {instance} open {flow.live.name}, {what}, and publish it"
    return f"{by_hand}; a deploy does not undo what was changed there" if flow.ours else by_hand


def _untouched(scene: Scene, flow: DeployedFlow) -> bool:
    stack = connect_stack(scene, flow.owner.instance)
    deployed = properties(stack, FLOW, Name=flow.live.name)
    return flow.ours and deployed is not None and _same(flow.live.content, deployed.get("Content"))


def _same(content: str, other: object) -> bool:
    """Whether two contents do the same: Connect may add Metadata, which holds where blocks are drawn, and
    need not keep the order of the blocks. What is not JSON is nobody's."""
    try:
        return isinstance(other, str) and _plain(content) == _plain(other)
    except (ValueError, TypeError, KeyError):
        return False


def _plain(content: str) -> tuple[Any, dict[str, Any]]:
    read = json.loads(content)
    return read["StartAction"], {action["Identifier"]: action for action in read["Actions"]}
