"""What the alias remembers about releases: compact JSON in its Description.

It is written in the same UpdateAlias call as the move that it describes, so the two cannot part.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from live_alias.limits import DESCRIPTION_MAX_CHARS
from live_alias.progress import WHY_MAX_CHARS, Progress
from live_alias.routing import Routing

FINGERPRINT_CHARS = 16
OWNER_CHARS = 8
FORMAT = 1


@dataclass(frozen=True)
class Release:
    """One candidate, and what there was before it."""

    candidate: str
    before: Routing | None = None
    """What carried the calls; None if the alias was made for this candidate."""
    previous: str | None = None
    """The version that the alias `previous` named."""
    adopted_from: str | None = None
    """Set by the Create that found the alias: the earlier record's owner, "" for an alias made by hand."""
    description: str = ""
    """The text that an adopted alias had, if there is room for it."""


@dataclass(frozen=True)
class Record:
    """The state of the alias, readable from GetAlias alone."""

    owner: str
    """Which custom resource manages the alias: a Delete of another one leaves it alone."""
    fingerprint: str = ""
    """Of the newest candidate, the same in every Region; shortened."""
    releases: tuple[Release, ...] = ()
    """The newest first; as many as there is room for."""
    judged: str = ""
    """The fingerprint that a release judged bad: no deploy starts it again."""
    progress: Progress | None = None
    """Of the newest candidate's release, where it is released by evidence."""

    @property
    def stable(self) -> str | None:
        """The version that the newest release goes back to; None where there was none before."""
        before = self.releases[0].before if self.releases else None
        return before.most if before else None

    @property
    def active(self) -> Progress | None:
        """The progress, while a controller is to work on it."""
        return self.progress if self.progress and self.progress.active else None

    def started(self, candidate: str) -> bool:
        """Whether `candidate` is the one that was released last."""
        return bool(self.releases) and self.releases[0].candidate == candidate

    def rejects(self, fingerprint: str) -> bool:
        """Whether a verdict against this fingerprint is recorded."""
        return bool(fingerprint) and self.judged == fingerprint[:FINGERPRINT_CHARS]

    def description(self) -> str:
        """As text of at most 256 characters: an adopted text gives way first, then the oldest releases, then
        the words of `why`, then the smaller part of a split that the newest release found."""
        text = _encode(self)
        excess = len(text) - DESCRIPTION_MAX_CHARS
        return text if excess <= 0 else _shorter(self, excess).description()


def parse(description: str) -> Record | None:
    """None for anything that `Record.description` did not write: an operator may write what they like."""
    try:
        raw = json.loads(description)
        if raw["patchbay"] != FORMAT:
            return None
        releases = tuple(_release(entry) for entry in raw["releases"])
        judged = str(raw.get("judged", ""))[:FINGERPRINT_CHARS]
        progress = Progress.of(raw["release"]) if "release" in raw else None
        return Record(str(raw["owner"])[:OWNER_CHARS], str(raw["fingerprint"]), releases, judged, progress)
    except (ValueError, TypeError, KeyError, AttributeError):
        return None


def _shorter(record: Record, excess: int) -> Record:
    """Without what is missed least; the newest release stays, or its progress would be nobody's."""
    newest, *older = record.releases or (None,)
    progress = record.progress
    if newest and newest.description:
        return replace(record, releases=(replace(newest, description=""), *older))
    if older:
        return replace(record, releases=record.releases[:-1])
    if progress and progress.why:
        why = progress.why[:WHY_MAX_CHARS]
        return replace(record, progress=replace(progress, why=why[: max(0, len(why) - excess)]))
    if newest and newest.before and newest.before.weights:
        return replace(record, releases=(replace(newest, before=Routing(newest.before.most)),))
    raise ValueError(f"a record of {DESCRIPTION_MAX_CHARS + excess} characters cannot be made shorter")


def _release(raw: Mapping[str, Any]) -> Release:
    before = Routing.of(str(raw["from"]), raw.get("weights", {})) if "from" in raw else None
    int(raw["to"])
    return Release(
        str(raw["to"]), before, raw.get("previous"), raw.get("adopted"), str(raw.get("description", ""))
    )


def _encode(record: Record) -> str:
    raw: dict[str, Any] = {
        "patchbay": FORMAT,
        "owner": record.owner,
        "fingerprint": record.fingerprint[:FINGERPRINT_CHARS],
        "releases": [_raw(release) for release in record.releases],
    }
    if record.judged:
        raw["judged"] = record.judged[:FINGERPRINT_CHARS]
    if record.progress:
        raw["release"] = record.progress.as_dict()
    return json.dumps(raw, separators=(",", ":"))


def _raw(release: Release) -> dict[str, Any]:
    before = release.before
    pairs = {
        "to": release.candidate,
        "from": before.version if before else None,
        "weights": dict(before.weights) or None if before else None,
        "previous": release.previous,
        "adopted": release.adopted_from,
        "description": release.description or None,
    }
    return {key: value for key, value in pairs.items() if value is not None}
