"""A plan, as lines for people and as an object. Pure."""

from collections.abc import Iterator

from patchbay.functions import Strategy
from patchbay.releases import words
from patchbay.releases.plans import Plan
from patchbay.releases.refusals import refusal
from patchbay.releases.volume import Volume

_LABEL = 12


def lines(plan: Plan) -> Iterator[str]:
    """What a release would do at one site; the reason against it is not among them."""
    yield f"{plan.site.label}: {_versions(plan)}"
    if plan.site.environment.strategy(plan.site.function) is Strategy.ALL_AT_ONCE:
        yield _line(
            "strategy", "all-at-once: a deploy moves every caller; only `patchbay release start` does this"
        )
    if plan.volume is None:
        yield _line("follows", f"{plan.site.leader}, which carries the calls: its verdict holds here too")
    else:
        yield from _volume(plan, plan.volume)
    yield _line("warm-up", _warm_up(plan))


def _versions(plan: Plan) -> str:
    if plan.is_idle:
        return f"callers are on version {plan.stable}, the newest; this is for the version that comes next"
    return f"version {plan.candidate} is to replace version {plan.stable}"


def _volume(plan: Plan, volume: Volume) -> Iterator[str]:
    forecast, baseline = volume.forecast, volume.baseline
    if plan.site.after:
        yield _line("turn", f"starts when {plan.site.after} has promoted it")
    yield _line("stable", _history(plan, volume))
    yield _line("volume", f"{words.number(volume.calls_per_hour)} calls an hour")
    if forecast.hours is not None:
        first = words.percent(forecast.first_weight)
        yield _line("begins with", f"{first} of the calls, more with each contact that goes well")
        yield _line(
            "needs",
            f"about {words.hours(forecast.hours)}: {words.contacts(forecast.contacts)} on the new version "
            f"without a failure, {forecast.calls} calls in all",
        )
        yield _line("then", f"watched for {words.hours(volume.watch_hours)} after the promotion")
    yield _line("sees", _sight(volume))
    allowed = f"up to {words.percent(baseline.rate)} failing is taken as normal"
    yield _line("allows", allowed)


def _history(plan: Plan, volume: Volume) -> str:
    seen, failed = volume.history.seen, volume.history.failed
    if not seen:
        return "no contact in the last seven days"
    share = words.percent(failed / seen)
    return f"failed {failed} of {words.contacts(seen)} ({share}), from {plan.source or 'nothing'}"


def _sight(volume: Volume) -> str:
    before, after = volume.forecast.visible_rate, volume.visible_with_watch
    found = f"versions that fail {words.percent(before)} of contacts or more before they are promoted"
    if after >= before:
        return f"{found}; the watch no less"
    return f"{found}, {words.percent(after)} with the watch"


def _warm_up(plan: Plan) -> str:
    if plan.warm_up_events:
        count = plan.warm_up_events
        return f"{count} recorded {'event' if count == 1 else 'events'} before the first caller"
    where = "events/warm_up" if plan.site.function.effects else "events"
    return f"none: lambdas/{plan.site.function.name}/{where} holds no recorded event"


def _line(label: str, text: str) -> str:
    return f"  {label:<{_LABEL}} {text}"


def as_dict(plan: Plan) -> dict[str, object]:
    """What --json prints."""
    refused = refusal(plan)
    common: dict[str, object] = {
        "function": plan.site.function.name,
        "region": plan.site.region,
        "follows": None if plan.site.leads else plan.site.leader,
        "after": plan.site.after,
        "candidate": None if plan.is_idle else plan.candidate,
        "stable": plan.stable,
        "warm_up_events": plan.warm_up_events,
        "can_share_an_alias": not plan.obstacle,
        "possible": not refused,
        "refusal": refused or None,
    }
    return common if plan.volume is None else {**common, **_numbers(plan, plan.volume)}


def _numbers(plan: Plan, volume: Volume) -> dict[str, object]:
    forecast, baseline = volume.forecast, volume.baseline
    return {
        "history": {
            "contacts": volume.history.seen,
            "failed": volume.history.failed,
            "source": plan.source or None,
        },
        "allowed_rate": baseline.rate,
        "calls_per_hour": volume.calls_per_hour,
        "first_weight": forecast.first_weight if forecast.hours is not None else None,
        "contacts_needed": forecast.contacts,
        "calls_needed": forecast.calls if forecast.hours is not None else None,
        "hours": forecast.hours,
        "max_hours": volume.max_hours,
        "watch_hours": volume.watch_hours,
        "visible_rate": forecast.visible_rate,
        "visible_rate_with_watch": volume.visible_with_watch,
    }
