"""From a split, or a hand, to every caller on the candidate."""

from dataclasses import replace

from live_alias.progress import Phase
from release.outcome import Outcome
from release.state import State
from release.view import View
from release_rule.watch import alarmed, begin_watch, promoted_again


def promoted(view: View, state: State, now: float, why: str) -> Outcome:
    """Every caller to the candidate, and the watch over it."""
    return Outcome(view.promote(why), watched_from(state, now).moved(now, Phase.WATCH, 1.0, why))


def watched_from(state: State, now: float) -> State:
    """For a watch that begins at `now`; where nothing is known yet, the watch finds out what it needs.

    A split that followed an alarm has found nothing: what raised it is the new normal.
    """
    watch = state.watch
    if watch is None and state.baseline is not None:
        watch = begin_watch(state.baseline.rate)
    elif watch is not None and alarmed(watch):
        watch = promoted_again(watch)
    return replace(state, watch=watch, promoted=now, stretches=(), split_since=0.0, cursor=now)
