"""Pass, fail, retreat or go on: a sequential decision that holds however often one looks.

Failing takes two witnesses. Alone the candidate's own history test would blame it for an outage of both
versions; alone the comparison with stable would take longer to see a plain fault.
"""

import math
from enum import StrEnum

from release_rule.tally import Tally

FALSE_ALARM = 0.01
MISSED = 0.05
LOG_PASS = math.log(MISSED / (1 - FALSE_ALARM))
LOG_OVER = math.log(1 / FALSE_ALARM)
LOG_CONFIRMED = math.log(10)
FEWEST_FAILING = 2
"""Contacts that must have failed before any test may speak against a candidate: the comparison also counts
clean contacts on stable, and these alone only say that the split has no effect."""


class Verdict(StrEnum):
    """What the evidence says; only PASS promotes, only FAIL rolls back."""

    PASS = "pass"  # noqa: S105 - a verdict, not a password
    FAIL = "fail"
    RETREAT = "retreat"
    CONTINUE = "inconclusive"


def judge(tally: Tally) -> Verdict:
    """FAIL: worse than stable. RETREAT: worse than its history, but so is stable. PASS: as good as it."""
    if tally.failed >= FEWEST_FAILING:
        over_stable, over_history = tally.log_over_stable, tally.log_over_history
        if over_stable >= LOG_OVER or (over_history >= LOG_OVER and over_stable >= LOG_CONFIRMED):
            return Verdict.FAIL
        if over_history >= LOG_OVER:
            return Verdict.RETREAT
    if tally.seen and tally.log_pass <= LOG_PASS:
        return Verdict.PASS
    return Verdict.CONTINUE
