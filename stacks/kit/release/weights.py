"""Which weight was in force when an attempt started. Pure."""

from collections.abc import Iterable
from dataclasses import dataclass

from release.evidence import Sample
from release_rule.counts import Counts, Period

NONE = Counts()

Weights = tuple[float, float | None]


@dataclass(frozen=True)
class Stretch:
    """A time with one weight; between `start` and `clear` (epoch seconds) the one before may be in force."""

    start: float
    clear: float
    weight: float


@dataclass(frozen=True)
class Pair:
    """The two versions that a release compares."""

    candidate: str
    stable: str


def periods(samples: Iterable[Sample], stretches: tuple[Stretch, ...], pair: Pair) -> tuple[Period, ...]:
    """One per stretch, and one for the time in which it is not sure; other versions' samples are left out."""
    tallied: dict[Weights, dict[str, Counts]] = {}
    for sample in samples:
        weights = _weights(sample.started, stretches)
        if weights is not None and sample.version in (pair.candidate, pair.stable):
            by_version = tallied.setdefault(weights, {})
            by_version[sample.version] = by_version.get(sample.version, NONE) + Counts(1, int(sample.failed))
    return tuple(
        Period(weight, counts.get(pair.candidate, NONE), counts.get(pair.stable, NONE), before)
        for (weight, before), counts in tallied.items()
    )


def _weights(at: float, stretches: tuple[Stretch, ...]) -> Weights | None:
    """The weight in force, and the one that may still have been; None before the first."""
    for number in reversed(range(len(stretches))):
        stretch = stretches[number]
        if at >= stretch.start:
            before = stretches[number - 1].weight if number else 0.0
            return stretch.weight, None if at >= stretch.clear else before
    return None


def extended(
    stretches: tuple[Stretch, ...], weight: float, since: float, clear: float, cursor: float
) -> tuple[Stretch, ...]:
    """With a new weight; what was over before `cursor` is forgotten."""
    kept = [
        stretch
        for stretch, after in zip(stretches, (*stretches[1:], None), strict=False)
        if after is None or after.clear >= cursor
    ]
    return (*kept, Stretch(since, clear, weight))
