"""The event that Connect sends, as Node.js functions see it: field by field what Python functions see."""

import json
from collections.abc import Iterator
from dataclasses import asdict
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from common.event import TEXT_MAX_CHARS, ContactEvent
from tests.lambdas.invocations import CONTACT_ID, GOLD_MEMBER, contact_event
from tests.lambdas.node.runner import NodeHandler

HANDLERS = Path(__file__).parent / "handlers.mjs"
KEYS = (
    "InitialContactId", "PreviousContactId", "Channel", "InitiationMethod", "InstanceARN", "LanguageCode",
    "CustomerEndpoint", "SystemEndpoint", "Queue", "Attributes", "SomethingNew",
)  # fmt: skip
WHOLE = st.integers(-(2**53), 2**53)
"""JavaScript has no others that are exact."""
VALUES = st.recursive(
    st.none() | st.booleans() | WHOLE | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
    max_leaves=10,
)


@pytest.fixture(scope="module")
def process() -> Iterator[NodeHandler]:
    with NodeHandler(HANDLERS, {"PATCHBAY_RESPONSE_TYPE": "JSON"}, export="parsed") as handler:
        yield handler


@pytest.fixture(scope="module")
def texts() -> Iterator[NodeHandler]:
    with NodeHandler(HANDLERS, {"PATCHBAY_RESPONSE_TYPE": "JSON"}, export="texts") as handler:
        yield handler


def seen(process: NodeHandler, raw: object) -> dict[str, Any]:
    """What the handler tells of the event."""
    answer = process.invoke(raw)
    assert answer.error is None, answer.error
    value: dict[str, Any] = answer.value
    return value


def as_python(raw: dict[str, Any]) -> dict[str, Any]:
    """What Python functions see, by the names of Node.js."""
    fields = asdict(ContactEvent.parse(json.loads(json.dumps(raw))))
    return {_camel(name): value for name, value in fields.items()}


def _camel(name: str) -> str:
    first, *rest = name.split("_")
    return first + "".join(word.title() for word in rest)


@pytest.mark.parametrize(
    "raw",
    [
        contact_event(
            {"a": {"b": [1]}},
            Attributes={"tier": "gold", "count": 7},
            LanguageCode="fr-CA",
            InitialContactId="first",
            Queue={"ARN": "arn:q", "Name": "Support"},
        ),
        *(contact_event(Channel=channel) for channel in ("VOICE", "CHAT", "TASK", "EMAIL", "HOLOGRAM")),
        contact_event(None, **dict.fromkeys(KEYS)),
        contact_event({}, caller=None, Queue=[], SystemEndpoint="none", Attributes=["a"]),
        {"Details": {"ContactData": {"ContactId": "c-1"}}},
        contact_event(SegmentAttributes={"connect:Subtype": {"ValueString": "x"}}),
    ],
)
def test_every_field_is_read_as_in_python(process: NodeHandler, raw: dict[str, Any]) -> None:
    assert seen(process, raw)["event"] == as_python(raw)


@pytest.mark.parametrize(
    "raw",
    [
        {}, {"Records": []}, [], None, "text", 7, {"Details": None}, {"Details": {"ContactData": None}},
        {"Details": {"ContactData": {"ContactId": ""}}}, {"Details": {"ContactData": {"ContactId": 7}}},
        {"Details": {"ContactData": {"ContactId": "c-\ud800"}}},
    ],
)  # fmt: skip
def test_a_payload_without_a_contact_id_is_no_connect_event(process: NodeHandler, raw: object) -> None:
    error = process.invoke(raw).error
    assert error is not None
    assert error.type == "NotAConnectEvent"
    assert "Details.ContactData.ContactId is missing" in error.message


def test_what_is_shown_of_an_event_holds_no_personal_data(process: NodeHandler) -> None:
    raw = contact_event({"pin": "4711"}, Attributes={"name": "Océane"})
    for shown in seen(process, raw)["shown"]:
        assert CONTACT_ID in shown
        assert not any(secret in shown for secret in (GOLD_MEMBER, "4711", "Océane"))


@pytest.mark.parametrize(
    ("value", "text"),
    [
        ("  GGG ", "GGG"), ("\x1c\x85GGG\u2003\n", "GGG"), ("\ufeffGGG", "\ufeffGGG"),
        (10, "10"), (10.5, "10.5"), (True, "true"), (False, "false"),
        ("", None), (" \t", None), (None, None), ({"a": 1}, None), (["a"], None), ("half \ud800 pair", None),
        ("x" * TEXT_MAX_CHARS, "x" * TEXT_MAX_CHARS), ("x" * (TEXT_MAX_CHARS + 1), None),
        ("😀" * TEXT_MAX_CHARS, "😀" * TEXT_MAX_CHARS), ("😀" * (TEXT_MAX_CHARS + 1), None),
    ],
)  # fmt: skip
def test_a_text_parameter_is_a_trimmed_scalar_of_bounded_length(
    texts: NodeHandler, value: object, text: str | None
) -> None:
    raw = contact_event({"p": value})
    assert seen(texts, raw) == {"p": text}
    assert ContactEvent.parse(raw).text("p") == text, "and in Python"


def test_a_parameter_that_is_absent_has_no_text(process: NodeHandler) -> None:
    assert seen(process, contact_event({}))["absent"] == [None, None]


@settings(max_examples=150, deadline=None)
@given(contact=st.dictionaries(st.sampled_from(KEYS), VALUES), parameters=VALUES)
def test_whatever_connect_sends_is_read_as_in_python(
    process: NodeHandler, texts: NodeHandler, contact: dict[str, object], parameters: object
) -> None:
    raw = contact_event(parameters, caller=None, **contact)
    assert seen(process, raw)["event"] == as_python(raw)
    python = ContactEvent.parse(raw)
    assert seen(texts, raw) == {name: python.text(name) for name in python.parameters}


@settings(max_examples=100, deadline=None)
@given(raw=VALUES)
def test_any_other_json_is_no_connect_event(process: NodeHandler, raw: object) -> None:
    error = process.invoke(raw).error
    assert error is not None
    assert error.type == "NotAConnectEvent"
