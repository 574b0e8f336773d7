"""Whether there is room for callers at the same moment."""

from collections.abc import Iterator

from patchbay.doctor import deployed
from patchbay.doctor.model import Check, Finding, Place, Scene, failed, passed, skipped, warned
from patchbay.live.model import LiveFunction, LiveRegion, Read, Unread

_MOST = 0.8
"""Of the account's limit."""
_LOW = 5
"""Reserved executions, below which a handful of callers at once are throttled."""
_QUOTA = "L-B99A9384"
"""Service Quotas: Lambda, Concurrent executions."""


def _look(scene: Scene) -> Iterator[Finding]:
    for region in scene.seen.regions:
        yield _region(scene, region)
    for function in scene.seen.functions:
        yield _function(function)


def _region(scene: Scene, live: LiveRegion) -> Finding:
    place = Place(region=live.region)
    elsewhere = deployed.elsewhere(scene, scene.environment.account)
    for read in (elsewhere, live.concurrency_limit, live.concurrency_peak):
        if isinstance(read, Unread):
            return skipped(place, read)
    assert isinstance(live.concurrency_limit, Read)
    assert isinstance(live.concurrency_peak, Read)
    limit, peak = live.concurrency_limit.value, live.concurrency_peak.value or 0
    sentence = f"{peak:.0f} of the account's {limit} concurrent executions at most in the last day"
    if peak <= _MOST * limit:
        return passed(place, sentence)
    raise_it = (
        f"aws service-quotas request-service-quota-increase --region {live.region} --service-code lambda "
        f"--quota-code {_QUOTA} --desired-value {2 * limit}"
    )
    return warned(place, f"{sentence}: what comes above is throttled, whichever function it is", raise_it)


def _function(live: LiveFunction) -> Finding:
    place = Place(function=live.function, region=live.region)
    for unread in (deployed.missing(live), live.reserved):
        if isinstance(unread, Unread):
            return skipped(place, unread)
    assert isinstance(live.reserved, Read)
    reserved, lift = live.reserved.value, f"--region {live.region} --function-name {live.name}"
    delete = f"aws lambda delete-function-concurrency {lift}"
    if reserved is None:
        return passed(place, "no reserved concurrency: it shares the account's")
    if reserved == 0:
        return failed(place, "reserved concurrency is 0: every invocation is throttled", delete)
    if reserved < _LOW:
        wrong = f"reserved concurrency is {reserved}: with {reserved + 1} callers at once one is throttled"
        more = f"aws lambda put-function-concurrency {lift} --reserved-concurrent-executions N, or {delete}"
        return warned(place, wrong, more)
    return passed(place, f"reserved concurrency is {reserved}")


CHECK = Check(
    "concurrency",
    "functions may run often enough at once",
    "Lambda throttles what comes above a limit. Connect tries again within the block's time limit, and then "
    "the caller hears the Error branch.",
    "have the account's limit raised, or raise or drop the function's reserved concurrency",
    'Lambda developer guide, "Understanding Lambda function scaling": '
    "https://docs.aws.amazon.com/lambda/latest/dg/lambda-concurrency.html",
    _look,
)
