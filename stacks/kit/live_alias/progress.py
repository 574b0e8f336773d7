"""Where a release by evidence stands: the part of the record that controller and operators share."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

WHY_MAX_CHARS = 48


class Phase(StrEnum):
    """A release goes from START over SHIFT and WATCH to one of the three ends."""

    START = "start"
    """No caller meets the candidate: warm-up, waiting for its turn or for another Region's verdict."""
    SHIFT = "shift"
    """Some callers meet the candidate."""
    WATCH = "watch"
    """All callers do; what carried them before is kept to go back to."""
    DONE = "done"
    """Promoted and watched."""
    BACK = "back"
    """Taken back on a verdict: the candidate is not released again by itself."""
    STOP = "stop"
    """Ended without a verdict: aborted, or undecided when its time was up."""


ENDS = frozenset({Phase.DONE, Phase.BACK, Phase.STOP})


@dataclass(frozen=True)
class Progress:
    """The state of one release, written together with every move of the alias."""

    phase: Phase
    at: int
    """When it was started, in epoch seconds; with the candidate it names the execution."""
    paused: bool = False
    """The weight stays as it is; a verdict against the candidate still takes callers back."""
    why: str = ""
    """What led here, in a few words; an operator's reason where one acted."""

    @property
    def active(self) -> bool:
        """Whether a controller is to work on it."""
        return self.phase not in ENDS

    def as_dict(self) -> dict[str, Any]:
        """As short as can be: the record has 256 characters."""
        why = self.why[:WHY_MAX_CHARS]
        pairs = {"phase": self.phase.value, "at": self.at, "paused": int(self.paused), "why": why}
        return {key: value for key, value in pairs.items() if value}

    @classmethod
    def of(cls, raw: Mapping[str, Any]) -> "Progress":
        """Raises ValueError or KeyError on anything that `as_dict` did not make."""
        why = str(raw.get("why", ""))[:WHY_MAX_CHARS]
        return cls(Phase(raw["phase"]), int(raw["at"]), bool(raw.get("paused")), why)
