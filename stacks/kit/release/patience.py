"""How long a release waits, and what it does when it cannot see. Pure."""

from dataclasses import replace

from live_alias.progress import Phase
from release.outcome import Outcome
from release.settings import Settings
from release.state import State
from release.view import View

ERRORS_BEFORE_STUCK = 5
"""Steps in a row without an answer; Argo Rollouts gives up after four errors."""
MOST_FALLBACKS = 3
"""Each time some callers had met a candidate that nobody saw."""
HOLDS_BEFORE_STUCK = 30
"""Steps in a row; half an hour with periods of 60 s."""
LONGEST_PAUSE_HOURS = 24.0
"""A longer one was perhaps forgotten."""
UNWATCHED_TIMES = 2
"""A watch that cannot see ends after so many times its hours."""


def waits(state: State, why: str) -> Outcome:
    """Nothing moves. Where evidence could not be read, only evidence shows that it can be again."""
    return Outcome((), replace(state, note=why, errors=0, stuck=bool(state.fell)))


def holds(state: State, why: str) -> Outcome:
    """Nothing moves for a doubt, and that is told where it lasts."""
    held = state.held + 1
    stuck = state.stuck or held >= HOLDS_BEFORE_STUCK
    return Outcome((), replace(state, held=held, stuck=stuck, note=f"holds: {why}"))


def is_over(view: View, state: State, settings: Settings, now: float) -> bool:
    """Whether the time for a verdict is used up, not counting pauses."""
    began = state.began or view.progress.at
    return now - began - state.paused_seconds > settings.max_hours * 3600


def undecided(view: View, state: State, settings: Settings, now: float) -> Outcome:
    """Inconclusive never promotes."""
    return _stopped(view, state, f"undecided after {settings.max_hours:g} h", now)


def paused(state: State, after: View, now: float) -> State:
    """With how long it has been paused; `after`: what the step leaves behind."""
    if not after.progress.paused:
        return replace(state, paused_since=0.0)
    since = state.paused_since or now
    forgotten = now - since > LONGEST_PAUSE_HOURS * 3600
    return replace(state, paused_since=since, stuck=state.stuck or forgotten)


def blind(view: View, state: State, settings: Settings, why: str, now: float) -> Outcome:
    """No evidence this time. After some such steps callers leave the candidate, until there is an answer."""
    errors = state.errors + 1
    unread = state.unread if state.errors else now
    note = f"cannot read the evidence ({errors} in a row): {why}"
    seen = replace(state, errors=errors, unread=unread, note=note)
    if errors < ERRORS_BEFORE_STUCK:
        return Outcome((), seen)
    seen = replace(seen, stuck=True)
    if view.progress.phase is Phase.SHIFT:
        return _falls_back(view, seen, why, now)
    if view.progress.paused:
        return Outcome((), seen)
    if view.progress.phase is Phase.START:
        return (
            undecided(view, seen, settings, now) if is_over(view, state, settings, now) else Outcome((), seen)
        )
    return _unwatched(view, seen, settings, now)


def _falls_back(view: View, state: State, why: str, now: float) -> Outcome:
    """What was counted is kept: `release.regained` goes on with it."""
    fallbacks = state.fallbacks + 1
    if fallbacks >= MOST_FALLBACKS:
        return _stopped(view, state, f"evidence could not be read, {fallbacks} times: {why}", now)
    state = replace(state, fallbacks=fallbacks, fell=now, cursor=state.cursor if state.weight else now)
    moved = state.moved(now, Phase.START, 0.0, f"no evidence: {why}")
    return Outcome(view.to_stable(Phase.START, "no evidence"), moved)


def _unwatched(view: View, state: State, settings: Settings, now: float) -> Outcome:
    """A promotion that no step has seen is as old as the first step that could not see."""
    since = state.unread if state.weight or not state.promoted else state.promoted
    if now - since < UNWATCHED_TIMES * settings.watch_hours * 3600:
        return Outcome((), state)
    why = "not watched: the evidence could not be read"
    return Outcome(view.end(Phase.DONE, why), state.moved(now, Phase.DONE, view.weight, why))


def _stopped(view: View, state: State, why: str, now: float) -> Outcome:
    return Outcome(view.to_stable(Phase.STOP, why), state.moved(now, Phase.STOP, 0.0, why))
