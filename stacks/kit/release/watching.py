"""WATCH: every caller is on the candidate, and what carried them before is kept to go back to."""

from dataclasses import replace

from live_alias.progress import Phase
from release.counting import watched, weighted
from release.hands import after_promotion
from release.outcome import Outcome
from release.promotion import watched_from
from release.settings import Settings
from release.state import State
from release.view import View
from release.world import World
from release_rule.baseline import Baseline, bad_rate, baseline
from release_rule.rule import begin as begin_tally
from release_rule.watch import RESPLIT_WEIGHT, Watch, alarmed, begin_watch, fold_watch, split_again


def watch(view: View, state: State, settings: Settings, world: World) -> Outcome:
    """Raises Unreadable, DecideAnewError, LiveAliasError."""
    now = world.now()
    if by_hand := after_promotion(view, state, now):
        return by_hand
    state, new = watched(_known(view, state, world), view.candidate, settings, world)
    found = fold_watch(_watch(state), new)
    state = replace(state, watch=found)
    seen = f"watched: {state.watched.failed} of {state.watched.seen} contacts failed"
    if alarmed(found) and view.can_split:
        return _again(view, state, settings, now)
    if view.progress.paused:
        seen = f"paused; {seen}"
    elif now - state.promoted >= settings.watch_hours * 3600:
        return Outcome(view.end(Phase.DONE, seen), state.moved(now, Phase.DONE, 1.0, seen))
    if alarmed(found):
        state, seen = replace(state, stuck=True), f"{seen}, and no earlier version is there any more"
    return Outcome((), replace(state, note=seen))


def _known(view: View, state: State, world: World) -> State:
    """A promotion by hand, or a step that was killed after its write, left no watch behind."""
    if state.weight or not state.promoted:
        state = watched_from(state, world.now())
    if state.watch is not None:
        return state
    known = state.baseline or baseline(world.history(view.stable or view.candidate).counts)
    return replace(state, baseline=known, watch=begin_watch(known.rate))


def _watch(state: State) -> Watch:
    if state.watch is None:
        raise ValueError("a promotion is watched without a watch: it begins with one")
    return state.watch


def _again(view: View, state: State, settings: Settings, now: float) -> Outcome:
    """Back to a split, with a control, for the rule to decide."""
    found = _watch(state)
    known = state.baseline or Baseline(found.rate, bad_rate(found.rate), 0)
    tally = split_again(state.tally or begin_tally(known), found)
    why = f"failing after the promotion: {state.watched.failed} of {state.watched.seen} contacts"
    state = weighted(
        replace(state, tally=tally, stretches=(), cursor=now, began=now, paused_seconds=0.0),
        RESPLIT_WEIGHT,
        now,
        settings,
    ).moved(now, Phase.SHIFT, RESPLIT_WEIGHT, why)
    return Outcome(view.split(RESPLIT_WEIGHT, "failing after promotion"), state)
