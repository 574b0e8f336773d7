"""Follows releases until they are decided: the releases go on by themselves, with or without this."""

import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from math import inf

from live_alias.executions import Run
from patchbay.aws import Aws
from patchbay.releases.clients import Desk
from patchbay.releases.everywhere import REFUSED, RUNNING, Result, everywhere, worst
from patchbay.releases.sight import Sight, look
from patchbay.releases.sites import Site

SLOWEST_SECONDS = 5.0
"""Between two looks; the controller's own steps are a minute apart."""
PATIENCE = 5
"""Looks in a row without an answer from AWS."""

Glance = Sequence[Result[Sight]]


@dataclass(frozen=True)
class Clock:
    """Time as functions, so that tests have their own."""

    now: Callable[[], float] = time.time
    """Epoch seconds."""
    sleep: Callable[[float], None] = time.sleep


REAL = Clock()


@dataclass(frozen=True)
class Aim:
    """When to stop looking."""

    until_done: bool = False
    """Wait for the end of the watch after the promotion, too."""
    timeout: float | None = None
    """Seconds."""
    every: bool = False
    """Whether functions without a release are among the sites: they are no failure then."""


def glances(aws: Aws, sites: Sequence[Site], aim: Aim, clock: Clock) -> Iterator[Glance]:
    """What is seen, look by look; the last one is the end, or what there was when the time was up."""
    started, blind = clock.now(), 0
    seen = _glance(aws, sites, ())
    while True:
        yield seen
        left = _left(aim, started, clock)
        if blind >= PATIENCE or is_over(seen, aim) or left <= 0:
            return
        clock.sleep(min(_pause(sites), left))
        found = _glance(aws, sites, seen)
        blind = blind + 1 if any(result.value is None for result in found) else 0
        seen = found if blind >= PATIENCE else _kept(seen, found)


def _glance(aws: Aws, sites: Sequence[Site], last: Glance) -> Glance:
    runs = {result.site.key: _run(result) for result in last}
    return everywhere(sites, lambda site: look(Desk(aws, site), runs.get(site.key)))


def _kept(seen: Glance, found: Glance) -> Glance:
    """What has no answer this time stays as it was seen last."""
    return [now if now.value else old for now, old in zip(found, seen, strict=True)]


def _run(result: Result[Sight]) -> Run | None:
    execution = result.value.execution if result.value else None
    return execution.run if execution else None


def _left(aim: Aim, started: float, clock: Clock) -> float:
    return inf if aim.timeout is None else started + aim.timeout - clock.now()


def _pause(sites: Sequence[Site]) -> float:
    return min(SLOWEST_SECONDS, float(sites[0].environment.release.period_seconds))


def leading(seen: Glance) -> Glance:
    """Without the Regions that only follow; all of them where the user asked for such a one."""
    return [result for result in seen if result.site.leads] or seen


def is_over(seen: Glance, aim: Aim) -> bool:
    """Whether every leading Region has decided."""
    return all(
        result.value is None or result.value.is_over(until_done=aim.until_done) for result in leading(seen)
    )


def exit_code(seen: Glance, aim: Aim) -> int:
    """0 promoted, 1 anything else that is over, 3 still running."""
    return worst(_code(result, aim) for result in leading(seen))


def _code(result: Result[Sight], aim: Aim) -> int:
    if result.value is None:
        return result.code
    if not result.value.is_over(until_done=aim.until_done):
        return RUNNING
    if aim.every and result.value.progress is None:
        return 0
    return 0 if result.value.is_promoted else REFUSED
