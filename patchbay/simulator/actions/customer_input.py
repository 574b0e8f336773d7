"""Get customer input and Store customer input: both are GetParticipantInput.

Source: Amazon Connect administrator guide, "Flow block: Get customer input" and "Store customer input".
"""

from collections.abc import Mapping

from patchbay.simulator.actions.phone import e164
from patchbay.simulator.actions.speech import log_parameters, say
from patchbay.simulator.branches import NO_MATCHING_ERROR, on_error, on_result, success
from patchbay.simulator.call import Call
from patchbay.simulator.flow import Action
from patchbay.simulator.numbers import milliseconds
from patchbay.simulator.participant import KeyQuestion
from patchbay.simulator.transcript import Who

DEFAULT_TIME_LIMIT_MS = 5_000
"""What the flow designer proposes."""
TIMED_OUT = "Timeout"
"""What Store customer input stores when nothing was keyed; it takes the Success branch with it."""
ENCRYPTED = "(encrypted)"


def get_participant_input(action: Action, call: Call) -> str | None:
    """Asks, waits for keys, stores them or branches on them; without keys (not VOICE), the Error branch."""
    if call.contact.channel != "VOICE":
        return on_error(action, call, NO_MATCHING_ERROR, f"there are no keys on {call.contact.channel}")
    if call.hangs_up():
        return None
    message = say(action.parameters, call)
    keyed = _keyed(action, call)
    call.log(action, log_parameters(message, call))
    if call.parameter(action, "StoreInput") == "True":
        return _store(action, call, keyed)
    if keyed is None:
        return on_error(action, call, "InputTimeLimitExceeded", "nothing was keyed in time")
    return on_result(action, call, keyed)


def _keyed(action: Action, call: Call) -> str | None:
    """The caller's next entry; None after the time limit."""
    call.look_at_the_phone()
    limit = milliseconds(call.parameter(action, "InputTimeLimitSeconds")) or DEFAULT_TIME_LIMIT_MS
    keyed = call.participant.keys(_question(action, call, limit))
    if keyed is not None:
        call.note(Who.CALLER, f"keys {keyed}")
        return keyed.removesuffix(_terminator(action))
    call.silence(limit, "nothing is keyed")
    return None


def _question(action: Action, call: Call, limit_ms: int) -> KeyQuestion:
    stores = call.parameter(action, "StoreInput") == "True"
    return KeyQuestion(
        seconds=limit_ms / 1000,
        longest=_longest(action) if stores else 1,
        terminator=_terminator(action),
        choices=() if stores else action.operands,
    )


def _longest(action: Action) -> int | None:
    custom = action.mapping("InputValidation").get("CustomValidation")
    longest = str(custom.get("MaximumLength", "")) if isinstance(custom, Mapping) else ""
    return int(longest) if longest.isdigit() else None


def _terminator(action: Action) -> str:
    return str(action.mapping("DTMFConfiguration").get("InputTerminationSequence", "#"))


def _store(action: Action, call: Call, keyed: str | None) -> str | None:
    if keyed is None:
        call.contact.stored_input = TIMED_OUT
        call.note(Who.FLOW, f"stored customer input: {TIMED_OUT}")
        return success(action, call)
    valid = _validated(action, keyed, call)
    if valid is None:
        return on_error(
            action, call, "InvalidPhoneNumber", f"{keyed} is no phone number of the format asked for"
        )
    call.contact.stored_input = ENCRYPTED if action.parameters.get("InputEncryption") else valid
    call.note(Who.FLOW, f"stored customer input: {call.contact.stored_input}")
    return success(action, call)


def _validated(action: Action, keyed: str, call: Call) -> str | None:
    """As it is stored: a phone number in E.164, other input cut at its maximum length."""
    validation = action.mapping("InputValidation")
    phone = validation.get("PhoneNumberValidation")
    if isinstance(phone, Mapping):
        return e164(keyed, str(phone.get("NumberFormat")), str(phone.get("CountryCode", "")))
    longest = _longest(action)
    if longest is not None and len(keyed) > longest:
        call.note(Who.FLOW, f"only the first {longest} keys count")
        return keyed[:longest]
    return keyed
