"""START after a time without evidence: what was missed is counted before callers meet the candidate again."""

from dataclasses import replace

from live_alias.progress import Phase
from release.counting import shifted, weighted
from release.outcome import Outcome
from release.settings import Settings
from release.state import State
from release.verdict import back
from release.view import View
from release.weights import Pair
from release.world import World
from release_rule.baseline import baseline
from release_rule.rule import Verdict, first_weight, judge, retreat
from release_rule.rule import begin as begin_tally


def regained(view: View, state: State, stable: str, settings: Settings, world: World) -> Outcome:
    """A bad verdict, or callers again, with all that was counted. Raises Unreadable."""
    now = world.now()
    if state.tally is None:
        known = state.baseline or baseline(world.history(stable).counts)
        state = replace(state, baseline=known, tally=begin_tally(known))
    # Where the step that took callers back was killed, nobody knows when it did: surely after the one before.
    state = replace(state, fell=state.fell or state.ticked)
    state, _ = shifted(state, Pair(view.candidate, stable), settings, world)
    if state.tally is None:
        raise ValueError(f"the tally of version {view.candidate} is lost")
    verdict = judge(state.tally)
    if verdict is Verdict.FAIL:
        return back(view, state, now)
    if verdict is Verdict.RETREAT:
        state = replace(state, tally=retreat(state.tally))
    return _again(view, state, settings, now)


def _again(view: View, state: State, settings: Settings, now: float) -> Outcome:
    weight, why = first_weight(state.calls_per_period), "evidence can be read again"
    state = weighted(
        replace(state, stretches=(), cursor=now, began=state.began or now), weight, now, settings
    )
    # What was counted before was compared with no metrics, and the window that is begins with this split.
    state = replace(state, recheck="evidence could not be read")
    return Outcome(view.split(weight, why), state.moved(now, Phase.SHIFT, weight, why))
