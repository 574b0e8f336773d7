"""What a release needs at today's volume, and what it can see. Pure."""

import math
from collections.abc import Callable
from dataclasses import dataclass

from release_rule.baseline import Baseline, baseline
from release_rule.counts import Counts, Period
from release_rule.forecast import Forecast, forecast
from release_rule.rule import Verdict, begin, fold, judge
from release_rule.watch import RESPLIT_WEIGHT, alarmed, begin_watch, fold_watch, split_again

_SURE = 1.645
"""Standard errors below the mean: 19 in 20 are above."""
_PRECISION = 0.0005
_MOST_CALLS = 100_000.0
"""An hour; a search has to end somewhere."""


@dataclass(frozen=True)
class Volume:
    """The history of the stable version, and the time that a release has."""

    history: Counts
    calls_per_hour: float
    period_seconds: float
    max_hours: float
    watch_hours: float

    @property
    def baseline(self) -> Baseline:
        """What the stable version's history allows."""
        return baseline(self.history)

    @property
    def forecast(self) -> Forecast:
        """At this volume."""
        return forecast(self.baseline, self.calls_per_hour, self.period_seconds)

    @property
    def fits(self) -> bool:
        """Whether half of the good candidates are through before the time is up."""
        hours = self.forecast.hours
        return hours is not None and hours <= self.max_hours

    @property
    def calls_needed(self) -> float | None:
        """The fewest calls an hour with which it would fit; None if no volume makes it fit."""
        return _least(self._fits_at, self.calls_per_hour, _MOST_CALLS)

    def _fits_at(self, calls: float) -> bool:
        hours = forecast(self.baseline, calls, self.period_seconds).hours
        return hours is not None and hours <= self.max_hours

    @property
    def visible_with_watch(self) -> float:
        """The failure rate that is found, about 19 times in 20, with the help of the watch.

        It alarms the watch within `watch_hours`, and in the split that follows it is told apart from a stable
        version that fails as its history allows, within `max_hours`.
        """
        low, high = self.baseline.rate, self.forecast.visible_rate
        if not self._found_later(high):
            return high
        while high - low > _PRECISION:
            middle = (low + high) / 2
            low, high = (low, middle) if self._found_later(middle) else (middle, high)
        return high

    def _found_later(self, rate: float) -> bool:
        start = begin_watch(self.baseline.rate)
        closer = split_again(begin(self.baseline), start)
        watched = _unlucky(self.calls_per_hour * self.watch_hours, rate)
        each = self.calls_per_hour * self.max_hours * RESPLIT_WEIGHT
        usual = Counts(math.floor(each), math.ceil(math.floor(each) * start.rate))
        split = fold(closer, Period(RESPLIT_WEIGHT, _unlucky(each, rate), usual))
        alarms = alarmed(fold_watch(start, watched))
        return alarms and rate >= closer.bad and judge(split) is Verdict.FAIL


def _unlucky(contacts: float, rate: float) -> Counts:
    """So few failures that 19 in 20 samples have more."""
    seen = math.floor(contacts)
    failed = seen * rate - _SURE * math.sqrt(seen * rate * (1 - rate))
    return Counts(seen, max(0, math.floor(failed)))


def _least(fits: Callable[[float], bool], low: float, high: float) -> float | None:
    """By bisection, to 2 %."""
    if not fits(high):
        return None
    low = max(low, 0.01)
    while high / low > 1.02:
        middle = math.sqrt(low * high)
        low, high = (low, middle) if fits(middle) else (middle, high)
    return high
