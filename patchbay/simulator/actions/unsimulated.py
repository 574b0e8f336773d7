"""Blocks that the simulator only names."""

from patchbay.simulator.branches import onward
from patchbay.simulator.call import Call
from patchbay.simulator.flow import Action
from patchbay.simulator.transcript import Who


def unsimulated(action: Action, call: Call) -> str | None:
    """Says so and goes on along NextAction, or along whatever way on there is."""
    return pass_by(action, call, action.type)


def pass_by(action: Action, call: Call, what: str) -> str | None:
    """`what` is not simulated."""
    target = next(iter(action.targets), None)
    if action.next is not None or target is None:
        way = "going on along its NextAction" if action.next else "and nothing follows it"
        call.note(Who.FLOW, f"{what} is not simulated; {way} ({action.identifier!r})")
        return onward(action, call)
    call.note(
        Who.FLOW,
        f"{what} is not simulated; it has no NextAction, so its first branch is taken, to {target!r}",
    )
    return target
