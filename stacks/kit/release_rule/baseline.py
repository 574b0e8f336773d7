"""What the stable version's history says a version may fail, and what would be bad."""

import math
from dataclasses import dataclass

from release_rule.counts import Counts

FEWEST_CONTACTS = 200
RATE_WITHOUT_HISTORY = 0.01
LOWEST_RATE = 0.005
# A stable version that fails more often than this says nothing about what a release may do.
HIGHEST_RATE = 0.5
LOWEST_BAD = 0.10
BAD_ODDS = 5.0


@dataclass(frozen=True)
class Baseline:
    """Failure rates per contact, 0 to 1: `rate` (h0) is allowed, `bad` (h1) is to be found.

    `contacts`: how many contacts of history they rest on.
    """

    rate: float
    bad: float
    contacts: int


def baseline(history: Counts) -> Baseline:
    """From 7 days of the stable version; below 200 contacts of history, 1 %.

    One standard error above the estimate, so that a lucky week does not condemn the candidate.
    """
    if history.seen < FEWEST_CONTACTS:
        return Baseline(RATE_WITHOUT_HISTORY, bad_rate(RATE_WITHOUT_HISTORY), history.seen)
    estimate = (history.failed + 0.5) / (history.seen + 1)
    error = math.sqrt(estimate * (1 - estimate) / (history.seen + 1))
    rate = min(max(estimate + error, LOWEST_RATE), HIGHEST_RATE)
    return Baseline(rate, bad_rate(rate), history.seen)


def bad_rate(rate: float) -> float:
    """The rate that a release looks for: five times the odds of `rate`, at least 10 %."""
    return max(LOWEST_BAD, by_odds(rate, BAD_ODDS))


def by_odds(rate: float, times: float) -> float:
    """The rate at `times` the odds of `rate`: small rates grow about so many times, none reaches 1."""
    return times * rate / (1 - rate + times * rate)
