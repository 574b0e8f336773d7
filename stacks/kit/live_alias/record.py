"""What the alias remembers about releases: compact JSON in its Description.

It is written in the same UpdateAlias call as the move that it describes, so the two cannot part.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from live_alias.progress import Progress
from live_alias.routing import Routing

# Lambda API reference, UpdateAlias: Description, at most 256 characters.
DESCRIPTION_MAX_CHARS = 256
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
        the words of `why`."""
        text = _encode(self)
        if len(text) <= DESCRIPTION_MAX_CHARS:
            return text
        newest, *older = self.releases
        if newest.description:
            return replace(self, releases=(replace(newest, description=""), *older)).description()
        if not older and self.progress and self.progress.why:
            room = max(0, len(self.progress.why) - (len(text) - DESCRIPTION_MAX_CHARS))
            return replace(self, progress=replace(self.progress, why=self.progress.why[:room])).description()
        return replace(self, releases=self.releases[:-1]).description()


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
