"""Play prompt, and saying things in general."""

from collections.abc import Mapping
from dataclasses import dataclass

from patchbay.simulator import speech
from patchbay.simulator.branches import NO_MATCHING_ERROR, on_error, onward
from patchbay.simulator.call import Call
from patchbay.simulator.flow import Action
from patchbay.simulator.transcript import Who

NO_PROMPT = "No prompt provided"
"""Connect's words in the flow log."""


@dataclass(frozen=True)
class Message:
    """What is to be said."""

    words: str
    kind: str
    """text, ssml or prompt."""
    duration_ms: int
    """An estimate; 0 for a recording, whose length the flow does not say."""


def message_participant(action: Action, call: Call) -> str | None:
    """Plays a prompt, or sends a chat message. Nothing to say takes the Error branch."""
    message = say(action.parameters, call)
    if message is None:
        call.log(action, {}, Results=NO_PROMPT)
        return on_error(action, call, NO_MATCHING_ERROR, NO_PROMPT)
    call.log(action, log_parameters(message, call))
    return onward(action, call)


def log_parameters(message: Message | None, call: Call) -> dict[str, object]:
    """The parameters of a prompt's flow-log entry."""
    if message is None:
        return {}
    if message.kind == "prompt":
        return {"PromptLocation": message.words}
    return {"Text": message.words, "TextToSpeechType": message.kind, "Voice": call.contact.voice}


def say(parameters: Mapping[str, object], call: Call) -> Message | None:
    """Lets the caller hear the block's Text, SSML or recording; None where there is nothing to hear.

    A prompt ends a chain of functions. Only a voice contact takes time to hear it; a task and an e-mail have
    nobody who listens.
    """
    message = _message(parameters, call)
    if message is None:
        return None
    call.contact.chain_ms = 0
    if call.contact.channel in ("TASK", "EMAIL"):
        call.note(Who.FLOW, f"nobody hears the prompt on {call.contact.channel}: {message.words}")
        return message
    call.note(Who.PROMPT, message.words)
    if call.contact.channel == "VOICE":
        call.clock.advance(message.duration_ms)
    return message


def _message(parameters: Mapping[str, object], call: Call) -> Message | None:
    ssml = call.text(parameters.get("SSML"))
    words = speech.plain(ssml) if ssml else call.text(parameters.get("Text"))
    if words.strip():
        pauses = speech.pauses_ms(ssml)
        return Message(words, "ssml" if ssml else "text", speech.duration_ms(words) + pauses)
    recording = _recording(parameters, call)
    return Message(f"[recorded prompt {recording}]", "prompt", 0) if recording else None


def _recording(parameters: Mapping[str, object], call: Call) -> str:
    media = parameters.get("Media")
    return call.text(parameters.get("PromptId") or (media.get("Uri") if isinstance(media, dict) else None))
