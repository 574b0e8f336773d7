"""Argo Rollouts: steps of 10, 25 and 50 %, ten minutes each, with a background analysis every minute.

The candidate's error rate over the provider's five minutes must not be above 5 %; the analysis fails when
more than failureLimit 3 measurements have (argoproj/argo-rollouts: analysis/analysis.go). initialDelay 7
minutes, else the first measurement is always empty. An empty measurement is inconclusive, and with
inconclusiveLimit 0 pauses the rollout; or, with a guard in the expression, counts as a success. Argo itself
cannot drive a Lambda alias: the rule is compared.
"""

from random import Random

from benchmarks.release_world.rules.base import Decision
from benchmarks.release_world.world import Slice

_STEPS = {0: 0.1, 10: 0.25, 20: 0.5}
_END = 30
_INITIAL_DELAY = 7
_FAILURE_LIMIT = 3
_MOST_FAILING = 0.05


class Argo(Decision):
    """`guarded`: no data counts as a success; otherwise it pauses, for a human."""

    def __init__(self, random: Random, guarded: bool) -> None:
        super().__init__(random)
        self.guarded = guarded
        self.failures = 0

    def decide(self, now: int, slices: list[Slice]) -> None:
        """Measures, then follows its steps."""
        if now >= _INITIAL_DELAY:
            self._measure(slices)
        if self.over:
            return
        if self.failures > _FAILURE_LIMIT:
            self.roll_back()
        elif now >= _END:
            self.promote()
        else:
            self.weight = _STEPS.get(now, self.weight)

    def _measure(self, slices: list[Slice]) -> None:
        visible = self.visible(slices, 5)
        invocations = sum(played.candidate for played in visible)
        errors = sum(played.candidate_errors for played in visible)
        if invocations:
            self.failures += errors > _MOST_FAILING * invocations
        elif not self.guarded:
            self.over = True  # paused: nobody looks, the weight stays
