"""What a block reads of `$.External`, the response of the last function that succeeded.

Source: Amazon Connect administrator guide, "List of available contact attributes and their JSONPath
references".
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

_STEP = r"\.\w(?:[\w-]*\w)?|\.?\['[^']+'\]"
_EXTERNAL = re.compile(rf"\$\.External(?![\w-])(?P<steps>(?:{_STEP})*)")
_NAME = re.compile(r"[^\s.\[\]']+(?:\s[^\[\]']+)?")


@dataclass(frozen=True)
class Read:
    """One `$.External` reference."""

    key: str
    """Dotted; empty where the whole response is meant."""

    def __str__(self) -> str:
        return f"$.External.{self.key}" if self.key else "$.External"


def external_reads(parameters: Any) -> tuple[Read, ...]:
    """Each reference in the parameters, keys included, once."""
    found = (Read(_key(match["steps"])) for text in strings(parameters) for match in _EXTERNAL.finditer(text))
    return tuple(dict.fromkeys(found))


def _key(steps: str) -> str:
    return ".".join(_NAME.findall(steps))


def strings(value: Any) -> Iterator[str]:
    """Every string in a JSON value, keys included."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for key, inner in value.items():
            yield from strings(key)
            yield from strings(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from strings(inner)
