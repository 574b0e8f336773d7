"""What Connect accepts as a response."""

import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from common.response import RESPONSE_MAX_BYTES, ResponseType, encoded, refusal, warnings

BOTH = list(ResponseType)
VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text() | st.binary(max_size=3),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
    max_leaves=10,
)


def of_size(size: int) -> dict[str, str]:
    """A response of exactly `size` bytes."""
    return {"k": "x" * (size - len(encoded({"k": ""})))}


@pytest.mark.parametrize("response_type", BOTH)
@pytest.mark.parametrize(
    ("response", "reason"),
    [
        ([{"a": "b"}], "an array"), (None, "null"), ("ok", "a string"), (7, "a number"), (True, "a boolean"),
        ({"a": float("nan")}, "not JSON"), ({"a": float("inf")}, "not JSON"), ({"a": b"x"}, "not JSON"),
        ({"a": {1, 2}}, "not JSON"), ({"a": "\ud800"}, "not JSON"), ({("a",): "b"}, "not JSON"),
        (of_size(33 * 1024), "bytes"),
    ],
)  # fmt: skip
def test_some_responses_are_refused_under_either_type(
    response: object, reason: str, response_type: ResponseType
) -> None:
    assert reason in (refusal(response, response_type) or "")


@pytest.mark.parametrize("value", [{"b": "c"}, ["b"], 1, 1.5, True, None])
def test_a_string_map_takes_strings_only(value: object) -> None:
    assert "'a'" in (refusal({"a": value}, ResponseType.STRING_MAP) or "")
    assert refusal({"a": value}, ResponseType.JSON) is None


@pytest.mark.parametrize("response_type", BOTH)
def test_the_limit_is_fewer_than_32_kib_of_utf8(response_type: ResponseType) -> None:
    assert refusal(of_size(RESPONSE_MAX_BYTES - 1), response_type) is None
    assert refusal(of_size(RESPONSE_MAX_BYTES), response_type) is not None
    assert refusal({"k": "é" * (RESPONSE_MAX_BYTES // 2)}, response_type) is not None


def test_an_empty_object_is_a_response() -> None:
    assert refusal({}, ResponseType.STRING_MAP) is None


def test_keys_and_arrays_that_a_flow_cannot_address_are_warned_of() -> None:
    found = warnings({"ok_1": "a", "no space": "b", "in": {"é": "c", "list": [1]}})
    assert [text.split("'")[1] for text in found] == ["no space", "in.é", "in.list"]


@settings(max_examples=300, deadline=None)
@given(response=VALUES)
def test_what_is_accepted_survives_json_and_what_a_string_map_takes_json_takes(response: object) -> None:
    if refusal(response, ResponseType.JSON) is None:
        assert json.loads(encoded(response)) == response
    else:
        assert refusal(response, ResponseType.STRING_MAP) is not None


@settings(max_examples=200, deadline=None)
@given(response=st.dictionaries(st.text(st.characters(codec="utf-8")), st.text(st.characters(codec="utf-8"))))
def test_a_small_flat_map_of_strings_is_accepted(response: dict[str, str]) -> None:
    assert refusal(response, ResponseType.STRING_MAP) is None
