"""Lex V2 events and responses."""

import json
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from common import lex
from common.event import ContactEvent, NotAConnectEvent
from common.lex import LexEvent
from tests.lambdas.common.test_event import JSON
from tests.lambdas.invocations import CONTACT_ID, LAMBDAS, contact_event

FULFILLMENT = json.loads((LAMBDAS / "pay_bill" / "events" / "lex" / "fulfillment.json").read_text())
OTHER_UUID = "aaaaaaaa-1111-4222-8333-444444444444"


def event(**changes: Any) -> LexEvent:
    """A parsed event; `changes` override keys of the recorded one."""
    parsed = LexEvent.parse({**FULFILLMENT, **changes})
    assert parsed is not None
    return parsed


def in_session(**session: Any) -> LexEvent:
    return event(sessionState={**FULFILLMENT["sessionState"], **session})


def test_every_field_is_read() -> None:
    found = event()
    assert (found.session_id, found.source, found.input_mode) == (CONTACT_ID, lex.FULFILLMENT, "Speech")
    assert (found.intent, found.intent_state, found.confirmation) == (
        "PayBill",
        "ReadyForFulfillment",
        "Confirmed",
    )
    assert (found.bot_alias_id, found.locale) == ("LIVEALIAS1", "en_US")
    assert found.attributes["customerId"] == "C-1002"
    assert dict(found.slots) == {}


def test_filled_slots_are_read_by_their_interpreted_values() -> None:
    day = {"value": {"originalValue": "tomorow", "interpretedValue": "tomorrow", "resolvedValues": []}}
    slots = {"Day": day, "Empty": None, "Both": {"shape": "List", "values": [day, None, day]}, "Odd": "x"}
    found = in_session(intent={"name": "PayBill", "slots": slots})
    assert dict(found.slots) == {"Day": "tomorrow", "Both": "tomorrow, tomorrow"}
    response = lex.delegate(found, {})
    assert response["sessionState"]["intent"]["slots"] == slots  # type: ignore[index]  # a response, nested


@pytest.mark.parametrize(
    "raw",
    [{}, {"sessionState": {}}, {"sessionState": [], "bot": {}}, {"sessionState": {}, "bot": "x"},
     contact_event(), {**contact_event(), **FULFILLMENT}, ["sessionState", "bot"], None, "x"],
)  # fmt: skip
def test_what_no_bot_sent_is_none(raw: Any) -> None:
    assert LexEvent.parse(raw) is None


def test_missing_and_null_parts_are_empty() -> None:
    nulls = dict.fromkeys(FULFILLMENT)
    found = LexEvent.parse({**nulls, "sessionState": {"intent": None}, "bot": {"aliasId": None}})
    assert found is not None
    assert (found.contact_id, found.intent, found.source, found.bot_alias_id) == ("", "", "", "")
    assert (found.confirmation, dict(found.attributes)) == ("None", {})


@settings(max_examples=60, deadline=None)
@given(state=st.dictionaries(st.sampled_from(["intent", "sessionAttributes", "new"]), JSON), bot=JSON)
def test_whatever_a_session_holds_parses_and_is_answered_in_json(state: Any, bot: Any) -> None:
    found = LexEvent.parse({"sessionState": state, "bot": {"aliasId": bot}, "sessionId": bot})
    assert found is not None
    answer = lex.close(found, "Bye.", fulfilled=True, attributes=found.attributes)
    assert json.loads(json.dumps(answer)).keys() == {"sessionState", "messages"}


def test_the_contact_is_the_one_that_the_flow_names_else_the_session() -> None:
    assert in_session(sessionAttributes={"contactId": OTHER_UUID}).contact_id == OTHER_UUID
    assert in_session(sessionAttributes={}).contact_id == CONTACT_ID


@pytest.mark.parametrize("number", ["+14165550011", "14165550011", "4111 1111 1111 1111", f"{OTHER_UUID}\n"])
def test_a_session_id_that_may_be_somebodys_number_is_no_contact(number: str) -> None:
    session = {**FULFILLMENT["sessionState"], "sessionAttributes": {"contactId": number}}
    found = event(sessionId=number, sessionState=session)
    assert found.contact_id == ""
    with pytest.raises(NotAConnectEvent):
        ContactEvent.parse(found.as_contact_event({}))


@pytest.mark.parametrize(
    ("mode", "channel"), [("Speech", "VOICE"), ("DTMF", "VOICE"), ("Text", "CHAT"), ("Telepathy", "")]
)
def test_it_becomes_the_event_of_an_invoke_block(mode: str, channel: str) -> None:
    contact = ContactEvent.parse(event(inputMode=mode).as_contact_event({"operation": "pay"}))
    assert (contact.contact_id, contact.channel) == (CONTACT_ID, channel)
    assert contact.text("operation") == "pay"
    assert dict(contact.attributes) == {}


@pytest.mark.parametrize(("fulfilled", "state"), [(True, "Fulfilled"), (False, "Failed")])
def test_closing_ends_the_intent_with_a_message(fulfilled: bool, state: str) -> None:
    assert lex.close(event(), "Bye.", fulfilled=fulfilled, attributes={"a": "b"}) == {
        "sessionState": {
            "dialogAction": {"type": "Close"},
            "intent": {"name": "PayBill", "slots": {}, "state": state, "confirmationState": "Confirmed"},
            "sessionAttributes": {"a": "b"},
        },
        "messages": [{"contentType": "PlainText", "content": "Bye."}],
    }


def test_what_goes_back_to_lex_can_be_sent_though_it_came_with_half_a_character_or_nan() -> None:
    """Such a response would fail on its way out of Lambda, after the bill is paid."""
    intent = {**FULFILLMENT["sessionState"]["intent"], "slots": {"\udfff": float("nan")}}
    asked = in_session(intent=intent, sessionAttributes={"name": "\ud800 Hale"})
    response: Any = lex.close(asked, "Bye.", fulfilled=True, attributes=asked.attributes)
    json.dumps(response, ensure_ascii=False, allow_nan=False).encode()
    assert response["sessionState"]["intent"]["slots"] == {"?": None}
    assert response["sessionState"]["sessionAttributes"] == {"name": "? Hale"}


def test_delegating_leaves_the_intent_to_the_bot() -> None:
    assert lex.delegate(event(), {"a": "b"}) == {
        "sessionState": {
            "dialogAction": {"type": "Delegate"},
            "intent": {
                "name": "PayBill",
                "slots": {},
                "state": "ReadyForFulfillment",
                "confirmationState": "Confirmed",
            },
            "sessionAttributes": {"a": "b"},
        }
    }


def test_what_may_identify_a_person_stays_out_of_its_repr() -> None:
    found = in_session(
        sessionAttributes={"paymentToken": "tok_1002"},
        intent={"name": "PayBill", "slots": {"Name": {"value": {"interpretedValue": "Tremblay"}}}},
    )
    assert found.slots == {"Name": "Tremblay"}
    assert not [text for text in ("tok_1002", "Tremblay", CONTACT_ID) if text in repr(found)]
