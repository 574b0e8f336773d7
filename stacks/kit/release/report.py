"""What a release leaves behind, for whoever reads it in the morning. Pure.

The command line shows a release that is still going on with the same functions.
"""

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from live_alias.executions import Run
from release.evidence import METRICS
from release.settings import Settings
from release.state import State
from release.view import View
from release_rule.baseline import FEWEST_CONTACTS
from release_rule.rule import odds

WORDS = {
    "start": "no caller has met it yet",
    "shift": "some callers meet it",
    "watch": "promoted, and still watched",
    "done": "promoted",
    "back": "rolled back",
    "stop": "ended without a verdict",
    "superseded": "superseded by another release, a rollback of the deploy or a deletion",
}
"""By phase."""


@dataclass(frozen=True)
class Told:
    """What a report is made of. `end`: the last phase, or `superseded`, which has no view."""

    run: Run
    end: str
    view: View | None
    state: State
    settings: Settings
    region: str
    recorded_events: int | None = None
    """For the warm-up; None where that is not known."""


def name(run: Run) -> str:
    """Of the release: its executions' name without the part."""
    return run.name.rpartition("-")[0]


def report(told: Told) -> dict[str, Any]:
    """As JSON: times in UTC (ISO 8601), weights and rates from 0 to 1."""
    run, view, state = told.run, told.view, told.state
    moves = [{**vars(move), "at": _time(move.at)} for move in state.moves]
    return {
        "release": name(run),
        "function": run.function,
        "region": told.region,
        "candidate": run.candidate,
        "stable": view.stable if view else None,
        "end": told.end,
        "outcome": WORDS[told.end],
        "why": _why(told),
        "callers": str(view.live.routing) if view else None,
        "started": _time(run.at),
        "ended": moves[-1]["at"] if moves else None,
        "evidence": _evidence(state),
        "baseline": vars(state.baseline) if state.baseline else None,
        "bounds": vars(odds(state.tally)) if state.tally else None,
        "moves": moves,
        "unseen": _unseen(told),
    }


def _why(told: Told) -> str:
    """The alias has room for a few words only; the last move has all of them."""
    short = told.view.progress.why if told.view else ""
    moves = told.state.moves
    long = moves[-1].why if moves and moves[-1].phase == told.end else ""
    return long if long.startswith(short) else short


def _evidence(state: State) -> dict[str, Any]:
    return {
        "source": state.source or None,
        "candidate": vars(state.candidate),
        "stable": vars(state.stable),
        "watched": vars(state.watched),
    }


def _unseen(told: Told) -> list[str]:
    """What nobody looked at, or what could not be told."""
    state = told.state
    found = []
    if told.recorded_events == 0:
        found.append("there are no recorded events, so the candidate was not tried before its first caller")
    if state.source == METRICS:
        found.append(
            "the function writes no log lines that name contacts, or too many to read: attempts were "
            "counted, so one contact that Connect retries counts several times"
        )
    elif not state.source:
        found.append("no call was counted")
    if state.baseline:
        known, bad = state.baseline.contacts, state.baseline.bad
        if known < FEWEST_CONTACTS:
            found.append(f"the stable version had {known} contacts to compare with: 1 % failing is assumed")
        found.append(f"below {bad:.0%} failing contacts a candidate is found late or only by the watch")
    found.append("a wrong answer in the right form is no failure: nobody compared what callers heard")
    return found


def _time(at: float) -> str:
    return datetime.fromtimestamp(at, UTC).isoformat(timespec="seconds")
