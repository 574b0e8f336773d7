"""What Connect accepts as a response of a Node.js function: the rules and words of the Python check."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from common.answers import failure, success
from common.response import RESPONSE_MAX_BYTES, ResponseType, refusal
from tests.lambdas.node.runner import NodeHandler

MODULE = "common/response.mjs"
HANDLERS = Path(__file__).parent / "handlers.mjs"
BOTH = list(ResponseType)
VALUES = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**53), 2**53) | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
    max_leaves=10,
)


@pytest.fixture(scope="module")
def process() -> Iterator[NodeHandler]:
    with NodeHandler(None) as running:
        yield running


def refused(process: NodeHandler, response: object, response_type: ResponseType) -> str | None:
    answer = process.call(MODULE, "refusal", response, response_type)
    assert answer.error is None, answer.error
    words: str | None = answer.value
    return words


def of_size(size: int) -> dict[str, str]:
    """A response of exactly `size` bytes, as JSON.stringify writes it."""
    return {"k": "x" * (size - len('{"k":""}'))}


@pytest.mark.parametrize("response_type", BOTH)
@pytest.mark.parametrize(
    "response",
    [
        [{"a": "b"}], None, "ok", 7, True, {}, {"a": "b"}, {"a": 1}, {"a": 1.5}, {"a": True}, {"a": None},
        {"a": ["b"]}, {"a": {"b": "c"}}, {"a": {"b": ["c", None, 1]}}, {"no space": "é"}, {"__proto__": "b"},
    ],
)  # fmt: skip
def test_a_response_is_judged_with_the_words_of_python(
    process: NodeHandler, response: object, response_type: ResponseType
) -> None:
    assert refused(process, response, response_type) == refusal(response, response_type)


@pytest.mark.parametrize("response_type", BOTH)
@pytest.mark.parametrize("response", [{"a": "\ud800"}, {"\ud800": "a"}, {"a": [{"b": "\udc00\ud800"}]}])
def test_half_of_a_surrogate_pair_is_refused_in_both_languages(
    process: NodeHandler, response: object, response_type: ResponseType
) -> None:
    words = "the response is not JSON: "
    assert refused(process, response, response_type) == f"{words}it holds half of a surrogate pair"
    assert (refusal(response, response_type) or "").startswith(words)


@pytest.mark.parametrize("response_type", BOTH)
@pytest.mark.parametrize(
    ("odd", "reason"),
    [
        ("undefined", "is undefined, but Connect takes an object"),
        ("a Map itself", "is a Map, but Connect takes an object"),
        ("undefined inside", "is not JSON: it holds undefined"),
        ("NaN", "is not JSON: it holds NaN"),
        ("Infinity", "is not JSON: it holds Infinity"),
        ("a bigint", "is not JSON: it holds a bigint"),
        ("a function", "is not JSON: it holds a function"),
        ("a Date", "is not JSON: it holds a Date"),
        ("a Map", "is not JSON: it holds a Map"),
        ("a circle", "is not JSON: it holds a circle"),
    ],
)
def test_what_json_would_drop_or_change_without_a_word_is_refused(
    process: NodeHandler, odd: str, reason: str, response_type: ResponseType
) -> None:
    answer = process.call(str(HANDLERS), "oddRefusal", odd, response_type)
    assert answer.value == f"the response {reason}"


@pytest.mark.parametrize("response_type", BOTH)
def test_the_limit_is_fewer_than_32_kib_of_utf8(process: NodeHandler, response_type: ResponseType) -> None:
    assert refused(process, of_size(RESPONSE_MAX_BYTES - 1), response_type) is None
    too_large = f"the response has {RESPONSE_MAX_BYTES} bytes, but Connect takes fewer than 32768"
    assert refused(process, of_size(RESPONSE_MAX_BYTES), response_type) == too_large
    assert refused(process, {"k": "é" * (RESPONSE_MAX_BYTES // 2)}, response_type) is not None


@settings(max_examples=150, deadline=None)
@given(response=VALUES)
def test_any_response_is_judged_as_in_python(process: NodeHandler, response: object) -> None:
    for response_type in BOTH:
        ours, pythons = (refused(process, response, response_type), refusal(response, response_type))
        assert (ours is None) == (pythons is None)


def test_answers_are_those_of_python(process: NodeHandler) -> None:
    module = "common/answers.mjs"
    extra = {"status": "ok", "hint": "later"}
    for retryable in (True, False):
        answer = process.call(module, "failure", "accountBusy", {"retryable": retryable, **extra})
        assert answer.value == failure("accountBusy", retryable=retryable, **extra)
    assert process.call(module, "success", {"status": "error", "found": "true"}).value == success(
        found="true"
    )
    assert process.call(module, "success").value == success()
