"""Which weight was in force when an attempt started. Pure."""

from collections.abc import Iterable
from dataclasses import dataclass

from release.evidence import Sample
from release_rule.counts import Counts, Period

NONE = Counts()


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
    """One per stretch; samples whose weight is not sure, and other versions' ones, are left out."""
    tallied: dict[float, dict[str, Counts]] = {}
    for sample in samples:
        weight = _weight(sample.started, stretches)
        if weight is not None and sample.version in (pair.candidate, pair.stable):
            by_version = tallied.setdefault(weight, {})
            by_version[sample.version] = by_version.get(sample.version, NONE) + Counts(1, int(sample.failed))
    return tuple(
        Period(weight, counts.get(pair.candidate, NONE), counts.get(pair.stable, NONE))
        for weight, counts in tallied.items()
    )


def _weight(at: float, stretches: tuple[Stretch, ...]) -> float | None:
    """None where it is not sure."""
    for stretch in reversed(stretches):
        if at >= stretch.start:
            return stretch.weight if at >= stretch.clear else None
    return None


def extended(
    stretches: tuple[Stretch, ...], weight: float, since: float, clear: float, cursor: float
) -> tuple[Stretch, ...]:
    """With a new weight; what ended before `cursor` is forgotten."""
    kept = [
        stretch
        for stretch, after in zip(stretches, (*stretches[1:], None), strict=False)
        if after is None or after.start >= cursor
    ]
    return (*kept, Stretch(since, clear, weight))
