"""What checks look at and what they find."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from patchbay.config import Environment
from patchbay.live.model import Read, Seen, Unread


class Status(StrEnum):
    """Of one finding. What could not be looked at is SKIPPED, never PASS."""

    PASS = "PASS"  # noqa: S105 - a status
    WARN = "WARN"
    FAIL = "FAIL"
    SKIPPED = "SKIPPED"


@dataclass(frozen=True)
class Place:
    """What a finding is about; the map colours it."""

    function: str | None = None
    region: str | None = None
    instance: str | None = None
    flow: str | None = None
    stack: str | None = None

    @property
    def label(self) -> str:
        """For people: `tutorial in us-west-2`, `instance americas`, `flow front_desk of americas`."""
        if self.stack:
            return f"stack {self.stack}"
        if self.flow:
            return f"flow {self.flow} of {self.instance}"
        if self.function:
            where = f"{self.function} in {self.region}" if self.region else self.function
            return f"{where} for {self.instance}" if self.instance else where
        if self.instance:
            return f"instance {self.instance}"
        return self.region or "this machine"


@dataclass(frozen=True)
class Mend:
    """What `--fix` may do about a finding by itself: one small change, safe to repeat."""

    sentence: str
    """What it does, for the plan."""
    action: str
    """`associate`, `remove-statement` or `add-permission`: see patchbay/doctor/mending.py."""
    arguments: Mapping[str, str]
    """Of the action."""


@dataclass(frozen=True)
class Finding:
    """One thing that was looked at."""

    status: Status
    place: Place
    sentence: str
    """What is so, with the values that show it; for SKIPPED the reason."""
    fix: str = ""
    """What to do next, a command where there is one. Empty for PASS and SKIPPED."""
    mend: Mend | None = None
    right: str | None = None
    """For SKIPPED: the IAM action that the credentials lack."""


@dataclass(frozen=True)
class Tools:
    """The programs on this machine that a deploy needs; an empty version: it did not start."""

    cdk: str
    cdk_wanted: str
    node: str
    node_least: str


@dataclass(frozen=True)
class Scene:
    """All that checks may look at. They make no AWS call."""

    environment: Environment
    seen: Seen
    tools: Tools
    templates: Read[Mapping[str, Mapping[str, Any]]] | Unread
    """What this code synthesizes, by stack name."""


@dataclass(frozen=True)
class Check:
    """One question to the deployment."""

    id: str
    """Short and stable, as in alias-exists."""
    title: str
    """What is asked, in a few words, for the table."""
    why: str
    """What callers or operators meet when the answer is no. One or two sentences."""
    fix: str
    """How it is mended, in general."""
    link: str
    """The AWS page behind it, or a page of this project."""
    look: Callable[[Scene], Iterable[Finding]]
    """Findings for everything that was looked at, what passed too. None at all: the environment has nothing
    of the kind, which counts as SKIPPED."""


def passed(place: Place, sentence: str) -> Finding:
    """As it should be."""
    return Finding(Status.PASS, place, sentence)


def warned(place: Place, sentence: str, fix: str, mend: Mend | None = None) -> Finding:
    """Calls work today, but something is about to go wrong or was left behind."""
    return Finding(Status.WARN, place, sentence, fix, mend)


def failed(place: Place, sentence: str, fix: str, mend: Mend | None = None) -> Finding:
    """Callers meet it, or will at the next call, release or deploy."""
    return Finding(Status.FAIL, place, sentence, fix, mend)


def skipped(place: Place, unread: Unread) -> Finding:
    """It could not be looked at."""
    return Finding(Status.SKIPPED, place, unread.why, right=unread.right)
