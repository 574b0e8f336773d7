"""The alias as a release sees it: what is where, and the writes that move callers. Pure.

Every move is one UpdateAlias of `live` with the record, guarded by the RevisionId that was read.
"""

from dataclasses import dataclass, replace

from live_alias.progress import ENDS, Phase, Progress
from live_alias.record import Record
from live_alias.routing import Routing
from live_alias.state import Alias, Snapshot, Write
from live_alias.strategies import PREVIOUS_DESCRIPTION

LIVE, PREVIOUS = "live", "previous"


@dataclass(frozen=True)
class View:
    """A release that is recorded on the alias. Made by `view`."""

    live: Alias
    previous: Alias | None
    versions: frozenset[str]
    record: Record
    progress: Progress

    @property
    def candidate(self) -> str:
        """The version that is being released."""
        return self.record.releases[0].candidate

    @property
    def stable(self) -> str | None:
        """The version to go back to, if it still exists; `previous` where the recorded one is gone."""
        wishes = [self.record.stable, self.previous.routing.version if self.previous else None]
        return next((v for v in wishes if v and v in self.versions and v != self.candidate), None)

    @property
    def can_split(self) -> bool:
        """Whether there is a published version to share the alias with."""
        return self.stable is not None and self.stable.isdecimal()

    @property
    def weight(self) -> float:
        """The candidate's share of calls now."""
        return self.live.routing.shares.get(self.candidate, 0.0)

    @property
    def strangers(self) -> bool:
        """Whether somebody moved the alias to a version that is not of this release."""
        return not set(self.live.routing.shares) <= {self.candidate, self.stable}

    def end(self, phase: Phase, why: str) -> tuple[Write, ...]:
        """Records the end and leaves callers where they are."""
        return self._write(self.live.routing, replace(self.progress, phase=phase, paused=False, why=why))

    def to_stable(self, phase: Phase, why: str) -> tuple[Write, ...]:
        """Every call to the stable version, in one call; where it is gone, callers stay."""
        routing = Routing(self.stable) if self.stable else self.live.routing
        paused = self.progress.paused and phase not in ENDS
        return self._write(routing, replace(self.progress, phase=phase, why=why, paused=paused))

    def split(self, weight: float, why: str = "") -> tuple[Write, ...]:
        """`weight` (0 to 1) of the calls to the candidate, the rest to the stable version."""
        assert self.stable is not None
        routing = Routing.of(self.stable, {self.candidate: weight})
        return self._write(routing, replace(self.progress, phase=Phase.SHIFT, why=why))

    def promote(self, why: str) -> tuple[Write, ...]:
        """`previous` first, so that Lambda keeps the way back; then every call to the candidate."""
        moved = self._write(
            Routing(self.candidate), replace(self.progress, phase=Phase.WATCH, paused=False, why=why)
        )
        stable = self.stable
        if stable is None or (self.previous is not None and self.previous.routing == Routing(stable)):
            return moved
        revision = self.previous.revision_id if self.previous else None
        return (Write(PREVIOUS, Routing(stable), PREVIOUS_DESCRIPTION, revision), *moved)

    def set_paused(self, *, paused: bool) -> tuple[Write, ...]:
        """Only the flag."""
        return self._write(self.live.routing, replace(self.progress, paused=paused))

    def restart(self, at: int, why: str) -> tuple[Write, ...]:
        """Anew, for another execution: a watch goes on, anything else begins without callers.

        Only a split of this release is ended: all callers on one version are a hand's work.
        """
        if self.progress.phase is Phase.WATCH:
            return self._write(self.live.routing, replace(self.progress, at=at, why=why))
        ours = 0 < self.weight < 1 and not self.strangers and self.stable
        routing = Routing(self.stable) if ours and self.stable else self.live.routing
        return self._write(routing, replace(self.progress, phase=Phase.START, at=at, why=why))

    @property
    def judged(self) -> bool:
        """Whether a verdict against the candidate is recorded."""
        return self.record.rejects(self.record.fingerprint)

    def _write(self, routing: Routing, progress: Progress) -> tuple[Write, ...]:
        judged = self.record.judged
        if progress.phase is Phase.BACK:
            judged = self.record.fingerprint or judged
        elif progress.phase is Phase.WATCH and self.judged:
            judged = ""
        record = replace(self.record, progress=progress, judged=judged)
        return (Write(LIVE, routing, record.description(), self.live.revision_id),)


def view(snapshot: Snapshot) -> View | None:
    """None where no release by evidence is recorded on the alias."""
    live = snapshot.live
    record = live.record if live else None
    if live is None or record is None or record.progress is None or not record.releases:
        return None
    return View(live, snapshot.previous, snapshot.versions, record, record.progress)
