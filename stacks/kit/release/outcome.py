"""What a step decided."""

from dataclasses import dataclass

from live_alias.state import Write
from release.state import State


@dataclass(frozen=True)
class Outcome:
    """Writes in this order, and what the execution carries on with; nothing was written yet."""

    steps: tuple[Write, ...]
    state: State
