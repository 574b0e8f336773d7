"""How long a release that goes on will still take, if nothing fails. Pure."""

from live_alias.progress import Phase, Progress
from release.settings import Settings
from release.state import State
from release_rule.rule import odds
from release_rule.weights import weight_after

_LONGEST = 100_000


def seconds_left(progress: Progress, state: State, settings: Settings, now: float) -> float | None:
    """Until the next promotion or the end of the watch; None where nobody can say."""
    if progress.phase is Phase.WATCH and state.promoted:
        return max(0.0, state.promoted + settings.watch_hours * 3600 - now)
    if progress.phase is not Phase.SHIFT or progress.paused or state.tally is None:
        return None
    unseen = max(settings.settle_seconds, 0.0) + settings.period_seconds / 2
    periods = _periods(state, odds(state.tally).needed)
    return None if periods is None else periods * settings.period_seconds + unseen


def _periods(state: State, needed: int) -> int | None:
    """With the weights that the rule will give."""
    assert state.tally is not None
    met, weight, periods = 0.0, state.weight, 0
    while met < needed:
        weight = max(weight, weight_after(int(state.tally.seen + met), state.calls_per_period))
        met += weight * state.calls_per_period
        periods += 1
        if periods > _LONGEST or not state.calls_per_period:
            return None
    return periods
