"""Blocks that end the flow."""

from patchbay.simulator.call import Call, Ended
from patchbay.simulator.flow import Action


def disconnect_participant(action: Action, call: Call) -> None:
    """Hangs up, from within a module too."""
    call.log(action, {})
    call.end(Ended.DISCONNECTED, "the flow hangs up")


def end_flow_execution(action: Action, call: Call) -> None:
    """Ends the flow; the contact stays (in a queue, with an agent)."""
    call.log(action, {})
    call.end(Ended.FLOW_ENDED, "the flow ends, the contact stays connected")
