"""The rule before promotion, in one place for its users.

Evidence goes into a tally (`begin`, `fold`), the tally gives a verdict (`judge`) and, while that is
inconclusive, the next weight. On RETREAT the user continues with `retreat(tally)` at `first_weight`.
"""

from release_rule.bounds import Bounds, odds
from release_rule.tally import Tally, begin, fold, retreat
from release_rule.verdict import Verdict, judge
from release_rule.weights import first_weight, weight

__all__ = [
    "Bounds",
    "Tally",
    "Verdict",
    "begin",
    "first_weight",
    "fold",
    "judge",
    "odds",
    "retreat",
    "weight",
]
