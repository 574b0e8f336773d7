"""What hands did to the alias between two steps. Pure.

A move of all callers ends a release, or promotes; a split between its two versions is taken up by the rule.
"""

from dataclasses import replace

from live_alias.executions import Run
from live_alias.progress import Phase
from live_alias.routing import Routing
from live_alias.state import Snapshot, Write
from release.outcome import Outcome
from release.promotion import promoted
from release.state import State
from release.view import LIVE, View


def before_callers(view: View, state: State, now: float) -> Outcome | None:
    """In START, where no caller should meet the candidate."""
    if view.strangers:
        return stays(view, state, now)
    if view.weight >= 1:
        return promoted(view, state, now, "moved by hand to the candidate")
    return split(view, state, now) if view.weight > 0 else None


def during_split(view: View, state: State, now: float) -> Outcome | None:
    """In SHIFT."""
    if view.strangers or view.stable is None:
        return stays(view, state, now)
    if view.weight <= 0:
        why = "moved by hand to the stable version"
        return Outcome(view.to_stable(Phase.STOP, why), state.moved(now, Phase.STOP, 0.0, why))
    if view.weight >= 1:
        return promoted(view, state, now, "moved by hand to the candidate")
    return None


def after_promotion(view: View, state: State, now: float) -> Outcome | None:
    """In WATCH."""
    if view.weight >= 1:
        return None
    if view.strangers or view.weight <= 0 or view.stable is None:
        return stays(view, state, now)
    return split(view, state, now)


def stays(view: View, state: State, now: float) -> Outcome:
    """The end, with callers where the hand put them."""
    why = f"moved by hand to {view.live.routing}"
    return Outcome(view.end(Phase.STOP, why), state.moved(now, Phase.STOP, view.weight, why))


def split(view: View, state: State, now: float) -> Outcome:
    """The next step begins to count at this weight: without stretches it takes the split for a new one."""
    why = "split by hand"
    state = replace(state, stretches=())
    return Outcome(view.split(view.weight, why), state.moved(now, Phase.SHIFT, view.weight, why))


def orphaned(snapshot: Snapshot, run: Run, state: State) -> tuple[Write, ...]:
    """Ends the release's own split, whose record somebody overwrote; a split by hand is left alone."""
    live = snapshot.live
    if live is None or live.record is not None or not state.weight:
        return ()
    if live.routing.weights != ((run.candidate, state.weight),):
        return ()
    return (Write(LIVE, Routing(live.routing.version), live.description, live.revision_id),)
