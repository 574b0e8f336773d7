"""What `watch` says when it stops looking."""

import time
from collections.abc import Sequence

from live_alias.state import Alias
from patchbay.releases.expect import seconds_left
from patchbay.releases.sight import Sight
from patchbay.releases.standing import Standing
from release.report import Told, report
from release.view import View
from release_rule.bounds import Bounds


def report_of(sight: Sight) -> dict[str, object] | None:
    """None where the execution cannot be seen."""
    execution, progress = sight.execution, sight.progress
    if execution is None or progress is None or execution.state is None or execution.settings is None:
        return None
    told = Told(
        execution.run,
        progress.phase.value,
        _view(sight.standing),
        execution.state,
        execution.settings,
        sight.standing.site.region,
    )
    return report(told)


def _view(standing: Standing) -> View:
    record, progress = standing.record, standing.progress
    assert record is not None
    assert progress is not None
    versions = frozenset(v for v in (standing.candidate, standing.stable) if v)
    return View(Alias(standing.routing, record.description(), None), None, versions, record, progress)


def sentence(sight: Sight) -> str:
    """How a release stands, where there is no more to tell."""
    standing, site = sight.standing, sight.standing.site
    why = f" ({sight.note})" if sight.note else ""
    if standing.progress is None:
        return f"{site.label}: no release is on record; callers are on {standing.routing}"
    where = f"callers are on {standing.routing}"
    return f"{site.label}: version {standing.candidate} is {standing.phase}{why}; {where}"


def how_to_go_on(sights: Sequence[Sight], *, every: bool) -> str:
    """For whoever stops looking before the end."""
    site = sights[0].standing.site
    what = f"{'--all' if every else site.function.name} --env {site.environment.name}"
    return (
        f"the release goes on without you: look again with `patchbay release watch {what}`, "
        f"end it with `patchbay release abort {what}`"
    )


def as_dict(sight: Sight) -> dict[str, object]:
    """One site, for --json."""
    state, bounds, execution = sight.state, sight.bounds, sight.execution
    settings = execution.settings if execution else None
    left = (
        seconds_left(sight.progress, state, settings, time.time())
        if sight.progress and state and settings
        else None
    )
    return {
        **sight.standing.as_dict(),
        "contacts": _contacts(sight) if state else None,
        "bounds": _bounds(bounds) if bounds else None,
        "seconds_left": round(left) if left is not None else None,
        "note": sight.note or None,
        "missing": sight.missing or None,
        "report": report_of(sight),
    }


def _contacts(sight: Sight) -> dict[str, object]:
    state = sight.state
    assert state is not None
    return {"candidate": vars(state.candidate), "stable": vars(state.stable), "watched": vars(state.watched)}


def _bounds(bounds: Bounds) -> dict[str, object]:
    return dict(vars(bounds))
