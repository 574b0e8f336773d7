"""What blocks find outside the call: queues, profiles, cases, views, other people's telephones.

Nothing here can know it, so the call says beforehand what came of such a block: `Call.given`.
"""

from collections.abc import Mapping

from patchbay.errors import UserError
from patchbay.simulator.actions.choice import first_that_holds
from patchbay.simulator.branches import NO_MATCHING_CONDITION, NO_MATCHING_ERROR, on_error, success
from patchbay.simulator.call import Call
from patchbay.simulator.flow import Action
from patchbay.simulator.given import SUCCESS, Given
from patchbay.simulator.transcript import Who

ERRORS = frozenset(
    {
        NO_MATCHING_CONDITION,
        NO_MATCHING_ERROR,
        "CallbackNumberNotDialable",
        "CallFailed",
        "ConnectionTimeLimitExceeded",
        "ContactNotLinked",
        "InputTimeLimitExceeded",
        "InvalidCallbackNumber",
        "InvalidPhoneNumber",
        "MultipleFound",
        "MultipleFoundError",
        "NoneFound",
        "NoneFoundError",
        "ParticipantNotFound",
        "QueueAtCapacity",
        "TimeLimitExceeded",
    }
)
"""Error types of the developer guide's actions and of public flows."""


def given_for(action: Action, call: Call) -> Given | None:
    """What came of this block: by its Identifier, else by its type."""
    return call.given.get(action.identifier) or call.given.get(action.type)


def remember(given: Given, action: Action, call: Call) -> None:
    """Lets references read the data. Raises UserError where a key is the contact's own."""
    for root, value in given.data.items():
        if root in call.contact.own_roots:
            raise UserError(
                f"the data given for {action.identifier!r} sets {root!r}, which the contact has itself: "
                "give roots such as Case, Customer, Metrics or Views"
            )
        known = call.contact.other.get(root)
        merged = {**known, **value} if isinstance(known, dict) and isinstance(value, Mapping) else value
        call.contact.other[root] = merged


def came_of(given: Given, action: Action, call: Call) -> str | None:
    """Takes the branch that the result names. Raises UserError where the block has no such way on."""
    call.log(action, {})
    call.note(Who.FLOW, f"{action.type} is not simulated; given for this call: {given.result}")
    if given.result == SUCCESS:
        return success(action, call)
    if given.result in action.errors or given.result in ERRORS:
        return on_error(action, call, given.result, "given for this call")
    if action.conditions:
        return first_that_holds(action, call, given.result)
    ways = ", ".join([SUCCESS, *action.errors])
    raise UserError(
        f"the result {given.result!r} given for block {action.identifier!r} is none of its branches: "
        f"use {ways}"
    )
