"""Plans that cannot end, and what would make them possible. Pure."""

import math

from patchbay.releases import words
from patchbay.releases.plans import Plan
from patchbay.releases.volume import Volume

_LONGEST = 720
"""What `max_hours` may be set to."""


def refusal(plan: Plan) -> str:
    """One sentence; "" for a plan that can be carried out."""
    if plan.obstacle:
        return plan.obstacle
    if plan.volume is None or plan.volume.fits:
        return ""
    return f"{_why(plan, plan.volume)}: {_ways(plan, plan.volume)}"


def _why(plan: Plan, volume: Volume) -> str:
    hours, limit = volume.forecast.hours, volume.max_hours
    if hours is None:
        return f"nobody called in the last seven days, so no contact would meet {_candidate(plan)}"
    return (
        f"at {words.number(volume.calls_per_hour)} calls an hour a verdict on {_candidate(plan)} takes "
        f"about {words.hours(hours)}, but max_hours is {limit:g}"
    )


def _ways(plan: Plan, volume: Volume) -> str:
    ways = []
    hours, calls = volume.forecast.hours, volume.calls_needed
    if hours is not None and hours <= _LONGEST:
        ways.append(f"max_hours = {math.ceil(hours)} or more under [release]")
    if calls is not None:
        ways.append(f"{words.number(calls)} calls an hour or more")
    ways.append(_at_once(plan))
    return f"possible with {', '.join(ways[:-1])}{' or ' if ways[1:] else ''}{ways[-1]}"


def _at_once(plan: Plan) -> str:
    return f'strategy = "all-at-once" for {plan.site.function.name}'


def _candidate(plan: Plan) -> str:
    return "the next version" if plan.is_idle else f"version {plan.candidate}"
