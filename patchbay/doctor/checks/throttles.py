"""Whether Lambda turned callers away."""

from collections.abc import Iterator

from patchbay.config import Environment
from patchbay.doctor import deployed
from patchbay.doctor.model import Check, Finding, Place, Scene, passed, skipped, warned
from patchbay.live.model import LiveFunction, Read, Unread


def _look(scene: Scene) -> Iterator[Finding]:
    for live in scene.seen.functions:
        yield _function(scene.environment, live)


def _function(environment: Environment, live: LiveFunction) -> Finding:
    place = Place(function=live.function, region=live.region)
    for unread in (deployed.missing(live), live.throttles):
        if isinstance(unread, Unread):
            return skipped(place, unread)
    assert isinstance(live.throttles, Read)
    if not live.throttles.value:
        return passed(place, "no throttles in the last day")
    if live.reserved == Read(0):
        return skipped(
            place, Unread("reserved concurrency 0 throttles everything: see the check concurrency")
        )
    times = "invocation was" if live.throttles.value == 1 else "invocations were"
    return warned(
        place,
        f"{live.throttles.value:.0f} {times} throttled in the last day: Connect's further attempts took the "
        "caller's time",
        f"patchbay explain --recent --since 24h --env {environment.name}",
    )


CHECK = Check(
    "throttles",
    "nothing was throttled in the last day",
    "Connect repeats a throttled invocation within the block's time limit: the caller hears silence for "
    "longer, and the Error branch in the end.",
    "see which calls it met and when, then give the function or the account more concurrency",
    'Lambda developer guide, "Monitoring concurrency": '
    "https://docs.aws.amazon.com/lambda/latest/dg/monitoring-concurrency.html",
    _look,
)
