"""The event that Connect sends."""

import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from common.event import TEXT_MAX_CHARS, ContactEvent, Endpoint, NotAConnectEvent, Queue
from tests.lambdas.invocations import CONTACT_ID, GOLD_MEMBER, contact_event

JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
    max_leaves=10,
)
KEYS = (
    "InitialContactId", "PreviousContactId", "Channel", "InitiationMethod", "InstanceARN", "LanguageCode",
    "CustomerEndpoint", "SystemEndpoint", "Queue", "Attributes", "SomethingNew",
)  # fmt: skip


def test_every_field_is_read() -> None:
    raw = contact_event(
        {"a": {"b": [1]}},
        Attributes={"tier": "gold"},
        LanguageCode="fr-CA",
        PreviousContactId="before",
        InitialContactId="first",
        Queue={"ARN": "arn:q", "Name": "Support"},
    )
    event = ContactEvent.parse(raw)
    assert event.contact_id == CONTACT_ID
    assert (event.initial_contact_id, event.previous_contact_id) == ("first", "before")
    assert (event.channel, event.initiation_method, event.language_code) == ("VOICE", "INBOUND", "fr-CA")
    assert event.instance_arn.endswith("555555555555")
    assert event.customer_endpoint == Endpoint(GOLD_MEMBER, "TELEPHONE_NUMBER")
    assert event.system_endpoint == Endpoint("+18005550100", "TELEPHONE_NUMBER")
    assert event.queue == Queue("arn:q", "Support")
    assert event.attributes == {"tier": "gold"}
    assert event.parameters == {"a": {"b": [1]}}


@pytest.mark.parametrize("channel", ["VOICE", "CHAT", "TASK", "EMAIL", "HOLOGRAM"])
def test_a_channel_passes_whether_known_or_not(channel: str) -> None:
    assert ContactEvent.parse(contact_event(Channel=channel)).channel == channel


def test_null_parts_are_none_or_empty() -> None:
    nulls = dict.fromkeys(KEYS)
    event = ContactEvent.parse(contact_event(None, caller=None, **nulls))
    assert (event.customer_endpoint, event.system_endpoint, event.queue) == (None, None, None)
    assert (dict(event.attributes), dict(event.parameters)) == ({}, {})
    assert event.initial_contact_id == event.contact_id


def test_absent_parts_are_none_or_empty() -> None:
    event = ContactEvent.parse({"Details": {"ContactData": {"ContactId": "c-1"}}})
    assert event.customer_endpoint is None
    assert dict(event.parameters) == {}


def test_unknown_keys_are_kept() -> None:
    event = ContactEvent.parse(contact_event(SegmentAttributes={"connect:Subtype": {"ValueString": "x"}}))
    assert event.raw_contact["SegmentAttributes"] == {"connect:Subtype": {"ValueString": "x"}}


@pytest.mark.parametrize(
    "raw",
    [
        {}, {"Records": []}, [], None, "text", {"Details": None}, {"Details": {"ContactData": None}},
        {"Details": {"ContactData": {"ContactId": ""}}}, {"Details": {"ContactData": {"ContactId": 7}}},
        {"Details": {"ContactData": {"ContactId": "c-\ud800"}}},
    ],
)  # fmt: skip
def test_a_payload_without_a_contact_id_is_no_connect_event(raw: object) -> None:
    with pytest.raises(NotAConnectEvent, match=r"Details\.ContactData\.ContactId is missing"):
        ContactEvent.parse(raw)  # type: ignore[arg-type]  # Lambda passes on whatever somebody invokes with


def test_repr_shows_no_personal_data() -> None:
    event = ContactEvent.parse(contact_event({"pin": "4711"}, Attributes={"name": "Océane"}))
    shown = repr(event)
    assert CONTACT_ID in shown
    assert not any(secret in shown for secret in (GOLD_MEMBER, "4711", "Océane"))


@pytest.mark.parametrize(
    ("value", "text"),
    [
        ("  GGG ", "GGG"), (10, "10"), (10.5, "10.5"), (True, "true"),
        ("", None), (" \t", None), (None, None), ({"a": 1}, None), (["a"], None), ("half \ud800 pair", None),
        ("x" * TEXT_MAX_CHARS, "x" * TEXT_MAX_CHARS), ("x" * (TEXT_MAX_CHARS + 1), None),
    ],
)  # fmt: skip
def test_a_text_parameter_is_a_trimmed_scalar_of_bounded_length(value: object, text: str | None) -> None:
    assert ContactEvent.parse(contact_event({"p": value})).text("p") == text


def test_a_parameter_that_is_absent_has_no_text() -> None:
    assert ContactEvent.parse(contact_event({})).text("p") is None


@settings(max_examples=200, deadline=None)
@given(contact=st.dictionaries(st.sampled_from(KEYS), JSON), parameters=JSON)
def test_no_value_of_an_optional_key_stops_the_parser(contact: dict[str, object], parameters: object) -> None:
    event = ContactEvent.parse(contact_event(parameters, caller=None, **contact))
    assert event.contact_id == CONTACT_ID
    assert all(event.raw_contact[key] is value for key, value in contact.items())
    assert all(isinstance(value, str) for value in event.attributes.values())
    assert all((event.text(name) or "x").encode() for name in event.parameters)


@settings(max_examples=200, deadline=None)
@given(raw=JSON)
def test_any_other_json_is_no_connect_event(raw: object) -> None:
    with pytest.raises(NotAConnectEvent):
        ContactEvent.parse(raw)  # type: ignore[arg-type]  # as above


def test_parsing_does_not_change_the_payload() -> None:
    raw = contact_event({"a": [1, {"b": None}]})
    before = json.dumps(raw)
    ContactEvent.parse(raw)
    assert json.dumps(raw) == before
