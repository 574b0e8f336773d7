"""SHIFT: some callers meet the candidate; the rule says when more do, all, or none."""

from dataclasses import replace

from live_alias.progress import Phase
from release.counting import noticed, shifted, weighted
from release.evidence import Reading
from release.outcome import Outcome
from release.patience import is_over, undecided
from release.settings import Settings
from release.state import State
from release.view import View
from release.weights import Pair
from release.world import World
from release_rule.baseline import baseline
from release_rule.rule import Verdict, first_weight, judge, retreat
from release_rule.rule import begin as begin_tally
from release_rule.rule import weight as next_weight
from release_rule.watch import begin_watch, promoted_again


def shift(view: View, state: State, settings: Settings, world: World) -> Outcome:
    """Raises Unreadable, DecideAnewError, LiveAliasError."""
    now = world.now()
    if by_hand := _by_hand(view, state, now):
        return by_hand
    assert view.stable is not None
    pair = Pair(view.candidate, view.stable)
    state = _known(noticed(state, view.weight, now, settings), pair, world)
    state, reading = shifted(state, pair, settings, world)
    assert state.tally is not None
    verdict = judge(state.tally)
    if verdict is Verdict.FAIL:
        return _back(view, state, now)
    if view.progress.paused:
        return Outcome((), replace(state, note=f"paused; {_seen(state)}"))
    if is_over(view, state, settings, now):
        return undecided(view, state, settings, now)
    if verdict is Verdict.RETREAT:
        return _retreat(view, state, settings, now)
    return _forward(view, state, settings, world, reading, verdict)


def _by_hand(view: View, state: State, now: float) -> Outcome | None:
    """Somebody moved the alias without this release: all callers on one version end it."""
    if view.strangers or view.stable is None:
        why = f"moved by hand to {view.live.routing}"
        return Outcome(view.end(Phase.STOP, why), state.moved(now, Phase.STOP, view.weight, why))
    if view.weight <= 0:
        why = "moved by hand to the stable version"
        return Outcome(view.to_stable(Phase.STOP, why), state.moved(now, Phase.STOP, 0.0, why))
    if view.weight >= 1:
        return promoted(view, state, now, "moved by hand to the candidate")
    return None


def _known(state: State, pair: Pair, world: World) -> State:
    """A step that was killed after its write left no baseline behind."""
    if state.tally is not None:
        return state
    known = state.baseline or baseline(world.history(pair.stable).counts)
    return replace(state, baseline=known, tally=begin_tally(known))


def _back(view: View, state: State, now: float) -> Outcome:
    why = f"failed {state.candidate.failed} of {state.candidate.seen} contacts, " + (
        f"stable {state.stable.failed} of {state.stable.seen}"
    )
    return Outcome(view.to_stable(Phase.BACK, why), state.moved(now, Phase.BACK, 0.0, why))


def _retreat(view: View, state: State, settings: Settings, now: float) -> Outcome:
    assert state.tally is not None
    weight = first_weight(state.calls_per_period)
    why = "both versions are failing: waits at the first weight"
    state = replace(state, tally=retreat(state.tally))
    if weight >= view.weight:
        return Outcome((), replace(state, note=why))
    state = weighted(state, weight, now, settings)
    return Outcome(
        view.split(weight, "both versions are failing"), state.moved(now, Phase.SHIFT, weight, why)
    )


def _forward(
    view: View, state: State, settings: Settings, world: World, reading: Reading, verdict: Verdict
) -> Outcome:
    """Up, on, or a step in which nothing moves."""
    now = world.now()
    if reading.throttled:
        return Outcome((), replace(state, note=f"holds: Lambda throttled {reading.throttled} requests"))
    if verdict is not Verdict.PASS:
        return _up(view, state, settings, now)
    doubt = world.cross_check(state.split_since, state.cursor, state.attempts, state.failures)
    if doubt:
        return Outcome((), replace(state, note=f"holds: {doubt}"))
    return promoted(view, state, now, f"passed; {_seen(state)}")


def _up(view: View, state: State, settings: Settings, now: float) -> Outcome:
    assert state.tally is not None
    weight = next_weight(state.tally, state.calls_per_period, view.weight)
    if weight <= view.weight:
        return Outcome((), replace(state, note=_seen(state)))
    moved = weighted(state, weight, now, settings).moved(now, Phase.SHIFT, weight, _seen(state))
    return Outcome(view.split(weight), moved)


def promoted(view: View, state: State, now: float, why: str) -> Outcome:
    """Every caller to the candidate, and the watch over it."""
    watch = state.watch
    if watch is not None:
        watch = promoted_again(watch)
    elif state.baseline is not None:
        watch = begin_watch(state.baseline.rate)
    state = replace(state, watch=watch, promoted=state.promoted or now, stretches=(), split_since=0.0)
    return Outcome(view.promote(why), replace(state, cursor=now).moved(now, Phase.WATCH, 1.0, why))


def _seen(state: State) -> str:
    candidate, stable = state.candidate, state.stable
    return (
        f"candidate failed {candidate.failed} of {candidate.seen} contacts, "
        f"stable {stable.failed} of {stable.seen}"
    )
