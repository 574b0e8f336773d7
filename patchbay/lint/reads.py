"""What a block reads of `$.External`, the response of the last function that succeeded."""

from dataclasses import dataclass
from typing import Any

from patchbay.simulator import references


@dataclass(frozen=True)
class Read:
    """One `$.External` reference."""

    key: str
    """Dotted; empty where the whole response is meant."""

    def __str__(self) -> str:
        return f"$.External.{self.key}" if self.key else "$.External"


def external_reads(parameters: Any) -> tuple[Read, ...]:
    """Each reference in the parameters, keys included, once."""
    read = (path for text in references.texts(parameters) for path in references.paths(text))
    return tuple(dict.fromkeys(Read(".".join(keys)) for root, *keys in read if root == "External"))
