"""Many releases of one kind under one rule, and what came of them."""

import statistics
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace

from benchmarks.release_world.catalogue import RULES
from benchmarks.release_world.chance import seeded
from benchmarks.release_world.faults import Faults, Outage
from benchmarks.release_world.rules.base import PROMOTED, ROLLED_BACK, Rule
from benchmarks.release_world.traffic import BEFORE, DAY, Traffic, bursts, day_and_night, steady
from benchmarks.release_world.world import World

TRAFFIC: dict[str, Callable[[float], Traffic]] = {
    "steady": steady,
    "day-night": day_and_night,
    "bursts": bursts,
}
_PILOTS = 60
_MINUTES_SHOWN = 10


@dataclass(frozen=True)
class Cell:
    """What is simulated. `outage`: of both versions, at a random point of the rule's own median duration."""

    traffic: str
    calls: float
    faults: Faults
    outage: bool = False


@dataclass(frozen=True)
class Result:
    """One release; `minutes` until its first decision, None if it took none within the day."""

    outcome: str | None
    minutes: int | None
    harmed: float
    failed: float


@dataclass(frozen=True)
class Measured:
    """Shares from 0 to 1; means over all releases; `hours` is a median, None if most took no decision."""

    runs: int
    rolled_back: float
    promoted: float
    stuck: float
    harmed: float
    failed: float
    hours: float | None


def measure(cell: Cell, rule: str, runs: int, seed: str) -> Measured:
    """`runs` releases; the same seed gives the same figures."""
    length = (
        _median(release(cell, rule, f"{seed} pilot {run}") for run in range(_PILOTS)) if cell.outage else 0
    )
    results = [_with_outage(cell, rule, f"{seed} {run}", length) for run in range(runs)]
    minutes = _median(results)
    return Measured(
        runs,
        sum(result.outcome == ROLLED_BACK for result in results) / runs,
        sum(result.outcome == PROMOTED for result in results) / runs,
        sum(result.outcome is None for result in results) / runs,
        statistics.fmean(result.harmed for result in results),
        statistics.fmean(result.failed for result in results),
        None if minutes >= DAY else minutes / 60,
    )


def _median(results: Iterable[Result]) -> float:
    return statistics.median(DAY if result.minutes is None else result.minutes for result in results)


def _with_outage(cell: Cell, rule: str, seed: str, length: float) -> Result:
    if not cell.outage:
        return release(cell, rule, seed)
    start = int(seeded(f"{seed} outage").random() * length)
    return release(replace(cell, faults=replace(cell.faults, outage=Outage(start))), rule, seed)


def release(cell: Cell, rule: str, seed: str) -> Result:
    """One release, from an hour before it to a day after its start."""
    random = seeded(f"{cell.traffic} {cell.calls} {cell.faults.stable} {seed}")
    traffic = TRAFFIC[cell.traffic](cell.calls)
    made = RULES[rule](random, cell.calls, cell.faults.stable)
    world = World(traffic.draw(cell.calls, random), cell.faults, random)
    for minute in range(-BEFORE, -_MINUTES_SHOWN, _MINUTES_SHOWN):
        world.play(minute, _MINUTES_SHOWN, 0.0)
    for minute in range(-_MINUTES_SHOWN, 0):
        world.play(minute, 1, 0.0)
    decided = _follow(made, world)
    return Result(made.outcome, decided, world.harmed, world.failed)


def _follow(rule: Rule, world: World) -> int | None:
    now, decided = 0, None
    while now < DAY and not rule.over:
        rule.decide(now, world.slices)
        if decided is None and rule.outcome:
            decided = now
        if not rule.over:
            world.play(now, min(rule.minutes, DAY - now), rule.weight)
            now += rule.minutes
    world.rest(now, rule.weight)
    return decided
