"""SHIFT: some callers meet the candidate; the rule says when more do, all, or none."""

from dataclasses import replace

from live_alias.progress import Phase
from release.counting import noticed, shifted, weighted
from release.doubts import cross_checked, throttles
from release.evidence import Reading
from release.hands import during_split
from release.outcome import Outcome
from release.patience import holds, is_over, undecided
from release.promotion import promoted
from release.settings import Settings
from release.state import State
from release.verdict import back, counted
from release.view import View
from release.weights import Pair
from release.world import World
from release_rule.baseline import baseline
from release_rule.rule import Tally, Verdict, first_weight, judge, retreat
from release_rule.rule import begin as begin_tally
from release_rule.rule import weight as next_weight
from release_rule.watch import split_again

BOTH_FAIL = "both versions are failing"
UNSURE = "failing, and not sure yet that it is the version"
NOBODY_AFTER = 100
"""Contacts on stable; at the least weight of 5 % one in 170 splits has none on the candidate by then."""


def shift(view: View, state: State, settings: Settings, world: World) -> Outcome:
    """Raises Unreadable, DecideAnewError, LiveAliasError."""
    now = world.now()
    if by_hand := during_split(view, state, now):
        return by_hand
    pair = Pair(view.candidate, view.stable or view.live.routing.version)
    state = noticed(_known(state, pair, settings, world), view.weight, now, settings)
    state, reading = shifted(state, pair, settings, world)
    tally = _tally(state)
    verdict = judge(tally)
    if verdict is Verdict.FAIL:
        return back(view, state, now)
    if view.progress.paused:
        return Outcome((), replace(state, note=f"paused; {_seen(state)}"))
    if is_over(view, state, settings, now):
        return undecided(view, state, settings, now)
    if verdict is Verdict.RETREAT:
        return _retreat(view, replace(state, tally=retreat(tally)), settings, now)
    return _forward(view, state, settings, world, reading, verdict)


def _tally(state: State) -> Tally:
    if state.tally is None:
        raise ValueError("a split is judged without a tally: it begins with one")
    return state.tally


def _known(state: State, pair: Pair, settings: Settings, world: World) -> State:
    """A split that is news was made by a hand, or by a step that was killed after its write: it begins here.

    What is kept after a promotion is the comparison with stable, as in any split that follows one.
    """
    if state.fell:  # callers were on stable in between, and when they came back nobody knows
        state = replace(state, stretches=(), fell=0.0)
    if state.weight and state.tally is not None:
        return state
    past, now = world.history(pair.stable), world.now()
    known = state.baseline or baseline(past.counts)
    tally = begin_tally(known)
    if state.promoted and state.tally and state.watch:
        tally = split_again(state.tally, state.watch)
    rate = state.calls_per_period or past.calls_per_hour * settings.period_seconds / 3600
    state = replace(state, baseline=known, tally=tally, calls_per_period=rate, stretches=())
    if state.began and not state.promoted:
        return state
    return replace(state, began=now, paused_seconds=0.0)


def _retreat(view: View, state: State, settings: Settings, now: float) -> Outcome:
    weight = min(first_weight(state.calls_per_period), view.weight)
    why = BOTH_FAIL if state.stable.failed else UNSURE
    state = replace(state, note=f"{why}: waits at the first weight")
    if weight == view.weight and view.progress.why == why:
        return Outcome((), state)
    if weight < view.weight:
        state = weighted(state, weight, now, settings)
    return Outcome(view.split(weight, why), state.moved(now, Phase.SHIFT, weight, state.note))


def _forward(
    view: View, state: State, settings: Settings, world: World, reading: Reading, verdict: Verdict
) -> Outcome:
    """Up, on, or a step in which nothing moves."""
    now = world.now()
    if doubt := throttles(reading):
        return holds(state, doubt)
    if verdict is not Verdict.PASS:
        return _up(view, replace(state, held=0), settings, now)
    doubt, state = cross_checked(view, state, world)
    if doubt:
        return holds(state, doubt)
    return promoted(view, replace(state, held=0), now, f"passed: {counted(state)}")


def _up(view: View, state: State, settings: Settings, now: float) -> Outcome:
    weight = next_weight(_tally(state), state.calls_per_period, view.weight)
    if weight <= view.weight:
        return Outcome((), replace(state, note=_seen(state)))
    moved = weighted(state, weight, now, settings).moved(now, Phase.SHIFT, weight, _seen(state))
    kept = "" if view.progress.why in (BOTH_FAIL, UNSURE) else view.progress.why
    return Outcome(view.split(weight, kept), moved)


def _seen(state: State) -> str:
    """In a sentence; a split that reaches nobody is no evidence, and says so."""
    if not state.candidate.seen and state.stable.seen > NOBODY_AFTER:
        return f"none of {state.stable.seen} contacts met the candidate: is it invoked through the alias?"
    return f"candidate {counted(state)}"
