"""References such as `$.Attributes.name`: where they stand in a flow, and what they read.

Source: Amazon Connect administrator guide, "List of available contact attributes and their JSONPath
references".
"""

import json
import re
from collections.abc import Iterator, Mapping

_NAME = r"\w(?:[\w-]*\w)?"
_STEP = rf"(?:\.{_NAME}|\.?\['[^']+'\])"
_PATH = rf"\${_STEP}+"
# Found in real flows as `$.Root.$.Root.name`; read as the inner reference.
_DOUBLED = rf"(?:\$\.(?P<root>{_NAME})\.(?=\$\.(?P=root)\b))?"
_REFERENCE = re.compile(_DOUBLED + rf"(?P<path>{_PATH})")
_STEPS = re.compile(rf"\.?\['(?P<quoted>[^']+)'\]|\.(?P<name>{_NAME})")


def text(value: object, data: Mapping[str, object]) -> str:
    """`value` as a block that wants text reads it: each reference replaced, a missing one by nothing.

    A `$` straight before a reference stays: `$$.Attributes.amount` is a price.
    """
    if not isinstance(value, str):
        return _as_text(value)
    return _REFERENCE.sub(lambda match: _as_text(_read(match["path"], data)), value)


def paths(text: str) -> Iterator[tuple[str, ...]]:
    """The keys of each reference in a text, in order: `$.External.a['b c']` is External, a, `b c`."""
    for match in _REFERENCE.finditer(text):
        yield tuple(_keys(match["path"]))


def texts(value: object) -> Iterator[str]:
    """Every string in a JSON value, keys included."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, Mapping):
        for key, inner in value.items():
            yield from texts(key)
            yield from texts(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from texts(inner)


def values(given: Mapping[str, object], data: Mapping[str, object]) -> dict[str, object]:
    """A map as a function receives it: whole references keep their shape, keys are resolved too."""
    return {text(key, data): value(inner, data) for key, inner in given.items()}


def value(given: object, data: Mapping[str, object]) -> object:
    """One value of such a map."""
    if isinstance(given, Mapping):
        return values(given, data)
    if isinstance(given, list):
        return [value(inner, data) for inner in given]
    if not isinstance(given, str):
        return given
    whole = _REFERENCE.fullmatch(given)
    return _read(whole["path"], data) if whole else text(given, data)


def _read(path: str, data: Mapping[str, object]) -> object:
    """What the path leads to; "" where a key is missing, null, or inside an array."""
    current: object = data
    for key in _keys(path):
        current = current.get(key) if isinstance(current, Mapping) else None
    return "" if current is None else current


def _keys(path: str) -> Iterator[str]:
    return (step["quoted"] or step["name"] for step in _STEPS.finditer(path))


def _as_text(found: object) -> str:
    """Strings as they are, other scalars and objects as JSON; a flow cannot use an array."""
    if isinstance(found, str):
        return found
    if found is None or isinstance(found, list):
        return ""
    return json.dumps(found, ensure_ascii=False, separators=(",", ":"))
