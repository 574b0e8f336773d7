"""Blocks in which time passes: Loop prompts and Wait."""

from collections.abc import Mapping

from patchbay.simulator.actions.asynchronous import named, names_invocation, told
from patchbay.simulator.actions.speech import log_parameters, say
from patchbay.simulator.branches import NO_MATCHING_ERROR, on_error, on_result
from patchbay.simulator.call import Call, Ended
from patchbay.simulator.flow import Action
from patchbay.simulator.numbers import milliseconds
from patchbay.simulator.transcript import Who

CONTINUE = "Continue"
EVENTS = ("WaitCompleted", "CustomerReturned", "BotParticipantDisconnected", CONTINUE)
"""What a Wait's conditions are known to name; another one is taken for the function that is done."""


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
    call.note(Who.FLOW, "the messages repeat until they are interrupted")
    call.clock.advance(period - (call.clock.now_ms - began))
    return on_result(action, call, "MessagesInterrupted")


def _messages(action: Action) -> list[Mapping[str, object]]:
    given = action.parameters.get("Messages")
    return [message for message in given if isinstance(message, Mapping)] if isinstance(given, list) else []


def wait(action: Action, call: Call) -> str | None:
    """Waits for its time limit; nobody returns meanwhile, unless the call says so.

    Source: administrator guide, "Flow block: Wait": a voice contact can wait only for an event or while other
    blocks run. The developer guide calls the time limit TimeoutSeconds; instances take TimeLimitSeconds.
    """
    limit = call.parameter(action, "TimeLimitSeconds") or call.parameter(action, "TimeoutSeconds")
    period = milliseconds(limit)
    call.log(action, {})
    if period is None:
        return on_error(action, call, NO_MATCHING_ERROR, "TimeLimitSeconds is not a number")
    if names_invocation(action, call):
        return _wait_for_function(action, call, period)
    if CONTINUE in action.operands:
        call.note(
            Who.FLOW, f"AWS does not publish how a Wait keeps running: its branch {CONTINUE} is taken once"
        )
        return on_result(action, call, CONTINUE)
    if call.contact.channel == "VOICE":
        return on_error(action, call, NO_MATCHING_ERROR, "a plain Wait does not work on VOICE")
    call.silence(period, "the flow waits")
    return on_result(action, call, "WaitCompleted")


def _wait_for_function(action: Action, call: Call, period: int) -> str | None:
    """Until the function is done or the time is up; an unknown invocation is waited for in vain."""
    call.note(
        Who.FLOW,
        f"{action.identifier!r} is taken as a wait for an asynchronous function, because it names an "
        "invocation; AWS does not publish how a flow writes that event",
    )
    running, until = named(action, call), call.clock.now_ms + period
    verdict = running.by(until) if running else None
    if running is None or verdict is None:
        call.silence(period, "the flow waits for a function in vain", passed=True)
        return on_result(action, call, "WaitCompleted")
    done_ms = running.began_ms + verdict.duration_ms
    call.silence(done_ms - call.clock.now_ms, f"the flow waits for {running.function.name}", passed=True)
    told(call, running, call.clock.now_ms)
    done = (operand for operand in action.operands if operand not in EVENTS)
    return on_result(action, call, next(done, "(the function is done)"))
