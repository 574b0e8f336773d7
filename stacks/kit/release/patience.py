"""How long a release waits, and what it does when it cannot see. Pure."""

from dataclasses import replace

from live_alias.progress import Phase
from release.outcome import Outcome
from release.settings import Settings
from release.state import State
from release.view import View

ERRORS_BEFORE_STUCK = 5
"""Steps in a row without an answer; Argo Rollouts gives up after four errors."""


def waits(state: State, why: str) -> Outcome:
    """Nothing moves."""
    return Outcome((), replace(state, note=why, errors=0, stuck=False))


def is_over(view: View, state: State, settings: Settings, now: float) -> bool:
    """Whether the time for a verdict is used up, not counting pauses."""
    began = state.began or view.progress.at
    return now - began - state.paused_seconds > settings.max_hours * 3600


def undecided(view: View, state: State, settings: Settings, now: float) -> Outcome:
    """Inconclusive never promotes."""
    why = f"undecided after {settings.max_hours:g} h"
    return Outcome(view.to_stable(Phase.STOP, why), state.moved(now, Phase.STOP, 0.0, why))


def blind(view: View, state: State, settings: Settings, why: str, now: float) -> Outcome:
    """No evidence this time. After some such steps callers leave the candidate, until there is an answer."""
    errors = state.errors + 1
    seen = replace(state, errors=errors, note=f"cannot read the evidence ({errors} in a row): {why}")
    if errors < ERRORS_BEFORE_STUCK:
        return Outcome((), seen)
    seen = replace(seen, stuck=True)
    if (
        view.progress.phase is Phase.START
        and not view.progress.paused
        and is_over(view, state, settings, now)
    ):
        return undecided(view, seen, settings, now)
    if view.progress.phase is not Phase.SHIFT:
        return Outcome((), seen)
    seen = replace(seen, stretches=(), tally=None)
    return Outcome(
        view.to_stable(Phase.START, "no evidence"), seen.moved(now, Phase.START, 0.0, f"no evidence: {why}")
    )
