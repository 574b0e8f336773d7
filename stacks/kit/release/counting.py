"""Takes new evidence into the state. Pure, but for the reading itself."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import replace
from functools import reduce
from math import exp

from release.evidence import Reading, Sample
from release.settings import Settings
from release.state import State
from release.weights import Pair, extended, periods
from release.world import World
from release_rule.counts import Counts, Period
from release_rule.rule import fold

RATE_PERIODS = 15
"""The recent rate of calls is an average that forgets over this many periods."""


def shifted(state: State, pair: Pair, settings: Settings, world: World) -> tuple[State, Reading]:
    """With what both versions' contacts met since the last step. Raises Unreadable."""
    if state.tally is None:
        raise ValueError(f"version {pair.candidate} is counted without a tally: a split begins with one")
    reading = _read((pair.candidate, pair.stable), state, settings, world)
    tally = state.tally
    found = periods(reading.samples, state.stretches, pair)
    return replace(
        _advanced(state, reading, settings),
        tally=reduce(fold, found, tally),
        candidate=reduce(_candidate, found, state.candidate),
        stable=reduce(_stable, found, state.stable),
        attempts=_added(state.attempts, reading.attempts),
        failures=_added(state.failures, reading.failures),
    ), reading


def watched(state: State, candidate: str, settings: Settings, world: World) -> tuple[State, Counts]:
    """With what the promoted version's contacts met since the last step. Raises Unreadable."""
    reading = _read((candidate,), state, settings, world)
    new = counts(reading.samples, candidate)
    return replace(_advanced(state, reading, settings), watched=state.watched + new), new


def counts(samples: tuple[Sample, ...], version: str) -> Counts:
    """Of one version."""
    failed = [sample.failed for sample in samples if sample.version == version]
    return Counts(len(failed), sum(failed))


def weighted(state: State, weight: float, now: float, settings: Settings) -> State:
    """After a move at `now`: for a while it is not sure which weight an attempt met."""
    clear = now + min(settings.period_seconds, settings.settle_seconds)
    stretches = extended(state.stretches, weight, now - 1, clear, state.cursor)
    split_since = state.split_since if state.weight else now
    fresh = {} if not state.weight else {"attempts": state.attempts, "failures": state.failures}
    return replace(
        state,
        stretches=stretches,
        split_since=split_since,
        attempts=fresh.get("attempts", {}),
        failures=fresh.get("failures", {}),
        cursor=state.cursor or now,
        recheck=state.recheck if state.weight else "",
    )


def noticed(state: State, weight: float, now: float, settings: Settings) -> State:
    """With a weight that somebody else set, at a time since the last step that nobody knows."""
    if weight == state.weight:
        return state
    if not state.weight:
        return weighted(replace(state, cursor=now), weight, now, settings)
    clear = now + min(settings.period_seconds, settings.settle_seconds)
    since = min(state.ticked or now, now)
    stretches = extended(state.stretches, weight, since, clear, state.cursor)
    return replace(state, stretches=stretches)


def _read(versions: tuple[str, ...], state: State, settings: Settings, world: World) -> Reading:
    until = world.now() - settings.settle_seconds
    if state.fell:
        until = min(until, state.fell)
    until = max(state.cursor, until)
    return world.read(versions, state.cursor, until, state.source)


def _advanced(state: State, reading: Reading, settings: Settings) -> State:
    elapsed = max(0.0, reading.until - state.cursor) / settings.period_seconds
    state = replace(state, source=reading.source, errors=0, fell=0.0, stuck=False)
    if not elapsed:
        return state
    forget = exp(-elapsed / RATE_PERIODS)
    rate = state.calls_per_period * forget + len(reading.samples) / elapsed * (1 - forget)
    return replace(state, cursor=reading.until, calls_per_period=rate)


def _added(known: Mapping[str, int], new: Mapping[str, int]) -> dict[str, int]:
    return dict(Counter(known) + Counter(new))


def _candidate(total: Counts, period: Period) -> Counts:
    return total + period.candidate


def _stable(total: Counts, period: Period) -> Counts:
    return total + period.stable
