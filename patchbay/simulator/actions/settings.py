"""Blocks that set how the contact is handled."""

from patchbay.simulator.branches import onward
from patchbay.simulator.call import Call
from patchbay.simulator.flow import Action
from patchbay.simulator.transcript import Who


def update_flow_logging_behavior(action: Action, call: Call) -> str | None:
    """Set logging behavior: on or off from here on, later flows included."""
    behavior = call.parameter(action, "FlowLoggingBehavior")
    call.contact.logging = behavior == "Enabled"
    call.log(action, {"LoggingBehavior": "Enable"})
    call.note(Who.FLOW, f"flow logging is {'on' if call.contact.logging else 'off'}")
    return onward(action, call)


def update_contact_text_to_speech_voice(action: Action, call: Call) -> str | None:
    """Set voice."""
    call.contact.voice = call.parameter(action, "TextToSpeechVoice") or call.contact.voice
    call.log(action, {"GlobalVoice": call.contact.voice})
    call.note(Who.FLOW, f"the voice is {call.contact.voice}")
    return onward(action, call)


def update_contact_data(action: Action, call: Call) -> str | None:
    """Set contact data: what references can read is kept, the rest is named."""
    given = {name: call.text(value) for name, value in action.parameters.items()}
    contact = call.contact
    contact.language_code = given.get("LanguageCode", contact.language_code)
    contact.customer_id = given.get("CustomerId", contact.customer_id)
    contact.name = given.get("Name", contact.name)
    contact.description = given.get("Description", contact.description)
    if "WisdomSessionArn" in given:
        contact.other["Wisdom"] = {"SessionArn": given["WisdomSessionArn"]}
    call.log(action, given)
    call.note(Who.FLOW, "contact data: " + ", ".join(f"{name} = {value!r}" for name, value in given.items()))
    return onward(action, call)
