"""Blocks that send the contact somewhere."""

from patchbay.simulator.actions.outside import given_for
from patchbay.simulator.actions.unsimulated import pass_by
from patchbay.simulator.branches import NO_MATCHING_ERROR, on_error, onward, success
from patchbay.simulator.call import Call, Ended
from patchbay.simulator.flow import Action
from patchbay.simulator.transcript import Who


def update_contact_target_queue(action: Action, call: Call) -> str | None:
    """Set working queue; a queue or an agent, given or read from a reference."""
    target = call.parameter(action, "QueueId") or call.parameter(action, "AgentId")
    call.log(action, {"Queue": target})
    if not target:
        return on_error(action, call, NO_MATCHING_ERROR, "the queue reads as nothing")
    call.contact.queue = {"ARN": target, "Name": _name(target), "OutboundCallerId": None}
    call.note(Who.FLOW, f"the working queue is {target}")
    return onward(action, call)


def transfer_contact_to_queue(action: Action, call: Call) -> str | None:
    """Transfer to queue; without a working queue it takes the Error branch."""
    call.log(action, {})
    if call.contact.queue is None:
        return on_error(action, call, NO_MATCHING_ERROR, "no working queue is set")
    call.end(Ended.QUEUED, f"the contact waits in the queue {call.contact.queue['ARN']}")
    return None


def transfer_to_flow(action: Action, call: Call) -> str | None:
    """Goes on in another flow where the simulator has it; flow attributes stay behind."""
    target = call.parameter(action, "ContactFlowId")
    call.log(action, {"ContactFlowId": target})
    if not target:
        return on_error(action, call, NO_MATCHING_ERROR, "the flow reads as nothing")
    if target not in call.flows:
        call.end(Ended.TRANSFERRED, f"the contact goes on in the flow {target}, which is not at hand")
        return None
    call.flow = call.flows[target]
    call.contact.flow_attributes.clear()
    call.contact.loops.clear()
    call.returns.clear()
    call.contact.modules = ()
    call.note(Who.FLOW, f"the contact goes on in the flow {call.flow.name}")
    return call.flow.start


def transfer_participant_to_third_party(action: Action, call: Call) -> str | None:
    """Transfer to phone number: where the flow does not go on, its last block; else only named.

    What came of the call to the other number is for the call to say.
    """
    number = call.parameter(action, "ThirdPartyPhoneNumber")
    keys = call.parameter(action, "ThirdPartyDTMFDigits")
    if call.contact.channel != "VOICE":
        return on_error(action, call, NO_MATCHING_ERROR, f"there is no phone on {call.contact.channel}")
    if not number:
        return on_error(action, call, NO_MATCHING_ERROR, "the phone number reads as nothing")
    call.note(Who.FLOW, f"the caller is put through to {number}" + (f", keys {keys}" if keys else ""))
    if call.parameter(action, "ContinueFlowExecution").lower() == "false":
        call.end(Ended.PUT_THROUGH, "the flow does not go on after that call")
        return None
    return success(action, call) if given_for(action, call) else pass_by(action, call, action.type)


def _name(queue: str) -> str:
    """The last part of the ARN: a flow does not say the queue's name."""
    return queue.rpartition("/")[2]
