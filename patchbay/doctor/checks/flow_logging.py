"""Whether calls leave a trace that can be explained."""

import json
from collections.abc import Iterator, Sequence

from patchbay.doctor import deployed, flow_blocks, proposed
from patchbay.doctor.flow_blocks import DeployedFlow
from patchbay.doctor.model import Check, Finding, Place, Scene, passed, skipped, warned
from patchbay.live.model import LiveInstance, Read, Unread
from patchbay.naming import flow_log_group

_BLOCK = "UpdateFlowLoggingBehavior"


def _look(scene: Scene) -> Iterator[Finding]:
    for live in scene.seen.instances:
        gone = flow_blocks.no_instance(live)
        if gone is not None:
            yield skipped(Place(instance=live.instance.name), gone)
        else:
            yield _attribute(live)
            yield _group(scene, live)
    flows = [flow for flow in flow_blocks.flows(scene) if isinstance(flow, DeployedFlow) and flow.ours]
    for flow in flows:
        if flow.linted.invocations and _is_inbound(flow):
            yield _flow(scene, flow, flows)


def _attribute(live: LiveInstance) -> Finding:
    place = Place(instance=live.instance.name)
    if isinstance(live.logs_flows, Unread):
        return skipped(place, live.logs_flows)
    if live.logs_flows.value:
        return passed(place, "CONTACTFLOW_LOGS is on")
    arguments = "--attribute-type CONTACTFLOW_LOGS --value true"
    fix = proposed.connect("update-instance-attribute", live.instance, arguments)
    return warned(place, "CONTACTFLOW_LOGS is off: no flow of the instance is logged", fix)


def _group(scene: Scene, live: LiveInstance) -> Finding:
    place, group = Place(instance=live.instance.name), flow_log_group(live.instance.alias)
    if isinstance(live.log_group, Unread):
        return skipped(place, live.log_group)
    if live.log_group.value:
        return passed(place, f"{group} is there")
    if absent := deployed.absent(deployed.connect_stack(scene, live.instance)):
        return skipped(place, absent)  # it makes the group where Connect has not
    if isinstance(live.alias, Read) and live.alias.value not in ("", live.instance.alias):
        return skipped(place, Unread(f"the instance is not {live.instance.alias}: see the check instance"))
    if live.logs_flows == Read(value=False):
        return skipped(place, Unread(f"{group} comes with flow logging, which is off"))
    create = f"aws logs create-log-group --region {live.instance.arn.region} --log-group-name {group}"
    return warned(place, f"there is no log group {group}: alarms and explain have nothing to read", create)


def _flow(scene: Scene, flow: DeployedFlow, flows: Sequence[DeployedFlow]) -> Finding:
    reached = flow.linted.graph.blocks
    switches = [each for each in flow.linted.of_type(_BLOCK) if each.identifier in reached]
    if any(each.parameters.get("FlowLoggingBehavior") == "Enabled" for each in switches):
        return passed(flow.place, "switches flow logging on")
    if any(_leads_to(other, flow) for other in flows):
        return passed(flow.place, "takes flow logging over from the flow that leads to it")
    if flow_blocks.waits(scene, flow):
        return skipped(flow.place, flow_blocks.WAITS)
    what = "put a block Set logging behavior (Enable) first"
    sentence = f"{flow.live.name} has no block that switches flow logging on: its calls leave no trace"
    return warned(flow.place, sentence, flow_blocks.correction(scene, flow, what))


def _is_inbound(flow: DeployedFlow) -> bool:
    """A contact comes to flows of other types only from one of these. Connect need not keep Metadata.type."""
    return flow.linted.kind in (None, "contactFlow") and flow.live.type in (None, "CONTACT_FLOW")


def _leads_to(other: DeployedFlow, flow: DeployedFlow) -> bool:
    """Developer guide, UpdateFlowLoggingBehavior: holds for the rest of the contact, in later flows too."""
    moves = json.dumps([each.parameters for each in other.linted.of_type("TransferToFlow")], default=str)
    return other.live.id != flow.live.id and flow.live.id in moves


CHECK = Check(
    "flow-logging",
    "flow logs are written",
    "Without them nobody can say afterwards why a caller heard the error prompt: patchbay explain, the saved "
    "queries and the alarms on failed blocks read nothing else.",
    "switch CONTACTFLOW_LOGS on, keep the log group, and begin each flow with Set logging behavior",
    'Amazon Connect administrator guide, "Enable flow logs": '
    "https://docs.aws.amazon.com/connect/latest/adminguide/contact-flow-logs.html",
    _look,
)
