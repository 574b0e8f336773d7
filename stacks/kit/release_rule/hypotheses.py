"""The failure rates that the tests weigh against each other, and what each contact adds to them.

Every test is a mean of likelihood ratios, one for each alternative, kept as logs.
"""

import math
from collections.abc import Iterable, Sequence
from functools import lru_cache
from typing import NamedTuple

_CACHE = 4096  # a controller needs a handful; a benchmark, one for each history it draws
# A candidate may fail a little more often than the baseline, in a third of the contacts, or in most.
_LEAST_FAILING = (0.0, 0.10, 0.30, 0.80)
_STABLE_FAILING = 0.05
_APART = 1.5
# Most rests on what is hardest to tell from an outage in time: stable as ever, a third of the candidate's
# contacts failing. Measured against equal parts: half a contact less harmed by a silent fault of 25 %.
_PARTS = (2, 6, 2)
_PART_ELEVATED = 1


class Gain(NamedTuple):
    """What one contact adds to the log of a likelihood ratio."""

    failed: float
    clean: float


class PairGain(NamedTuple):
    """The same for the two versions of a split."""

    candidate: Gain
    stable: Gain


@lru_cache(_CACHE)
def against_rate(rate: float, alternative: float) -> Gain:
    """`alternative` against `rate`, both failure rates between 0 and 1."""
    return Gain(math.log(alternative / rate), math.log((1 - alternative) / (1 - rate)))


@lru_cache(_CACHE)
def against_history(rate: float, bad: float) -> tuple[Gain, ...]:
    """The candidate fails at `bad` or worse, against `rate`."""
    return tuple(against_rate(rate, max(bad, least)) for least in _LEAST_FAILING)


class Pair(NamedTuple):
    """Failure rates of both versions, and which share of the test rests on them."""

    stable: float
    candidate: float
    share: float


@lru_cache(_CACHE)
def pairs(rate: float, bad: float) -> tuple[Pair, ...]:
    """The ways in which the candidate would be the worse version; shares add up to 1."""
    elevated = max(_STABLE_FAILING, 2 * rate)
    candidates = (bad, *(max(bad, least) for least in _LEAST_FAILING[2:]))
    ways = [Pair(rate, candidate, part) for candidate, part in zip(candidates, _PARTS, strict=True)]
    ways += [Pair(elevated, candidate, _PART_ELEVATED) for candidate in candidates]
    apart = [way for way in ways if way.candidate >= _APART * way.stable] or ways[:1]
    parts = sum(way.share for way in apart)
    return tuple(way._replace(share=way.share / parts) for way in apart)


@lru_cache(_CACHE)
def against_stable(rate: float, bad: float, low: float, high: float) -> tuple[PairGain, ...]:
    """The `pairs`, against one rate for both; each contact met a weight from `low` to `high`.

    That rate is what a pair gives over both versions. Lambda routes each call at random, so under any
    common rate, also one that changes, each contact's factor has mean 1 (at most 1 if `low` is not
    `high`): a test martingale, which reaches x with a probability of at most 1/x (Ville), whatever both
    versions do together.
    """
    return tuple(_gains(stable, candidate, low, high) for stable, candidate, _ in pairs(rate, bad))


def _gains(stable: float, candidate: float, low: float, high: float) -> PairGain:
    # Of the weights that are possible, the one that gains least.
    failed = high * candidate + (1 - high) * stable
    clean = 1 - low * candidate - (1 - low) * stable
    return PairGain(
        Gain(math.log(candidate / failed), math.log((1 - candidate) / clean)),
        Gain(math.log(stable / failed), math.log((1 - stable) / clean)),
    )


def total(gains: Iterable[Gain], failed: int, clean: int) -> list[float]:
    """The logs after so many contacts."""
    return [failed * gain.failed + clean * gain.clean for gain in gains]


def log_mean(logs: Sequence[float], shares: Sequence[float] | None = None) -> float:
    """The log of the mean of what `logs` are the logs of; `shares` add up to 1, None: equal ones."""
    most = max(logs)
    values = [math.exp(log - most) for log in logs]
    if shares is None:
        return most + math.log(sum(values) / len(values))
    return most + math.log(sum(share * value for share, value in zip(shares, values, strict=True)))
