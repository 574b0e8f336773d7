"""Events of Connect, Lex and Lambda, from well formed to beyond recognition."""

import copy
import json
import uuid
from collections.abc import Mapping
from typing import Any

from hypothesis import strategies as st

from tests.lambdas.conftest import INSTANCE_ID
from tests.lambdas.fuzz import parameters
from tests.lambdas.fuzz.hostile import mostly, odd, seldom, texts, unmarked
from tests.lambdas.invocations import LAMBDAS, contact_event

CHANNELS = ("VOICE", "CHAT", "TASK", "EMAIL")
_ARNS = tuple(
    f"arn:aws:connect:{place}:instance/{instance}"
    for place in ("us-east-1:000000000000", "eu-central-1:000000000000", "us-east-1:1")
    for instance in (INSTANCE_ID, INSTANCE_ID, "99999999-2222-3333-4444-555555555555")
)
RECORDED_BOT = json.loads((LAMBDAS / "pay_bill" / "events" / "lex" / "fulfillment.json").read_text())
_uuids = st.integers(0, 2**128 - 1).map(lambda number: str(uuid.UUID(int=number)))

_endpoints = st.sampled_from(parameters.CALLERS).map(
    lambda address: {"Address": address, "Type": "TELEPHONE_NUMBER"}
) | st.builds(lambda address: {"Address": address, "Type": "EMAIL_ADDRESS"}, odd)
_CONTACT: dict[str, st.SearchStrategy[object]] = {
    "Attributes": mostly(st.dictionaries(texts, texts, max_size=3)),
    "Channel": st.sampled_from(CHANNELS) | st.sampled_from(CHANNELS) | unmarked | st.none() | st.just(7),
    "InitialContactId": mostly(_uuids),
    "PreviousContactId": mostly(_uuids),
    "InstanceARN": mostly(st.sampled_from(_ARNS)),
    "CustomerEndpoint": mostly(_endpoints),
    "SystemEndpoint": mostly(_endpoints),
    "Queue": mostly(st.builds(lambda name: {"ARN": name, "Name": name}, odd)),
    "LanguageCode": odd,
    "Name": texts,
    "Description": texts,
    "References": odd,
    "SegmentAttributes": odd,
}
contact_ids = seldom(8).flatmap(lambda now: unmarked | st.none() | st.integers() if now else _uuids)
"""Without MARK: they are in the log."""


@st.composite
def contacts(draw: st.DrawFn, function: str) -> Any:
    """What a flow might send; sometimes what nothing would."""
    changed = draw(st.sets(st.sampled_from(sorted(_CONTACT)), max_size=4))
    contact: dict[str, Any] = {"Attributes": {"name": draw(texts)}}
    contact.update({name: draw(_CONTACT[name]) for name in sorted(changed)})
    if "CustomerEndpoint" not in contact:
        contact["CustomerEndpoint"] = draw(_endpoints)
    contact["ContactId"] = draw(contact_ids)
    event = contact_event(draw(parameters.hostile(function)), **contact)
    if draw(seldom(4)):
        event["Details"]["ContactData"].pop(draw(st.sampled_from([*_CONTACT, "ContactId"])), None)
    return _broken(draw, event)


def _broken(draw: st.DrawFn, event: dict[str, Any]) -> Any:
    """Once in a while the envelope is another."""
    match draw(st.integers(0, 39)):
        case 21:
            return draw(odd)
        case 22:
            return {**event, "Details": draw(odd)}
        case 23:
            event["Details"]["ContactData"] = draw(odd)
        case 24:
            event["Details"].pop("Parameters")
    return event


_slots = st.dictionaries(
    texts,
    odd
    | st.builds(lambda value: {"value": {"originalValue": value, "interpretedValue": value}}, odd)
    | st.builds(lambda values: {"shape": "List", "values": values}, st.lists(odd, max_size=3)),
    max_size=2,
)
_INTENT: dict[str, st.SearchStrategy[object]] = {
    "name": mostly(st.sampled_from(["PayBill", "PayBill", "FallbackIntent"])),
    "state": mostly(st.sampled_from(["ReadyForFulfillment", "InProgress"])),
    "confirmationState": mostly(st.sampled_from(["None", "Confirmed", "Denied"])),
    "slots": mostly(_slots),
}
_LEX_PARTS: dict[str, st.SearchStrategy[object]] = {
    "inputTranscript": odd,
    "transcriptions": odd,
    "interpretations": odd,
    "inputMode": mostly(st.sampled_from(["Speech", "DTMF", "Text"])),
    "invocationSource": mostly(st.sampled_from(["FulfillmentCodeHook", "DialogCodeHook"])),
    "requestAttributes": odd,
    "bot": mostly(st.just(RECORDED_BOT["bot"])),
    "proposedNextState": odd,
}


@st.composite
def bots(draw: st.DrawFn) -> Any:
    """What a Lex V2 bot might send."""
    event = copy.deepcopy(RECORDED_BOT)
    for name in sorted(draw(st.sets(st.sampled_from(sorted(_LEX_PARTS)), max_size=4))):
        event[name] = draw(_LEX_PARTS[name])
    session = event["sessionState"]
    for name in sorted(draw(st.sets(st.sampled_from(sorted(_INTENT)), max_size=2))):
        session["intent"][name] = draw(_INTENT[name])
    event["sessionId"] = draw(_uuids | mostly(st.just("+14165550022")))
    attributes = draw(parameters.hostile("pay_bill"))
    given = attributes if isinstance(attributes, dict) else {}
    session["sessionAttributes"] = {**session["sessionAttributes"], **given}
    session["sessionAttributes"]["contactId"] = draw(mostly(_uuids))
    match draw(st.integers(0, 29)):
        case 16:
            event["sessionState"] = draw(odd)
        case 17:
            session["intent"] = draw(odd)
        case 18:
            session["sessionAttributes"] = draw(odd)
    return event


def runs(searches: tuple[str, ...]) -> st.SearchStrategy[Any]:
    """What Lambda might hand to the worker, for one of `searches` mostly."""
    asked = st.fixed_dictionaries(
        {
            "searchId": mostly(st.sampled_from(searches)),
            "customerId": mostly(st.sampled_from(["C-1002", "C-1004"])),
        },
        optional={"customerID": odd, "": odd},
    )
    return st.one_of(asked, asked, asked, odd)


def contact_id(raw: object) -> str | None:
    """The id that makes a payload an event of Connect's; None where there is none that can be used."""
    for key in ("Details", "ContactData"):
        raw = raw.get(key) if isinstance(raw, Mapping) else None
    found = raw.get("ContactId") if isinstance(raw, Mapping) else None
    return found if isinstance(found, str) and found and encodable(found) else None


def encodable(text: str) -> bool:
    """Whether UTF-8 has it."""
    try:
        text.encode()
    except UnicodeEncodeError:
        return False
    return True
