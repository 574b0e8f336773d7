"""How far each test is from its bound, for people who wait."""

import math
from dataclasses import dataclass

from release_rule.hypotheses import against_rate
from release_rule.tally import Tally
from release_rule.verdict import FEWEST_FAILING, LOG_OVER, LOG_PASS


@dataclass(frozen=True)
class Bounds:
    """The first three from 0 (nothing speaks for it) to 1 (bound reached).

    `needed`: contacts that the candidate must still meet, none of them failing, until it passes.
    """

    passed: float
    worse_than_history: float
    worse_than_stable: float
    needed: int


def odds(tally: Tally) -> Bounds:
    """Where `tally` stands between its verdicts; against a candidate that hardly failed, nothing speaks."""
    counts = tally.failed >= FEWEST_FAILING
    return Bounds(
        _share(tally.log_pass, LOG_PASS),
        _share(tally.log_over_history, LOG_OVER) * counts,
        _share(tally.log_over_stable, LOG_OVER) * counts,
        needed(tally),
    )


def needed(tally: Tally) -> int:
    """Further clean contacts until `tally` passes."""
    missing = LOG_PASS - tally.log_pass
    return max(math.ceil(missing / against_rate(tally.rate, tally.bad).clean), 0)


def _share(log: float, bound: float) -> float:
    return min(max(0.0, log / bound), 1.0)
