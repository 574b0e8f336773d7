"""A Region without calls of its own does as the Region does that carries them, candidate by candidate."""

from dataclasses import replace

from live_alias.progress import Phase
from live_alias.record import Record
from release.begin import has_promoted, rejects, unfit
from release.outcome import Outcome
from release.patience import is_over, undecided, waits
from release.settings import Settings
from release.state import State
from release.view import View
from release.world import World


def follow(view: View, state: State, settings: Settings, world: World) -> Outcome:
    """Matches by fingerprint: version numbers differ between Regions. Raises as `World` does."""
    assert settings.lead is not None
    leader, region, now = world.leader(settings.lead), settings.lead.region, world.now()
    state = replace(state, errors=0)
    if rejects(leader, view.record):
        return _to_stable(view, state, now, Phase.BACK, f"judged bad in {region}")
    if _stopped(leader, view.record):
        return _to_stable(view, state, now, Phase.STOP, f"ended without a verdict in {region}")
    if has_promoted(leader, view.record):
        return _promoted(view, state, world, leader, region)
    if view.progress.phase is Phase.WATCH and _same(leader, view.record):
        return _to_stable(view, state, now, Phase.START, f"{region} decides again")
    if view.progress.phase is Phase.WATCH:
        return _over(view, state, now, f"{region} has gone on to another version")
    if not view.progress.paused and is_over(view, state, settings, now):
        return undecided(view, state, settings, now)
    return waits(state, f"waits for the verdict of {region}")


def _promoted(view: View, state: State, world: World, leader: Record | None, region: str) -> Outcome:
    now = world.now()
    if view.progress.phase is Phase.WATCH:
        ended = leader is not None and (leader.progress is None or leader.progress.phase is Phase.DONE)
        if ended:
            return _over(view, state, now, f"watched in {region}")
        return waits(state, f"promoted; {region} watches")
    if view.progress.paused:
        return waits(state, f"paused; {region} has promoted it")
    why = f"promoted in {region}"
    promote = Outcome(view.promote(why), replace(state, promoted=now).moved(now, Phase.WATCH, 1.0, why))
    return unfit(view, state, world) or promote


def _same(leader: Record | None, ours: Record) -> bool:
    return leader is not None and leader.fingerprint == ours.fingerprint


def _stopped(leader: Record | None, ours: Record) -> bool:
    progress = leader.progress if leader and _same(leader, ours) else None
    return progress is not None and progress.phase is Phase.STOP


def _over(view: View, state: State, now: float, why: str) -> Outcome:
    return Outcome(view.end(Phase.DONE, why), state.moved(now, Phase.DONE, view.weight, why))


def _to_stable(view: View, state: State, now: float, phase: Phase, why: str) -> Outcome:
    return Outcome(view.to_stable(phase, why), state.moved(now, phase, 0.0, why))
