"""A verdict against the candidate, and the words for what was counted. Pure."""

from live_alias.progress import Phase
from release.outcome import Outcome
from release.state import State
from release.view import View


def back(view: View, state: State, now: float) -> Outcome:
    """Every caller to stable, and the candidate is judged."""
    why = counted(state)
    return Outcome(view.to_stable(Phase.BACK, why), state.moved(now, Phase.BACK, 0.0, why))


def counted(state: State) -> str:
    """Short, for the record."""
    candidate, stable = state.candidate, state.stable
    return f"failed {candidate.failed} of {candidate.seen}, stable {stable.failed} of {stable.seen}"
