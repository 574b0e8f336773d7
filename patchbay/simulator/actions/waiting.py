"""Blocks in which time passes: Loop prompts and Wait."""

from collections.abc import Mapping

from patchbay.simulator.actions.speech import log_parameters, say
from patchbay.simulator.branches import NO_MATCHING_ERROR, on_error, on_result
from patchbay.simulator.call import Call, Ended
from patchbay.simulator.flow import Action
from patchbay.simulator.numbers import milliseconds


def message_participant_iteratively(action: Action, call: Call) -> str | None:
    """Plays its messages once, then stands for the rest of the loop until it is interrupted.

    Without an interruption the caller hears it until an agent answers, which no flow sees. Chat takes the
    Error branch (developer guide, "MessageParticipantIteratively").
    """
    if call.contact.channel == "CHAT":
        return on_error(action, call, NO_MATCHING_ERROR, "Loop prompts does not work on CHAT")
    began = call.clock.now_ms
    said = [say(message, call) for message in _messages(action)]
    call.log(action, log_parameters(next(filter(None, said), None), call))
    period = milliseconds(call.parameter(action, "InterruptFrequencySeconds"))
    if period is None:
        call.end(Ended.WAITING, "the messages repeat until an agent answers")
        return None
    call.silence(period - (call.clock.now_ms - began), "the messages repeat until they are interrupted")
    return on_result(action, call, "MessagesInterrupted")


def _messages(action: Action) -> list[Mapping[str, object]]:
    given = action.parameters.get("Messages")
    return [message for message in given if isinstance(message, Mapping)] if isinstance(given, list) else []


def wait(action: Action, call: Call) -> str | None:
    """Waits for its time limit; nobody returns meanwhile.

    A voice contact can wait only in ways that are not simulated, so it takes the Error branch
    (administrator guide, "Flow block: Wait").
    """
    period = milliseconds(call.parameter(action, "TimeLimitSeconds"))
    call.log(action, {})
    if call.contact.channel == "VOICE":
        return on_error(action, call, NO_MATCHING_ERROR, "a plain Wait does not work on VOICE")
    if period is None:
        return on_error(action, call, NO_MATCHING_ERROR, "TimeLimitSeconds is not a number")
    call.silence(period, "the flow waits")
    return on_result(action, call, "WaitCompleted")
