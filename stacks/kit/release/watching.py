"""WATCH: every caller is on the candidate, and what carried them before is kept to go back to."""

from dataclasses import replace

from live_alias.progress import Phase
from release.counting import noticed, watched, weighted
from release.outcome import Outcome
from release.settings import Settings
from release.state import State
from release.view import View
from release.world import World
from release_rule.baseline import baseline
from release_rule.rule import begin as begin_tally
from release_rule.watch import RESPLIT_WEIGHT, alarmed, begin_watch, fold_watch, split_again


def watch(view: View, state: State, settings: Settings, world: World) -> Outcome:
    """Raises Unreadable, DecideAnewError, LiveAliasError."""
    now = world.now()
    if by_hand := _by_hand(view, state, settings, now):
        return by_hand
    state, new = watched(_known(view, state, world), view.candidate, settings, world)
    assert state.watch is not None
    state = replace(state, watch=fold_watch(state.watch, new))
    seen = f"watched: {state.watched.failed} of {state.watched.seen} contacts failed"
    if alarmed(state.watch) and not view.progress.paused:
        return _again(view, state, settings, now)
    if now - state.promoted >= settings.watch_hours * 3600:
        return Outcome(view.end(Phase.DONE, seen), state.moved(now, Phase.DONE, 1.0, seen))
    return Outcome((), replace(state, note=seen))


def _by_hand(view: View, state: State, settings: Settings, now: float) -> Outcome | None:
    """Somebody moved the alias: a split between the two versions is taken up, anything else is the end."""
    if view.weight == 1:
        return None
    if view.strangers or view.weight == 0 or view.stable is None:
        why = f"moved by hand to {view.live.routing}"
        return Outcome(view.end(Phase.STOP, why), state.moved(now, Phase.STOP, view.weight, why))
    state = noticed(replace(state, stretches=()), view.weight, now, settings)
    why = "split by hand"
    return Outcome(view.split(view.weight, why), state.moved(now, Phase.SHIFT, view.weight, why))


def _known(view: View, state: State, world: World) -> State:
    """A promotion by hand, or a step that was killed after its write, left no watch behind."""
    now = world.now()
    state = replace(state, promoted=state.promoted or now, cursor=state.cursor or now)
    if state.watch is not None:
        return state
    known = state.baseline or baseline(world.history(view.stable or view.candidate).counts)
    return replace(state, baseline=known, watch=begin_watch(known.rate))


def _again(view: View, state: State, settings: Settings, now: float) -> Outcome:
    """Back to a split, with a control, for the rule to decide."""
    assert state.watch is not None
    assert state.baseline is not None
    if view.stable is None:
        return Outcome(
            (), replace(state, stuck=True, note="failing, and no earlier version is there any more")
        )
    tally = split_again(state.tally or begin_tally(state.baseline), state.watch)
    why = f"failing after the promotion: {state.watched.failed} of {state.watched.seen} contacts"
    state = weighted(
        replace(state, tally=tally, stretches=(), cursor=now, began=now, paused_seconds=0.0),
        RESPLIT_WEIGHT,
        now,
        settings,
    ).moved(now, Phase.SHIFT, RESPLIT_WEIGHT, why)
    return Outcome(view.split(RESPLIT_WEIGHT, "failing after promotion"), state)
