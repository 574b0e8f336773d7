"""Blocks that set how the contact is handled."""

from patchbay.simulator import references
from patchbay.simulator.branches import onward
from patchbay.simulator.call import Call
from patchbay.simulator.flow import Action
from patchbay.simulator.transcript import Who


def update_flow_logging_behavior(action: Action, call: Call) -> str | None:
    """Set logging behavior: on or off from here on, later flows included."""
    behavior = call.parameter(action, "FlowLoggingBehavior")
    call.contact.logging = behavior == "Enabled"
    call.log(action, {"LoggingBehavior": "Enable"})  # a block that switches it off has no entry
    call.note(Who.FLOW, f"flow logging is {'on' if call.contact.logging else 'off'}")
    return onward(action, call)


def update_contact_text_to_speech_voice(action: Action, call: Call) -> str | None:
    """Set voice, with its engine and style where the block states them."""
    call.contact.voice = call.parameter(action, "TextToSpeechVoice") or call.contact.voice
    more = [call.parameter(action, f"TextToSpeech{part}") for part in ("Engine", "Style")]
    call.log(action, {"GlobalVoice": call.contact.voice})
    call.note(Who.FLOW, f"the voice is {' '.join([call.contact.voice, *filter(None, more)])}")
    return onward(action, call)


def update_contact_data(action: Action, call: Call) -> str | None:
    """Set contact data: what references and events can read is kept, the rest is named."""
    given = references.values(action.parameters, call.contact.data())
    texts = {name: call.text(value) for name, value in action.parameters.items() if name != "References"}
    call.log(action, given)
    call.note(Who.FLOW, "contact data: " + ", ".join(f"{name} = {value!r}" for name, value in given.items()))
    if texts.get("TargetContact") == "Related":
        call.note(Who.FLOW, "the related contact has them, not this one")
        return onward(action, call)
    contact = call.contact
    contact.language_code = texts.get("LanguageCode", contact.language_code)
    contact.customer_id = texts.get("CustomerId", contact.customer_id)
    contact.name = texts.get("Name", contact.name)
    contact.description = texts.get("Description", contact.description)
    contact.references.update(references.values(action.mapping("References"), contact.data()))
    if "WisdomSessionArn" in texts:
        contact.other["Wisdom"] = {"SessionArn": texts["WisdomSessionArn"]}
    return onward(action, call)
