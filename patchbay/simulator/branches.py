"""The ways on from a block: its next action, a condition, an error."""

from patchbay.simulator.call import Call, Ended
from patchbay.simulator.flow import Action
from patchbay.simulator.transcript import Who

NO_MATCHING_ERROR = "NoMatchingError"
NO_MATCHING_CONDITION = "NoMatchingCondition"


def onward(action: Action, call: Call) -> str | None:
    """Along NextAction, without a line: there was no choice.

    A module that ends here has not returned, so the block that invoked it takes its Error branch.
    """
    if action.next is None and call.returns:
        module = call.flow.name
        reason = f"the module {module} ended at {action.identifier!r} without returning"
        return on_error(leave_module(call), call, NO_MATCHING_ERROR, reason)
    if action.next is None:
        call.end(Ended.NO_NEXT, f"{action.identifier!r} leads nowhere: the flow ends here")
    return action.next


def success(action: Action, call: Call) -> str | None:
    """Along NextAction, where an error was possible."""
    if action.next is not None:
        call.note(Who.BRANCH, f"{action.identifier!r}: Success branch, to {action.next!r}")
    return onward(action, call)


def on_result(action: Action, call: Call, result: str) -> str | None:
    """Along the condition whose operand equals the block's result."""
    for condition in action.conditions:
        if result in condition.operands:
            call.note(Who.BRANCH, f"{action.identifier!r}: {result}, to {condition.next!r}")
            return condition.next
    return on_error(action, call, NO_MATCHING_CONDITION, f"no condition for {result!r}")


def on_error(action: Action, call: Call, error_type: str, reason: str) -> str | None:
    """Along the branch for this error, else for NoMatchingError; with neither, along NextAction."""
    for kind in (error_type, NO_MATCHING_ERROR):
        if kind in action.errors:
            name = "Error branch" if kind == NO_MATCHING_ERROR else "branch"
            if kind == NO_MATCHING_ERROR:
                call.flow_log.error_branch(call.flow.name)
            call.note(
                Who.BRANCH, f"{action.identifier!r}: {name} ({kind}), to {action.errors[kind]!r}: {reason}"
            )
            return action.errors[kind]
    call.note(Who.BRANCH, f"{action.identifier!r}: no branch for {error_type}: {reason}")
    return onward(action, call)


def leave_module(call: Call) -> Action:
    """Takes the call back into the flow that invoked the module; returns the block that did."""
    back = call.returns.pop()
    call.flow = back.flow
    call.contact.leave_module(back.local)
    call.contact.modules = call.contact.modules[1:] if call.returns else ()
    return back.block
