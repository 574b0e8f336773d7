"""A Lex V2 bot's request to the function that fulfils its intents, and the answer.

Source: Lex V2 developer guide, "AWS Lambda input event format" and "AWS Lambda response format". Of the
event, what a telephone call does not settle (confidence, sentiment, other interpretations) is left out.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass

from common.response import ResponseType
from patchbay.arns import Arn
from patchbay.limits import LEX_TIME_LIMIT_SECONDS
from patchbay.simulator import policies
from patchbay.simulator.functions import FunctionName
from patchbay.simulator.participant import Utterance
from patchbay.simulator.verdicts import Block

FAILED = "Failed"
_ASKS_AGAIN = ("ConfirmIntent", "ElicitIntent", "ElicitSlot")


@dataclass(frozen=True)
class Turn:
    """What the customer said to a bot, and where."""

    bot_alias: str
    session_id: str
    utterance: Utterance
    attributes: Mapping[str, str]
    locale: str
    """As Lex writes it: en_US."""
    mode: str
    """Speech or Text."""

    def event(self) -> dict[str, object]:
        """The event of a fulfilment code hook."""
        _, bot_id, alias_id = [*Arn.parse(self.bot_alias).resource.split("/"), "", ""][:3]
        slots = {name: _slot(value) for name, value in self.utterance.slots.items()}
        intent = {
            "name": self.utterance.intent,
            "slots": slots,
            "state": "ReadyForFulfillment",
            "confirmationState": "None",
        }
        return {
            "messageVersion": "1.0",
            "invocationSource": "FulfillmentCodeHook",
            "inputMode": self.mode,
            "responseContentType": "text/plain; charset=utf-8",
            "sessionId": self.session_id,
            "inputTranscript": self.utterance.text,
            "bot": {"id": bot_id, "aliasId": alias_id, "localeId": self.locale},
            "interpretations": [{"intent": intent, "interpretationSource": "Lex"}],
            "sessionState": {
                "activeContexts": [],
                "sessionAttributes": dict(self.attributes),
                "intent": intent,
            },
        }

    def block(self, function: str) -> Block:
        """The request to Lambda: Lex's permission and time limit, one attempt."""
        return Block(
            function=FunctionName.parse(function),
            payload=json.dumps(self.event(), ensure_ascii=False).encode(),
            limit_ms=LEX_TIME_LIMIT_SECONDS * 1000,
            chain_left_ms=LEX_TIME_LIMIT_SECONDS * 1000,
            response_type=ResponseType.JSON,
            instance=Arn.parse(self.bot_alias),
            principal=policies.LEX,
            retries=0,
        )


def _slot(value: str) -> dict[str, object]:
    return {
        "shape": "Scalar",
        "value": {"originalValue": value, "interpretedValue": value, "resolvedValues": [value]},
    }


@dataclass(frozen=True)
class Answer:
    """What the bot makes of the function's response."""

    intent: str
    slots: Mapping[str, str]
    attributes: Mapping[str, str]
    state: str = "ReadyForFulfillment"
    messages: tuple[tuple[str, str], ...] = ()
    """Content type and content."""
    asks_again: bool = False

    @classmethod
    def without_function(cls, turn: Turn) -> "Answer":
        """A bot that hands its intent to the flow as it is."""
        return cls(turn.utterance.intent, turn.utterance.slots, turn.attributes)

    @classmethod
    def of(cls, response: Mapping[str, object], turn: Turn) -> "Answer | None":
        """None where the response is not of Lex's format."""
        session = response.get("sessionState")
        if not isinstance(session, Mapping):
            return None
        action, intent = _mapping(session.get("dialogAction")), _mapping(session.get("intent"))
        if not action.get("type"):
            return None
        messages = response.get("messages")
        spoken = [m for m in messages if isinstance(m, Mapping)] if isinstance(messages, list) else []
        return cls(
            intent=str(intent.get("name") or turn.utterance.intent),
            slots={name: _value(slot) for name, slot in _mapping(intent.get("slots")).items()},
            attributes={k: str(v) for k, v in _mapping(session.get("sessionAttributes")).items()},
            state=str(intent.get("state", "")),
            messages=tuple((str(m.get("contentType")), str(m.get("content", ""))) for m in spoken),
            asks_again=action["type"] in _ASKS_AGAIN,
        )

    def data(self) -> dict[str, object]:
        """What references read as `$.Lex`."""
        return {
            "IntentName": self.intent,
            "Slots": dict(self.slots),
            "SessionAttributes": dict(self.attributes),
        }


def _mapping(value: object) -> Mapping[str, object]:
    return value if isinstance(value, Mapping) else {}


def _value(slot: object) -> str:
    return str(_mapping(_mapping(slot).get("value")).get("interpretedValue") or "")
