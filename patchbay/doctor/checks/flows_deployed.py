"""Whether every flow of the environment takes calls."""

from collections.abc import Iterator

from patchbay.doctor import deployed, flow_blocks, proposed
from patchbay.doctor.model import Check, Finding, Place, Scene, failed, passed, skipped
from patchbay.live.model import LiveInstance, Read, Unread


def _look(scene: Scene) -> Iterator[Finding]:
    for live in scene.seen.instances:
        gone = flow_blocks.not_there(scene, live)
        reason = live.flows if gone is None else gone
        if isinstance(reason, Unread):
            yield skipped(Place(instance=live.instance.name), reason)
        elif isinstance(live.flows, Read):
            published = {flow.name for flow in live.flows.value}
            for flow in live.instance.flows:
                yield _flow(scene, live, flow, published)


def _flow(scene: Scene, live: LiveInstance, flow: str, published: set[str]) -> Finding:
    name, place = scene.environment.names.flow(flow), flow_blocks.place(live, flow)
    if name in published:
        return passed(place, f"{name} is published")
    if _new(scene, live, name):
        return skipped(place, Unread("it waits for the next deploy: see stacks-from-code"))
    return failed(
        place,
        f"{live.instance.name} has no published flow {name}: what leads to it goes nowhere",
        f"where it is a draft, publish it in the flow designer; where it is deleted, take {flow} out "
        f"of flows in environments/{scene.environment.name}.toml and deploy, then list it again and deploy: "
        f"{proposed.deploy(scene.environment, scene.environment.names.connect_stack(live.instance.name))}",
    )


def _new(scene: Scene, live: LiveInstance, name: str) -> bool:
    """Whether this code makes it and the deployed stack does not."""
    stack = deployed.connect_stack(scene, live.instance)
    if stack is None or not isinstance(scene.templates, Read):
        return False
    made = deployed.in_template(scene.templates.value.get(stack.name, {}), deployed.FLOW, Name=name)
    return made is not None and deployed.properties(stack, deployed.FLOW, Name=name) is None


CHECK = Check(
    "flows-deployed",
    "every flow of the environment is published",
    "A phone number or a flow that leads to it has nowhere to go.",
    "publish the draft, or deploy the flow again",
    "Amazon Connect API reference, ContactFlowNotPublishedException under DescribeContactFlow: "
    "https://docs.aws.amazon.com/connect/latest/APIReference/API_DescribeContactFlow.html",
    _look,
)
