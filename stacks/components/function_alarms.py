"""Alarms on one function of a Region: it fails, or it is nearly as slow as its callers would wait for."""

from aws_cdk import Duration, aws_cloudwatch
from constructs import Construct

from patchbay.functions import Function, Kind
from patchbay.naming import LIVE
from stacks.components.alarm_notice import PERIOD_MINUTES, WITHIN_PERIODS, Notice, Threshold

FAILING_PERIODS = 2
"""Connect repeats a failed attempt within seconds, so errors do not tell how many callers met one; periods
with an error do. One of them is one call, which may come from anything."""
SLOW_PERIODS = 3
"""A slow call in each of three periods: one can be a cold start of what the function calls."""
SLOW_SHARE = 0.8
"""Of the time limit: Duration leaves out the start of a new environment, and what Connect needs itself."""

_WITHIN = f"of the last {WITHIN_PERIODS} periods of {PERIOD_MINUTES} minutes"
_HEARD = {
    Kind.FLOW: "these callers met the Error branch",
    Kind.LEX: "these callers heard what the bot says when its function fails",
}
_WAITING = {
    Kind.FLOW: "the time limit of its block: callers hear silence for so long, then meet the Error branch.",
    Kind.LEX: "its timeout: callers wait so long for the bot, which then fails.",
    Kind.WORKER: "its timeout, at which Lambda ends the run and repeats it: what it does comes late, or not.",
}


class FunctionAlarms(Construct):
    """On the metrics of the alias that callers meet, whichever versions it leads to.

    They tell of hours, not of calls: at tens of calls an hour a share of one period says nothing, and one
    period with an error is one call. When a release goes wrong the controller ends it and tells of it; these
    alarms add to that only where callers met errors for longer, and are over an hour later. A worker has no
    alarm on errors: Lambda repeats its runs, and what failed for good sets off the alarm on its dead-letter
    queue. A period's p99 is its slowest call where so few come; CloudWatch evaluates it all the same, unless
    told otherwise (API reference, PutMetricAlarm: EvaluateLowSampleCountPercentile).

    Dimensions: Lambda developer guide, "Using CloudWatch metrics with Lambda".
    """

    def __init__(
        self, scope: Construct, id_: str, *, function_name: str, settings: Function, notice: Notice
    ) -> None:
        super().__init__(scope, id_)
        self._name, self._notice = function_name, notice
        if settings.kind in _HEARD:
            meaning = (
                f"it failed, or was cut off, in {FAILING_PERIODS} or more {_WITHIN}: "
                f"{_HEARD[settings.kind]}, unless another attempt or the fallback Region answered."
            )
            self._alarm("Errors", "Sum", Threshold(1, FAILING_PERIODS, WITHIN_PERIODS), meaning)
        limit = settings.time_limit_seconds
        meaning = (
            f"its slowest runs took {SLOW_SHARE:.0%} or more of {limit} s in {SLOW_PERIODS} or more "
            f"{_WITHIN}. {limit} s is {_WAITING[settings.kind]}"
        )
        slow = Threshold(round(SLOW_SHARE * limit * 1000), SLOW_PERIODS, WITHIN_PERIODS)
        self._alarm("Duration", "p99", slow, meaning)

    def _alarm(self, metric_name: str, statistic: str, threshold: Threshold, meaning: str) -> None:
        metric = aws_cloudwatch.Metric(
            namespace="AWS/Lambda",
            metric_name=metric_name,
            dimensions_map={"FunctionName": self._name, "Resource": f"{self._name}:{LIVE}"},
            statistic=statistic,
            period=Duration.minutes(PERIOD_MINUTES),
        )
        self._notice.alarm(self, metric_name, metric, threshold, of=self._name, meaning=meaning)
