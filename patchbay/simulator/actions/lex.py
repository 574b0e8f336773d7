"""Get customer input with a Lex V2 bot.

Source: administrator guide, "Flow block: Get customer input"; developer guide, ConnectParticipantWithLexBot.
The bot's understanding is the participant's: nothing here reads words. AWS does not publish which branch an
intent takes that its function leaves as Failed, nor what a silent caller leads to on VOICE: here the first
takes the Error branch, the second is the bot's FallbackIntent, and the transcript says so.
"""

from collections.abc import Mapping

from patchbay.simulator.actions import answers
from patchbay.simulator.actions.outside import given_for
from patchbay.simulator.actions.requests import stub_wanted
from patchbay.simulator.actions.speech import log_parameters, say
from patchbay.simulator.branches import NO_MATCHING_ERROR, on_error, on_result
from patchbay.simulator.call import Call
from patchbay.simulator.flow import Action
from patchbay.simulator.invoke import invoke
from patchbay.simulator.lexv2 import FAILED, Answer, Turn
from patchbay.simulator.participant import BotQuestion, Utterance
from patchbay.simulator.transcript import Who
from patchbay.simulator.verdicts import Outcome

SILENCE_MS = 4_000
"""How long Lex V2 waits for the first word (its guide, "Configuring timeouts for capturing user input")."""
TIMED_OUT = "InputTimeLimitExceeded"
FALLBACK = "FallbackIntent"
MOST_TURNS = 20
"""A bot that asks on and on is cut off here."""


def connect_participant_with_lex_bot(action: Action, call: Call) -> str | None:
    """Asks, takes the participant's intent, lets the bot's function fulfil it, branches on the intent."""
    if call.contact.channel in ("TASK", "EMAIL"):
        return on_error(action, call, NO_MATCHING_ERROR, f"a bot cannot talk on {call.contact.channel}")
    if call.hangs_up():
        return None
    message = say(action.parameters, call)
    call.log(action, log_parameters(message, call))
    written = action.mapping("LexSessionAttributes")
    return _talk(action, call, {call.text(key): call.text(value) for key, value in written.items()})


def _talk(action: Action, call: Call, attributes: Mapping[str, str]) -> str | None:
    """Turn by turn, until the bot closes its intent."""
    for _ in range(MOST_TURNS):
        utterance = _said(action, call)
        if utterance is None:
            return on_error(action, call, TIMED_OUT, "nothing was said in time")
        answer = _answered(action, call, _turn(action, call, utterance, attributes))
        if answer is None:
            return on_error(action, call, NO_MATCHING_ERROR, "the bot's function failed")
        _apply(action, call, answer)
        if not answer.asks_again:
            return _branch(action, call, answer)
        attributes = answer.attributes
        if call.hangs_up():
            return None
    return on_error(action, call, NO_MATCHING_ERROR, f"the bot asked {MOST_TURNS} times")


def _said(action: Action, call: Call) -> Utterance | None:
    """None takes the branch for silence, where the block has one; else silence is the fallback intent."""
    utterance = call.participant.says(BotQuestion(action.operands))
    if utterance is not None:
        call.note(Who.CALLER, f"says {utterance.text!r}")
        return utterance
    call.silence(SILENCE_MS, "nothing is said")
    if call.contact.channel != "VOICE" or TIMED_OUT in action.errors:
        return None
    call.note(Who.FLOW, f"the bot heard nothing: taken as its {FALLBACK}")
    return Utterance("", FALLBACK)


def _turn(action: Action, call: Call, utterance: Utterance, attributes: Mapping[str, str]) -> Turn:
    bot = call.text(action.mapping("LexV2Bot").get("AliasArn"))
    locale = call.contact.language_code.replace("-", "_")
    mode = "Speech" if call.contact.channel == "VOICE" else "Text"
    return Turn(bot, call.contact.contact_id, utterance, attributes, locale, mode)


def _answered(action: Action, call: Call, turn: Turn) -> Answer | None:
    """The bot's answer; None where its function failed or answered in another format."""
    slots = ", ".join(f"{name} = {value!r}" for name, value in turn.utterance.slots.items())
    call.note(Who.FLOW, f"the bot understands {turn.utterance.intent}" + (f" ({slots})" if slots else ""))
    function = call.bots.get(turn.bot_alias)
    if function is None:
        return Answer.without_function(turn)
    block = turn.block(function)
    with stub_wanted(action, call, block.function):
        verdict = invoke(block, call.functions, call.rng, call.observer)
    answers.tell(call, block.function, verdict)
    if verdict.outcome is not Outcome.SUCCESS:
        return None
    answer = Answer.of(verdict.response, turn)
    if answer is None:
        call.note(Who.FLOW, "the response is not Lex V2's: it needs sessionState.dialogAction.type")
    return answer


def _apply(action: Action, call: Call, answer: Answer) -> None:
    """Speaks the messages and keeps what references read; the call may have told more, such as confidence."""
    told = given_for(action, call)
    more = told.data.get("Lex") if told else None
    call.contact.other["Lex"] = {**answer.data(), **(more if isinstance(more, dict) else {})}
    for kind, content in answer.messages:
        if kind in ("PlainText", "SSML"):
            say({"SSML" if kind == "SSML" else "Text": content}, call)
        else:
            call.note(Who.FLOW, f"the bot sends a message of the type {kind}")


def _branch(action: Action, call: Call, answer: Answer) -> str | None:
    if answer.state == FAILED:
        reason = f"the bot's function left {answer.intent} as {FAILED}; AWS does not publish this branch"
        return on_error(action, call, NO_MATCHING_ERROR, reason)
    return on_result(action, call, answer.intent)
