"""What a release has seen so far, as much of it as the tests need."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from release_rule.baseline import Baseline
from release_rule.counts import Period
from release_rule.hypotheses import (
    PairGain,
    against_history,
    against_rate,
    against_stable,
    log_mean,
    pairs,
    total,
)


@dataclass(frozen=True)
class Tally:
    """The evidence of one release; grows with `fold`.

    `rate` and `bad` are the baseline's. `seen` and `failed` are the candidate's contacts since the start
    or the last retreat. `relative` holds the logs of the tests against the stable version, one for each
    of `pairs(rate, relative_bad)`; they are never reset during a release.
    """

    rate: float
    bad: float
    seen: int
    failed: int
    relative_bad: float
    relative: tuple[float, ...]

    @property
    def log_pass(self) -> float:
        """Log of the likelihood ratio of `bad` against `rate`: falls with clean contacts."""
        gain = against_rate(self.rate, self.bad)
        return self.failed * gain.failed + (self.seen - self.failed) * gain.clean

    @property
    def log_over_history(self) -> float:
        """Log of the evidence that the candidate fails more often than the history allows."""
        return log_mean(total(against_history(self.rate, self.bad), self.failed, self.seen - self.failed))

    @property
    def log_over_stable(self) -> float:
        """Log of the evidence that the candidate fails more often than the stable version right now."""
        shares = [pair.share for pair in pairs(self.rate, self.relative_bad)]
        return log_mean(self.relative, shares)

    def as_dict(self) -> dict[str, object]:
        """For JSON; `of` gives back an equal tally."""
        return {**vars(self), "relative": list(self.relative)}

    @classmethod
    def of(cls, raw: Mapping[str, Any]) -> "Tally":
        """From `as_dict`; KeyError, TypeError or ValueError if it is not that."""
        return cls(
            float(raw["rate"]),
            float(raw["bad"]),
            int(raw["seen"]),
            int(raw["failed"]),
            float(raw["relative_bad"]),
            tuple(float(log) for log in raw["relative"]),
        )


def begin(baseline: Baseline) -> Tally:
    """A release that has seen nothing."""
    logs = (0.0,) * len(pairs(baseline.rate, baseline.bad))
    return Tally(baseline.rate, baseline.bad, 0, 0, baseline.bad, logs)


def fold(tally: Tally, period: Period) -> Tally:
    """With the evidence of one stretch of time; how time is cut into stretches makes no difference."""
    return Tally(
        tally.rate,
        tally.bad,
        tally.seen + period.candidate.seen,
        tally.failed + period.candidate.failed,
        tally.relative_bad,
        _relative(tally, period),
    )


def _relative(tally: Tally, period: Period) -> tuple[float, ...]:
    # Without a split nothing is routed at random, so nothing can be compared.
    low, high = period.weights
    if not 0 < high < 1 or not period.candidate.seen + period.stable.seen:
        return tally.relative
    gains = against_stable(tally.rate, tally.relative_bad, low, high)
    return tuple(log + _gain(gain, period) for log, gain in zip(tally.relative, gains, strict=True))


def _gain(gain: PairGain, period: Period) -> float:
    (candidate_failed, candidate_clean), (stable_failed, stable_clean) = gain
    candidate, stable = period.candidate, period.stable
    return (
        candidate.failed * candidate_failed
        + (candidate.seen - candidate.failed) * candidate_clean
        + stable.failed * stable_failed
        + (stable.seen - stable.failed) * stable_clean
    )


def retreat(tally: Tally) -> Tally:
    """Both versions fail: the candidate is judged anew, only the comparison with stable is kept."""
    return Tally(tally.rate, tally.bad, 0, 0, tally.relative_bad, tally.relative)
