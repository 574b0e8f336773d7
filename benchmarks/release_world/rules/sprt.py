"""A plain sequential test on attempts: Wald's, 1 % against 10 %, both errors 5 %.

It sees refused responses, and takes a second test beside it: which share of the failures is the
candidate's (e-process over odds of 2 to 32, 5 %). 5, 25, 50, 100 %; the evidence is carried on.
"""

import math
from random import Random

from benchmarks.release_world.rules.base import Decision
from benchmarks.release_world.world import Slice

_FINE, _BAD, _ERROR = 0.01, 0.10, 0.05
_FAIL_LOG, _FINE_LOG = math.log(_BAD / _FINE), math.log((1 - _BAD) / (1 - _FINE))
_BOUND = math.log((1 - _ERROR) / _ERROR)
_STEPS = (0.05, 0.25, 0.50)
_ODDS = (2, 4, 8, 16, 32)


class PlainSprt(Decision):
    """On every invocation, retries too."""

    def __init__(self, random: Random) -> None:
        super().__init__(random)
        self.log = 0.0
        self.shares = [0.0] * len(_ODDS)
        self.read = 0
        self.steps = iter(_STEPS)

    def decide(self, _now: int, slices: list[Slice]) -> None:
        """Reads what has become visible, then judges."""
        while self.read < len(slices) - self.lag:
            self._add(slices[self.read])
            self.read += 1
        share = sum(math.exp(min(log, 50.0)) for log in self.shares) / len(_ODDS)
        if self.log >= _BOUND or share >= 1 / _ERROR:
            self.roll_back()
        elif not self.weight or self.log <= -_BOUND:
            self._raise()

    def _raise(self) -> None:
        step = next(self.steps, None)
        if step is None:
            self.promote()
        else:
            self.weight = step

    def _add(self, played: Slice) -> None:
        failed = played.candidate_errors + played.refused
        self.log += failed * _FAIL_LOG + (played.candidate - failed) * _FINE_LOG
        if not 0 < played.weight < 1:
            return
        for index, odds in enumerate(_ODDS):
            more = played.weight * (odds - 1) + 1
            self.shares[index] += failed * math.log(odds / more) - played.stable_errors * math.log(more)
