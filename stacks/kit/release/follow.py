"""A Region without calls of its own does as the Region does that carries them, candidate by candidate."""

from dataclasses import replace

from live_alias.progress import Phase
from release.begin import tries_again, unfit
from release.hands import stays
from release.leader import PROMOTED, Stand, stand
from release.outcome import Outcome
from release.patience import is_over, undecided, waits
from release.settings import Settings
from release.state import State
from release.view import View
from release.world import World


def follow(view: View, state: State, settings: Settings, world: World) -> Outcome:
    """Raises as `World` does."""
    if settings.lead is None:
        raise ValueError("there is no Region to follow")
    region, now = settings.lead.region, world.now()
    leads = stand(world.leader(settings.lead), view.record)
    if by_hand := _by_hand(view, state, now):
        return by_hand
    watching = view.progress.phase is Phase.WATCH
    state = _known(state, leads, now) if watching else replace(state, promoted=0.0)
    if watching and state.overruled == leads:
        return _on_its_own(view, state, settings, now, f"{region}: {leads}")
    if leads is Stand.JUDGED:
        return _to_stable(view, state, now, Phase.BACK, f"judged bad in {region}")
    if leads is Stand.STOPPED:
        return _to_stable(view, state, now, Phase.STOP, f"ended without a verdict in {region}")
    if watching:
        return _watching(view, state, leads, region, now)
    if leads in PROMOTED:
        return _promoted(view, state, world, region)
    return _waiting(view, state, settings, leads, region, now)


def _by_hand(view: View, state: State, now: float) -> Outcome | None:
    """A split says nothing where there are no calls: it is undone. A move of all callers counts."""
    watching = view.progress.phase is Phase.WATCH
    if view.strangers or (watching and view.weight <= 0):
        return stays(view, state, now)
    if watching and view.weight < 1:
        return Outcome(view.promote("a split by hand is undone"), state)
    if not watching and view.weight >= 1:
        return Outcome(view.promote("moved by hand to the candidate"), replace(state, promoted=0.0))
    if not watching and view.weight > 0:
        return Outcome(view.to_stable(Phase.START, "a split by hand is undone"), state)
    return None


def _known(state: State, leads: Stand, now: float) -> State:
    """A promotion that this execution did not make overrules what the leading Region says at that time."""
    if not state.promoted:
        return replace(state, promoted=now, overruled="" if leads in PROMOTED else leads.value)
    return state if state.overruled == leads else replace(state, overruled="")


def _on_its_own(view: View, state: State, settings: Settings, now: float, why: str) -> Outcome:
    if now - state.promoted >= settings.watch_hours * 3600:
        return _over(view, state, now, f"promoted here by hand; {why}")
    return waits(state, f"promoted here by hand; {why}")


def _watching(view: View, state: State, leads: Stand, region: str, now: float) -> Outcome:
    if leads is Stand.PROMOTED:
        return waits(state, f"promoted; {region} watches")
    if leads is Stand.DECIDING:
        return _to_stable(view, state, now, Phase.START, f"{region} decides again")
    why = f"watched in {region}" if leads is Stand.WATCHED else f"{region} has gone on to another version"
    return _over(view, state, now, why)


def _promoted(view: View, state: State, world: World, region: str) -> Outcome:
    if view.progress.paused:
        return waits(state, f"paused; {region} has promoted it")
    if end := unfit(view, state, world):
        return end
    now = world.now()
    if failure := world.warm_up(view.candidate):
        return tries_again(state, failure) or _cold(view, state, now, failure)
    why = f"promoted in {region}"
    state = replace(state, promoted=now, warm_ups=0)
    return Outcome(view.promote(why), state.moved(now, Phase.WATCH, 1.0, why))


def _cold(view: View, state: State, now: float, failure: str) -> Outcome:
    """Callers have judged the candidate good elsewhere, so it is this Region that is to blame."""
    return _to_stable(view, replace(state, stuck=True), now, Phase.STOP, f"warm-up here: {failure}")


def _waiting(view: View, state: State, settings: Settings, leads: Stand, region: str, now: float) -> Outcome:
    """As long as that Region decides; it has a limit of its own."""
    if leads is Stand.DECIDING:
        state = replace(state, began=now, paused_seconds=0.0)
    if not view.progress.paused and is_over(view, state, settings, now):
        return undecided(view, state, settings, now)
    return waits(state, f"waits for the verdict of {region}")


def _over(view: View, state: State, now: float, why: str) -> Outcome:
    return Outcome(view.end(Phase.DONE, why), state.moved(now, Phase.DONE, view.weight, why))


def _to_stable(view: View, state: State, now: float, phase: Phase, why: str) -> Outcome:
    return Outcome(view.to_stable(phase, why), state.moved(now, phase, 0.0, why))
