"""What a release is to keep to: one answer for the deploy and for the command line."""

from typing import Any

from patchbay.config import Environment
from patchbay.functions import Function
from release.settings import Settings


def controller_settings(environment: Environment, function: Function, region: str) -> dict[str, Any]:
    """`release.settings.Settings` as JSON, all but `log_group`, whose name only a deploy knows.

    The function is wired to the Region. Keys and units are those of `Settings`; `lead` is null, or
    `{"region": ..., "mode": ...}`.
    """
    release = environment.release
    return {
        "name": function.name,
        "time_limit_seconds": function.time_limit_seconds,
        "response": function.response.value,
        "effects": function.effects,
        "lead": _lead(environment, function, region),
        "max_hours": release.max_hours,
        "watch_hours": release.watch_hours,
        "period_seconds": release.period_seconds,
        "settle_seconds": release.settle_seconds,
        "watch_period_seconds": release.watch_period_seconds,
        "history_events": Settings.history_events,
    }


def _lead(environment: Environment, function: Function, region: str) -> dict[str, str] | None:
    """A fallback Region does as its preferred one; Regions that carry calls go one after the other."""
    preferred = environment.group_of_region(region).preferred
    if region != preferred:
        return {"region": preferred, "mode": "follow"}
    carrying = _carrying(environment, function)
    before = carrying[: carrying.index(region)]
    return {"region": before[-1], "mode": "after"} if before else None


def _carrying(environment: Environment, function: Function) -> list[str]:
    """The Regions whose flows call the function first, in the order of the file's groups."""
    used = {i.region_group for i in environment.instances if function.name in i.functions}
    return [group.preferred for name, group in environment.region_groups.items() if name in used]
