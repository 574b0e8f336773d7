"""AWS CodeDeploy with a CloudWatch alarm: the deployment stops while the alarm is in ALARM.

Steps: CodeDeploy user guide, deployment configurations on the AWS Lambda platform. The alarm is read every
minute, also in the first with the errors of the minutes before (serverless-application-model issue 716),
and no longer after the last shift. Alarm on any error: Errors >= 1 in 1 of 1 minute, as in SAM's safe
deployments guide. Alarm on the rate: over 5 % in 2 of 3 minutes, missing data not breaching; CloudWatch
looks at the newest three real points of the last five minutes.
"""

from collections.abc import Callable
from functools import partial
from random import Random

from benchmarks.release_world.rules.base import Decision
from benchmarks.release_world.world import Slice

Alarm = Callable[[list[Slice]], bool]
"""Of the newest five visible minutes, oldest first."""


class CodeDeploy(Decision):
    """`steps`: weight from which minute on; 1.0 ends the deployment."""

    def __init__(self, random: Random, steps: dict[int, float], alarm: Alarm) -> None:
        super().__init__(random)
        self.steps, self.alarm = steps, alarm

    def decide(self, now: int, slices: list[Slice]) -> None:
        """Stops, shifts or waits."""
        if self.alarm(self.visible(slices, 5)):
            self.roll_back()
        elif self.steps.get(now) == 1.0:
            self.promote()
        else:
            self.weight = self.steps.get(now, self.weight)


def canary(minutes: int) -> dict[int, float]:
    """Canary10PercentXMinutes."""
    return {0: 0.1, minutes: 1.0}


def linear() -> dict[int, float]:
    """Linear10PercentEvery10Minutes."""
    return {10 * step: (step + 1) / 10 for step in range(10)}


def of_alias(played: Slice) -> tuple[int, int]:
    """Errors and invocations of the alias, both versions together (CDK's `alias.metric_errors()`)."""
    return played.stable_errors + played.candidate_errors, played.stable + played.candidate


def of_candidate(played: Slice) -> tuple[int, int]:
    """Errors and invocations of the candidate (dimension ExecutedVersion)."""
    return played.candidate_errors, played.candidate


Metric = Callable[[Slice], tuple[int, int]]


def any_error(metric: Metric) -> Alarm:
    """Errors in the newest minute."""
    return lambda visible: bool(visible) and metric(visible[-1])[0] > 0


def error_rate(metric: Metric) -> Alarm:
    """More than 5 % in two of the newest three minutes with calls."""
    return partial(_over_rate, metric)


def _over_rate(metric: Metric, visible: list[Slice]) -> bool:
    points = [metric(played) for played in visible]
    real = [(errors, invocations) for errors, invocations in points if invocations][-3:]
    return sum(errors > 0.05 * invocations for errors, invocations in real) >= 2
