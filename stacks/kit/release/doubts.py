"""What keeps a release from going on although no verdict speaks against it."""

from dataclasses import replace

from release.evidence import Reading, Unreadable
from release.state import State
from release.view import View
from release.world import World

LATE_LINES = ("lines are missing", "failures are missing")
"""How `release.cross_check` begins where the lines show less than the metrics."""
FEWEST_RECHECKED = 20
"""Attempts on the candidate in a window that began anew: fewer would agree whatever is missing."""


def throttles(reading: Reading) -> str:
    """Who is throttled meets no version; "" where nobody was."""
    if reading.throttled is None:
        return "CloudWatch does not say whether Lambda throttled requests"
    return f"Lambda throttled {reading.throttled} requests" if reading.throttled else ""


def cross_checked(view: View, state: State, world: World) -> tuple[str, State]:
    """Why what was read is not to be relied on yet, "" where it is; lines that came late block nothing."""
    met = state.attempts.get(view.candidate, 0)
    if state.recheck and met < FEWEST_RECHECKED:
        return f"{state.recheck}; compared anew after {FEWEST_RECHECKED} attempts, {met} so far", state
    try:
        doubt = world.cross_check(state.split_since, state.cursor, state.attempts, state.failures)
    except Unreadable as error:
        return f"cannot compare lines with metrics: {error}", state
    if doubt and doubt.startswith(LATE_LINES):
        state = replace(state, split_since=state.cursor, attempts={}, failures={}, recheck=doubt)
    return doubt or "", state
