"""The alarm on one function of a Region: it fails, or it is nearly as slow as its callers would wait for."""

from aws_cdk import Duration, aws_cloudwatch
from constructs import Construct

from patchbay.functions import Function, Kind
from patchbay.naming import LIVE
from stacks.components.alarm_notice import PERIOD_MINUTES, WITHIN_PERIODS, Notice, Threshold

TROUBLED_PERIODS = 2
"""Connect repeats a failed attempt within seconds, so errors do not tell how many callers met one; periods
with an error, or with a slow call, do. One of them is one call, which may come from anything."""
SLOW_PERCENT = 80
"""Of the time limit: Duration leaves out the start of a new environment, and what Connect needs itself."""
FAILED_PERCENT = 100
"""What a period with a failed call counts as: nothing that takes less than its limit has this value."""

_WITHIN = f"in {TROUBLED_PERIODS} or more of the last {WITHIN_PERIODS} periods of {PERIOD_MINUTES} minutes"
_HEARD = {
    Kind.FLOW: "callers meet the Error branch, unless another attempt or the fallback Region answers",
    Kind.LEX: "callers hear what the bot says when its function fails",
    Kind.WORKER: "Lambda ends the run and repeats it, so what it does comes late, or not",
}


class FunctionAlarm(Construct):
    """On the metrics of the alias that callers meet, whichever versions it leads to.

    Its value is what the slowest call of a period took, in percent of the time limit; 100 where one failed.
    One alarm says both, because a call that is too slow is one that fails, so that two would go off together,
    and because CloudFormation takes no more than 500 resources in a stack.

    It tells of hours, not of calls: at tens of calls an hour a share of one period says nothing, and one
    period with an error is one call. When a release goes wrong the controller ends it and tells of it; this
    alarm adds to that only where callers met errors for longer, and is over an hour later. A worker's errors
    do not count: Lambda repeats its runs, and what failed for good sets off the alarm on its dead-letter
    queue. A period's p99 is its slowest call where so few come.

    Dimensions: Lambda developer guide, "Using CloudWatch metrics with Lambda". A period without a call has
    neither metric, and FILL makes it a 0: else CloudWatch would look further back for one in its place (user
    guide, "Configuring how CloudWatch alarms treat missing data").
    """

    def __init__(
        self, scope: Construct, id_: str, *, function_name: str, settings: Function, notice: Notice
    ) -> None:
        super().__init__(scope, id_)
        self._name = function_name
        share = aws_cloudwatch.MathExpression(
            expression=_expression(settings),
            using_metrics={key: self._metric(*metric) for key, metric in _metrics(settings).items()},
            period=Duration.minutes(PERIOD_MINUTES),
            label="Slowest call in percent of the time limit",
        )
        threshold = Threshold(SLOW_PERCENT, TROUBLED_PERIODS, WITHIN_PERIODS)
        notice.alarm(self, "Resource", share, threshold, of=function_name, meaning=_meaning(settings))

    def _metric(self, name: str, statistic: str) -> aws_cloudwatch.Metric:
        return aws_cloudwatch.Metric(
            namespace="AWS/Lambda",
            metric_name=name,
            dimensions_map={"FunctionName": self._name, "Resource": f"{self._name}:{LIVE}"},
            statistic=statistic,
            period=Duration.minutes(PERIOD_MINUTES),
        )


def _metrics(settings: Function) -> dict[str, tuple[str, str]]:
    errors = {} if settings.kind is Kind.WORKER else {"errors": ("Errors", "Sum")}
    return {"slowest": ("Duration", "p99"), **errors}


def _expression(settings: Function) -> str:
    share = f"100 * FILL(slowest, 0) / {settings.time_limit_seconds * 1000}"
    return share if settings.kind is Kind.WORKER else f"IF(FILL(errors, 0) >= 1, {FAILED_PERCENT}, {share})"


def _meaning(settings: Function) -> str:
    limit = f"{settings.time_limit_seconds} s"
    if settings.kind is Kind.WORKER:
        return (
            f"its slowest runs took {SLOW_PERCENT} % or more of its timeout of {limit} {_WITHIN}. "
            f"At the timeout {_HEARD[settings.kind]}."
        )
    return (
        f"it failed, or its slowest calls took {SLOW_PERCENT} % or more of {limit}, {_WITHIN} (a value of "
        f"{FAILED_PERCENT} is a call that failed, less is what the slowest one took of {limit}, in percent). "
        f"Where it fails or needs longer, {_HEARD[settings.kind]}."
    )
