"""Which share of the calls a candidate gets.

Harm is what arrives between a failure and the verdict, so the share comes from the measured volume:
about one contact on the candidate before its evidence can be read, more with every three seen.
"""

from release_rule.tally import Tally

LADDER = (0.05, 0.10, 0.15, 0.25, 0.50)
PERIODS_TO_EVIDENCE = 2.5
_SEEN_FOR_ONE_MORE = 3
EARLY_SEEN = 5
EARLY_MOST = 0.25


def weight(tally: Tally, calls_per_period: float, current: float) -> float:
    """The next weight, 0.05 to 0.5, never below `current` (0: not split yet).

    `calls_per_period`: all calls, at the present volume, not a daily mean.
    """
    return max(current, weight_after(tally.seen, calls_per_period))


def first_weight(calls_per_period: float) -> float:
    """The weight at which a release begins, and to which it retreats."""
    return weight_after(0, calls_per_period)


def weight_after(seen: int, calls_per_period: float) -> float:
    """The weight once the candidate has met `seen` contacts."""
    most = EARLY_MOST if seen < EARLY_SEEN else LADDER[-1]
    wanted = (1 + seen / _SEEN_FOR_ONE_MORE) / max(calls_per_period * PERIODS_TO_EVIDENCE, 1e-9)
    allowed = [step for step in LADDER if step <= min(wanted, most)]
    return allowed[-1] if allowed else LADDER[0]


def seen_for(step: float, calls_per_period: float) -> float:
    """How many contacts the candidate must have met before it gets the weight `step`; may be below 0."""
    by_volume = _SEEN_FOR_ONE_MORE * (step * calls_per_period * PERIODS_TO_EVIDENCE - 1)
    return max(by_volume, EARLY_SEEN) if step > EARLY_MOST else by_volume
