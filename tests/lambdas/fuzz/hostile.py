"""Values that break things: texts, numbers, nests. Every free text of them carries MARK.

MARK in a log line is thus a value that should have stayed out of it.
"""

from typing import TypeVar

from hypothesis import strategies as st

Value = TypeVar("Value")

MARK = "QZJXKVWYBPQH"
_ROOM = 256 - len(MARK)
"""Up to the longest text that a handler takes."""

TEXTS = (
    "", " ", "\t\n", "none", "null", "undefined", "true", "NaN", "Infinity", "-0", "1e309", "0x10",
    "1,000.00",
    "' OR 1=1; DROP TABLE customers --", "<script>alert(1)</script>", "</speak><speak>", "%s%n%d", "{0}",
    "$.External.name", "$['a'][?(@.b)]", "{{7*7}}", "${jndi:ldap://example.com}", "../../etc/passwd", "a#b#c",
    "__proto__", "constructor", "toString", "\x00", "\x1b[31m", '\r\n{"level":"ERROR"}', "\u2028", "\x85",
    "\ud800", "a\udfff", "\udc00\ud800", "\ufeff", "\u202eabc", "e\u0301" * 20, "\U0001f469\u200d\U0001f680",
    "\u0661\u0662\u0663", "\uff14" * 16, "4111 1111 1111 1111", "+14165550011", "00 1 416 555 0011",
    "tel:+1416", "anonymous",
)  # fmt: skip
_LONG = st.sampled_from([_ROOM, _ROOM + 1, 1_100, 2_100, 40_000])


def _with_mark(text: str, place: int) -> str:
    at = (0, len(text) // 2, len(text))[place]
    return f"{text[:at]}{MARK}{text[at:]}"


unmarked = st.one_of(
    st.sampled_from(TEXTS),
    st.sampled_from(TEXTS),
    st.text(max_size=30),
    st.builds(lambda letter, times: letter * times, st.sampled_from("xé"), _LONG),
)
"""For values that a log line may hold."""
texts = st.builds(_with_mark, unmarked, st.integers(0, 2))
numbers = st.one_of(
    st.integers(-1_000, 1_000),
    st.sampled_from([2**31, 2**53 + 1, 2**63, -(2**64), 10**30, 10**400, 14165550011]),
    st.floats(),
)
"""NaN and the infinities too: Python's JSON has them."""
scalars = st.none() | st.booleans() | numbers | texts


def _deep(levels: int) -> object:
    value: object = MARK
    for level in range(levels):
        value = [value] if level % 2 else {MARK: value}
    return value


nests = st.one_of(
    st.recursive(
        scalars,
        lambda inner: st.lists(inner, max_size=3) | st.dictionaries(texts, inner, max_size=3),
        max_leaves=5,
    ),
    st.sampled_from([[], {}, [[]], {"": ""}, {"S": "C-1001"}, {"__proto__": {"a": 1}}]),
    st.sampled_from([1, 20, 150]).map(_deep),
)
odd = scalars | nests
"""Anything that JSON can carry."""


def mostly(good: st.SearchStrategy[Value]) -> st.SearchStrategy[object]:
    """`good`, so that an event gets past the first checks; any value now and then."""
    return seldom(6).flatmap(lambda now: odd if now else good)


def seldom(times: int) -> st.SearchStrategy[bool]:
    """True about once in so many times. Not at an end of a range: those are drawn more often."""
    return st.integers(0, times).map(lambda turn: turn == times // 2 + 1)
