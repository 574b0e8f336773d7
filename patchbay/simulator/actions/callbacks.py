"""Queued callbacks.

Source: administrator guide, "Flow block: Set callback number" and "Flow block: Transfer to queue".
"""

import re

from patchbay.simulator.branches import NO_MATCHING_ERROR, on_error, onward, success
from patchbay.simulator.call import Call
from patchbay.simulator.flow import Action
from patchbay.simulator.transcript import Who

ROOT = "CallbackNumber"


def update_contact_callback_number(action: Action, call: Call) -> str | None:
    """Set callback number. Whether the instance may dial it is not known: a call says so where it may not."""
    number = call.parameter(action, "CallbackNumber")
    if not re.fullmatch(r"\+[1-9]\d{6,14}", number):
        return on_error(action, call, "InvalidCallbackNumber", f"{number!r} is not a number in E.164")
    call.contact.other[ROOT] = number
    call.note(Who.FLOW, f"the callback number is {number}")
    return onward(action, call)


def create_callback_contact(action: Action, call: Call) -> str | None:
    """Puts a callback into the working queue; the caller's own number where none was set."""
    own = call.contact.customer.address if call.contact.customer else ""
    number = call.contact.other.get(ROOT) or own
    queue = call.parameter(action, "QueueId") or call.parameter(action, "AgentId") or _queue(call)
    if not number or not queue:
        missing = "working queue is set" if number else "number to call back is known"
        return on_error(action, call, NO_MATCHING_ERROR, f"no {missing}")
    delay, attempts = (
        call.parameter(action, name) for name in ("InitialCallDelaySeconds", "MaximumConnectionAttempts")
    )
    call.note(
        Who.FLOW,
        f"a callback to {number} waits in the queue {queue}, "
        f"after {delay or 'no'} s, at most {attempts or '1'} times",
    )
    return success(action, call)


def _queue(call: Call) -> str:
    return str(call.contact.queue["ARN"]) if call.contact.queue else ""
