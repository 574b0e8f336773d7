"""What becomes of a release that no controller works on any more. Pure.

Callers must not stay on a split that nobody watches.
"""

from dataclasses import dataclass, replace

from live_alias.executions import Run
from live_alias.progress import Phase
from live_alias.state import Snapshot, Write
from release.parts import Part
from release.view import LIVE, View, view

GRACE_SECONDS = 300.0
"""An execution may be about to start, or not be shown yet."""
MOST_RESTARTS = 3
"""A controller that dies of what it reads dies again, and each time some callers would meet the candidate."""
RESTARTS = "restarts"
"""How often it was, in the settings that executions hand on."""


@dataclass(frozen=True)
class Rescue:
    """What to write, and then what to start: the other way round the new execution would find no work."""

    note: str
    steps: tuple[Write, ...] = ()
    run: Run | None = None
    restarts: int = 0


def rescue(seen: View, last: Part | None, now: float) -> Rescue:
    """`seen`: a release that is active; `last`: see `release.parts.last`."""
    if last is None:
        if now - seen.progress.at < GRACE_SECONDS:
            return Rescue("a release has just begun")
        return _end(seen, "its controller was never started")
    if last.alive:
        return Rescue("a release goes on")
    if last.succeeded and last.stopped is not None and now - last.stopped < GRACE_SECONDS:
        return Rescue("its next execution is about to start")
    restarts = int(last.settings.get(RESTARTS, 0)) + 1
    if restarts > MOST_RESTARTS:
        return _end(seen, f"its controller died {restarts} times")
    # The same release goes on, in its next part: an interruption here can be made good by the next sweep.
    steps = seen.restart(seen.progress.at, "its controller had died")
    run = replace(last.run, part=last.run.part + 1)
    return Rescue(f"restarted as {run.name}", steps, run=run, restarts=restarts)


def afterwards(seen: View, steps: tuple[Write, ...]) -> View:
    """The view that the writes leave behind."""
    written = next((step for step in steps if step.name == LIVE), None)
    if written is None:
        return seen
    live = replace(seen.live, routing=written.routing, description=written.description)
    return view(Snapshot(live, seen.previous, seen.versions)) or seen


def _end(seen: View, why: str) -> Rescue:
    """No split stays; all callers on one version were moved there by a verdict, or by hand."""
    if 0 < seen.weight < 1:
        return Rescue(why, seen.to_stable(Phase.STOP, why))
    if seen.progress.phase is Phase.WATCH and seen.weight == 1:
        return Rescue(why, seen.end(Phase.DONE, f"{why}: not watched"))
    return Rescue(why, seen.end(Phase.STOP, why))
