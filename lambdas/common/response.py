"""What Connect accepts as a function's response.

Source: Amazon Connect administrator guide, "Invoke AWS Lambda functions", "Verify the function response".
The handlers' decorator and the call simulator use this one check.
"""

import json
import re
from collections.abc import Iterator, Mapping
from enum import StrEnum

RESPONSE_MAX_BYTES = 32 * 1024
"""The response must be smaller than this, as UTF-8 JSON."""

_ADDRESSABLE = re.compile(r"[A-Za-z0-9_-]+")


class ResponseType(StrEnum):
    """The block's response validation."""

    STRING_MAP = "STRING_MAP"
    """A flat object whose values are strings."""
    JSON = "JSON"
    """An object whose values may nest."""


class ResponseRefused(Exception):
    """A handler returned what Connect would send down the Error branch."""


def refusal(response: object, response_type: ResponseType) -> str | None:
    """Why Connect would refuse `response`, a handler's answer or its parsed JSON; None if it would not."""
    if not isinstance(response, Mapping):
        return f"the response is {_kind(response)}, but Connect takes an object"
    try:
        size = len(encoded(response))
    except (TypeError, ValueError) as error:
        return f"the response is not JSON: {error}"
    if size >= RESPONSE_MAX_BYTES:
        return f"the response has {size} bytes, but Connect takes fewer than {RESPONSE_MAX_BYTES}"
    if response_type is ResponseType.JSON:
        return None
    for key, value in response.items():
        if not isinstance(value, str):
            return f"{key!r} is {_kind(value)}, but a STRING_MAP takes strings only"
    return None


def encoded(response: object) -> bytes:
    """The response as Lambda sends it: compact enough to be a fair measure of its size."""
    return json.dumps(response, ensure_ascii=False, allow_nan=False).encode()


def warnings(response: Mapping[str, object]) -> tuple[str, ...]:
    """What a flow cannot use of an accepted response: keys it cannot address, and arrays."""
    return tuple(_warnings(response, ""))


def _warnings(value: Mapping[str, object], path: str) -> Iterator[str]:
    for key, inner in value.items():
        here = f"{path}{key}"
        if not _ADDRESSABLE.fullmatch(str(key)):
            yield f"a flow cannot address the key {here!r}: use letters, digits, dash and underscore"
        elif isinstance(inner, list):
            yield f"a flow cannot address the array {here!r}: only another function can read it"
        elif isinstance(inner, Mapping):
            yield from _warnings(inner, f"{here}.")


def _kind(value: object) -> str:
    names = {
        list: "an array",
        dict: "an object",
        bool: "a boolean",
        int: "a number",
        float: "a number",
        str: "a string",
    }
    return "null" if value is None else names.get(type(value), f"a {type(value).__name__}")
