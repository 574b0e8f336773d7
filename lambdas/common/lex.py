"""What a Lex V2 bot sends to a function and takes from it.

Source: Amazon Lex V2 developer guide, "AWS Lambda input event format for Lex V2" and "AWS Lambda response
format for Lex V2". Lex leaves out or nulls what a session does not have, and may add fields.
"""

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass, field

FULFILLMENT = "FulfillmentCodeHook"
"""The intent is ready: the one invocation that may have an effect."""
DIALOG = "DialogCodeHook"
"""A turn of the conversation before that."""

CONTACT_ATTRIBUTE = "contactId"
"""The session attribute that a flow sets from $.ContactId."""

_UUID = re.compile(r"[0-9A-Fa-f]{8}(-[0-9A-Fa-f]{4}){3}-[0-9A-Fa-f]{12}")
_CHANNELS = {"Speech": "VOICE", "DTMF": "VOICE", "Text": "CHAT"}

Attributes = Mapping[str, str]


@dataclass(frozen=True)
class LexEvent:
    """One invocation by a bot. What may identify a person stays out of repr()."""

    session_id: str = field(repr=False)
    """Connect's is the contact id; another channel's may be a phone number."""
    source: str
    """FULFILLMENT, DIALOG, or one that Lex adds later."""
    intent: str
    intent_state: str
    """InProgress, ReadyForFulfillment, ..."""
    confirmation: str
    """None, Confirmed or Denied, as text."""
    bot_alias_id: str
    locale: str
    input_mode: str
    """Speech, DTMF or Text."""
    slots: Attributes = field(repr=False)
    """The interpreted value of each filled slot; of a list, the values with a comma between."""
    attributes: Attributes = field(repr=False)
    """The session attributes that are strings."""
    raw_slots: Mapping[str, object] = field(repr=False)
    """The slots as they came, for the response."""

    @classmethod
    def parse(cls, raw: Mapping[str, object]) -> "LexEvent | None":
        """The event in `raw`; None where no Lex V2 bot sent it."""
        if not isinstance(raw, Mapping) or "Details" in raw:
            return None
        session = _sendable(raw.get("sessionState"))
        if not isinstance(session, Mapping) or not isinstance(raw.get("bot"), Mapping):
            return None
        intent, bot = _mapping(session.get("intent")), _mapping(raw.get("bot"))
        slots = _mapping(intent.get("slots"))
        return cls(
            session_id=_string(raw, "sessionId"),
            source=_string(raw, "invocationSource"),
            intent=_string(intent, "name"),
            intent_state=_string(intent, "state"),
            confirmation=_string(intent, "confirmationState") or "None",
            bot_alias_id=_string(bot, "aliasId"),
            locale=_string(bot, "localeId"),
            input_mode=_string(raw, "inputMode"),
            slots={name: value for name, slot in slots.items() if (value := _slot(slot))},
            attributes=_strings(_mapping(session.get("sessionAttributes"))),
            raw_slots=slots,
        )

    @property
    def contact_id(self) -> str:
        """The contact that the bot talks with; empty outside of a contact, as in the Lex console.

        Only a UUID is taken: this goes into the log, and a session id may be somebody's number.
        """
        named = (self.attributes.get(CONTACT_ATTRIBUTE, ""), self.session_id)
        return next((text for text in named if _UUID.fullmatch(text)), "")

    def as_contact_event(self, parameters: Mapping[str, object]) -> dict[str, object]:
        """The event that a flow's Invoke block would send, so that one handler and one log serve both."""
        contact = {"ContactId": self.contact_id, "Channel": _CHANNELS.get(self.input_mode, "")}
        return {"Details": {"ContactData": contact, "Parameters": dict(parameters)}}


def close(event: LexEvent, message: str, *, fulfilled: bool, attributes: Attributes) -> dict[str, object]:
    """Ends the intent; `attributes` become all that the session has."""
    return {
        **_state(event, {"type": "Close"}, "Fulfilled" if fulfilled else "Failed", attributes),
        "messages": [{"contentType": "PlainText", "content": message}],
    }


def delegate(event: LexEvent, attributes: Attributes) -> dict[str, object]:
    """Lets the bot go on as it is built; `attributes` become all that the session has."""
    return _state(event, {"type": "Delegate"}, event.intent_state or "InProgress", attributes)


def _state(
    event: LexEvent, action: dict[str, str], intent_state: str, attributes: Attributes
) -> dict[str, object]:
    intent = {
        "name": event.intent,
        "slots": dict(event.raw_slots),
        "state": intent_state,
        "confirmationState": event.confirmation,
    }
    session = {"dialogAction": action, "intent": intent, "sessionAttributes": dict(attributes)}
    return {"sessionState": session}


def _sendable(value: object) -> object:
    """`value` without what a response cannot carry: half of a surrogate pair is ?, NaN is null.

    Slots and session attributes go back to Lex. A response that Lambda cannot encode fails after the payment.
    """
    text = json.dumps(value, ensure_ascii=False).encode(errors="replace")
    return json.loads(text, parse_constant=lambda _: None)


def _slot(slot: object) -> str:
    """Scalar: {"value": {"interpretedValue"}}; List: {"values": [a scalar, ...]}; an empty one is null."""
    parts = _mapping(slot).get("values")
    if isinstance(parts, list):
        return ", ".join(value for part in parts if (value := _scalar(part)))
    return _scalar(slot)


def _scalar(slot: object) -> str:
    return _string(_mapping(_mapping(slot).get("value")), "interpretedValue")


def _mapping(value: object) -> Mapping[str, object]:
    return value if isinstance(value, Mapping) else {}


def _string(source: Mapping[str, object], key: str) -> str:
    value = source.get(key)
    return value if isinstance(value, str) else ""


def _strings(source: Mapping[str, object]) -> Attributes:
    return {key: value for key, value in source.items() if isinstance(value, str)}
