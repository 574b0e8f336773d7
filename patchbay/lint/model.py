"""What a rule is, and what it finds."""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum

from patchbay.lint.linted_flow import LintedFlow

_UUID = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}", re.IGNORECASE)


class Severity(StrEnum):
    """What a finding does to a deploy."""

    ERROR = "error"
    """Stops the synth."""
    WARNING = "warning"
    """Is shown, and the deploy goes on."""


@dataclass(frozen=True)
class Spot:
    """Where a rule is broken, and how."""

    block: str | None
    """The block's Identifier; None for the flow itself."""
    wrong: str
    """What is wrong here, with the values."""


@dataclass(frozen=True)
class Rule:
    """One thing that a flow must or should do."""

    id: str
    """Short, in small letters and dashes."""
    severity: Severity
    what: str
    """The rule, as a sentence about a flow that keeps it."""
    why: str
    """What a caller or a deploy meets where it is broken."""
    fix: str
    """What to do about it."""
    find: Callable[[LintedFlow], Iterator[Spot]]


@dataclass(frozen=True)
class Finding:
    """One rule, broken in one place."""

    source: str
    """The file."""
    rule: Rule
    spot: Spot
    accepted: str | None = None
    """Why it is right here; None where nobody has accepted it."""
    block_type: str | None = None
    """None for the flow itself."""

    @property
    def is_error(self) -> bool:
        """Whether it stops the synth."""
        return self.rule.severity is Severity.ERROR and self.accepted is None

    @property
    def is_warning(self) -> bool:
        """Whether it is only shown."""
        return self.rule.severity is Severity.WARNING and self.accepted is None

    @property
    def place(self) -> str:
        """The block, with its type where it is exported and its Identifier says nothing; or the flow."""
        if self.spot.block is None:
            return "the flow"
        kind = f" ({self.block_type})" if self.block_type and _UUID.fullmatch(self.spot.block) else ""
        return f"block {self.spot.block!r}{kind}"

    @property
    def sentence(self) -> str:
        """File, block, what is wrong, what to do (or why it is accepted), rule."""
        where = self.source if self.spot.block is None else f"{self.source}: {self.place}"
        then = self.rule.fix if self.accepted is None else f"accepted: {self.accepted}"
        return f"{where}: {self.spot.wrong}: {then} [{self.rule.id}]"

    def as_dict(self) -> dict[str, str | None]:
        """For `--json`."""
        return {
            "file": self.source,
            "block": self.spot.block,
            "rule": self.rule.id,
            "severity": str(self.rule.severity),
            "wrong": self.spot.wrong,
            "fix": self.rule.fix,
            "why": self.rule.why,
            "accepted": self.accepted,
        }


def shown(names: Sequence[str], most: int) -> str:
    """The first of them, and how many more there are."""
    more = f" and {len(names) - most} more" if len(names) > most else ""
    return ", ".join(names[:most]) + more
