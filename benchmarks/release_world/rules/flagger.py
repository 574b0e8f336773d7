"""Flagger's analysis with the CloudWatch provider, as its documentation sets it up.

interval 1m, threshold 5 (failed checks in all, compared at the start of a tick), stepWeight 10, maxWeight 50,
success rate at least 99 %. No value is a failed check. The provider reads the newest point of the last ten
intervals (fluxcd/flagger: pkg/controller/scheduler.go, pkg/metrics/providers/cloudwatch.go). Flagger itself
cannot drive a Lambda alias: the rule is compared.
"""

from random import Random

from benchmarks.release_world.rules.base import Decision
from benchmarks.release_world.world import Slice

_THRESHOLD = 5
_STEP, _MOST = 0.1, 0.5
_POINTS = 10


class Flagger(Decision):
    """One check a minute."""

    def __init__(self, random: Random) -> None:
        super().__init__(random)
        self.failed_checks = 0
        self.promoting = False

    def decide(self, now: int, slices: list[Slice]) -> None:
        """Rolls back, halts, raises the weight, or promotes in two ticks."""
        if self.promoting:
            self.promote()
        elif self.failed_checks >= _THRESHOLD:
            self.roll_back()
        elif now and not self._check(slices):
            self.failed_checks += 1
        elif self.weight >= _MOST:
            self.promoting = True
        else:
            self.weight = round(self.weight + _STEP, 1)

    def _check(self, slices: list[Slice]) -> bool:
        for played in reversed(self.visible(slices, _POINTS)):
            if played.candidate:
                return played.candidate_errors <= 0.01 * played.candidate
        return False
