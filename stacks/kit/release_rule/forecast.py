"""Before a release starts: what it needs at today's volume, and what it can see at all."""

import math
from dataclasses import dataclass

from release_rule.baseline import Baseline
from release_rule.bounds import needed
from release_rule.hypotheses import against_rate
from release_rule.tally import begin
from release_rule.verdict import LOG_PASS
from release_rule.weights import LADDER, first_weight, seen_for

_HOUR = 3600.0
# From a contact to the step that counts it: the 2 newest periods are excluded, and half a period of waiting.
_PERIODS_UNSEEN = 2.5


@dataclass(frozen=True)
class Forecast:
    """For a good candidate. `contacts`: on the candidate, none failing. `calls`: all, until half of such
    releases are through, which is after `hours` (None: never, there are no calls).

    `visible_rate`: of candidates that fail so often, 9 in 10 are found before promotion; a milder fault is
    left to the watch.
    """

    contacts: int
    calls: int
    hours: float | None
    visible_rate: float
    first_weight: float


def forecast(baseline: Baseline, calls_per_hour: float, period_seconds: float = 60) -> Forecast:
    """At a steady volume; a night with fewer calls makes it longer."""
    per_period = max(calls_per_hour, 0.0) * period_seconds / _HOUR
    contacts = needed(begin(baseline))
    weight = first_weight(per_period)
    if not per_period:
        return Forecast(contacts, 0, None, baseline.bad, weight)
    periods = _periods(_typical_contacts(baseline), per_period)
    calls = math.ceil(periods * per_period)
    return Forecast(contacts, calls, periods * period_seconds / _HOUR, baseline.bad, weight)


def _periods(contacts: float, per_period: float) -> float:
    """How long the weights of the ladder take to bring `contacts` to the candidate."""
    periods, met = 0.0, 0.0
    for step, following in zip(LADDER, (*LADDER[1:], None), strict=True):
        until = contacts if following is None else seen_for(following, per_period)
        if until <= 0:
            continue
        here = step * per_period
        part = max(min(until, contacts) + here * _PERIODS_UNSEEN - met, 0.0)
        periods += part / here
        met += part
    return periods


def _typical_contacts(baseline: Baseline) -> float:
    """Mean number of contacts after which half of the candidates at the baseline's rate have passed."""
    contacts = float(needed(begin(baseline)))
    while _passed(baseline, contacts) < 0.5:
        contacts *= 1.02
    return contacts


def _passed(baseline: Baseline, contacts: float) -> float:
    """The chance to have passed after a mean of `contacts` (Poisson) that fail at the baseline's rate."""
    gain = against_rate(baseline.rate, baseline.bad)
    failing, clean = contacts * baseline.rate, contacts * (1 - baseline.rate)
    passed, failed, chance = 0.0, 0, math.exp(-failing)
    while chance > 1e-6 or failed < failing:
        passed += chance * _at_least(math.ceil((LOG_PASS - failed * gain.failed) / gain.clean), clean)
        failed += 1
        chance *= failing / failed
    return passed


def _at_least(count: int, mean: float) -> float:
    """The chance that a Poisson number is `count` or more."""
    below = sum(math.exp(number * math.log(mean) - mean - math.lgamma(number + 1)) for number in range(count))
    return max(1 - below, 0.0)
