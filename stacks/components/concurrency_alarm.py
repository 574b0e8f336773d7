"""Alarms on what the functions of a Region share: how many executions Lambda runs at once for the account."""

from collections.abc import Sequence

from aws_cdk import Duration, aws_cloudwatch
from constructs import Construct

from patchbay.limits import MATH_ALARM_METRICS_MAX
from stacks.components.alarm_notice import PERIOD_MINUTES, Notice, Threshold

CLAIMED_PERCENT = 80
CLAIMED_MINUTES, WITHIN_MINUTES = 3, 5


class ThrottleAlarms(Construct):
    """Goes off at the first throttled request: tens of calls an hour never come near a limit by themselves.

    One for ten functions: the limit is the account's, so a throttle says little about the function that met
    it, and CloudFormation takes no more than 500 resources in a stack. By function and not by alias, because
    a throttled request has met no version yet.
    """

    def __init__(self, scope: Construct, id_: str, *, function_names: Sequence[str], notice: Notice) -> None:
        super().__init__(scope, id_)
        for number, names in enumerate(_batched(function_names)):
            notice.alarm(
                self,
                f"Throttles{number}",
                _throttled(names),
                Threshold(1),
                of=", ".join(names),
                meaning="Lambda refused requests for want of concurrency: these callers met the Error "
                "branch, unless another attempt or the fallback Region answered.",
            )


class ConcurrencyAlarm(Construct):
    """Goes off before functions are throttled, whoever in the account uses the concurrency up.

    ClaimedAccountConcurrency is what on-demand invocations cannot have (Lambda developer guide, "Monitoring
    concurrency"). The limit is read when the alarm is evaluated, so that a raised one counts at once:
    SERVICE_QUOTA gives the quota of a usage metric (CloudWatch user guide, "Using math expressions with
    CloudWatch metrics"). Its list of services leaves Lambda out; but Service Quotas names, as others recorded
    its answer for L-B99A9384, ConcurrentExecutions without dimensions as the usage metric of "Concurrent
    executions", and alarms on this very expression have been published. Where there is no quota to be had,
    there is no data, and the alarm stays OK.
    """

    def __init__(self, scope: Construct, id_: str, *, notice: Notice) -> None:
        super().__init__(scope, id_)
        share = aws_cloudwatch.MathExpression(
            expression="100 * claimed / SERVICE_QUOTA(running)",
            using_metrics={
                "claimed": _account_metric("ClaimedAccountConcurrency"),
                "running": _account_metric("ConcurrentExecutions"),
            },
            period=Duration.minutes(1),
            label="Percent of the concurrency limit",
        )
        notice.alarm(
            self,
            "Claimed",
            share,
            Threshold(CLAIMED_PERCENT, CLAIMED_MINUTES, WITHIN_MINUTES),
            of="Lambda concurrency of the account",
            meaning=f"{CLAIMED_PERCENT} % or more of the limit were taken in {CLAIMED_MINUTES} of the last "
            f"{WITHIN_MINUTES} minutes: at the limit, callers meet the Error branch.",
        )


def _batched(names: Sequence[str]) -> list[Sequence[str]]:
    return [names[at : at + MATH_ALARM_METRICS_MAX] for at in range(0, len(names), MATH_ALARM_METRICS_MAX)]


def _throttled(names: Sequence[str]) -> aws_cloudwatch.MathExpression:
    metrics: dict[str, aws_cloudwatch.IMetric] = {
        f"throttles{number}": aws_cloudwatch.Metric(
            namespace="AWS/Lambda",
            metric_name="Throttles",
            dimensions_map={"FunctionName": name},
            statistic="Sum",
            period=Duration.minutes(PERIOD_MINUTES),
        )
        for number, name in enumerate(names)
    }
    return aws_cloudwatch.MathExpression(
        expression=" + ".join(f"FILL({id_}, 0)" for id_ in metrics),
        using_metrics=metrics,
        period=Duration.minutes(PERIOD_MINUTES),
        label="Throttled requests",
    )


def _account_metric(name: str) -> aws_cloudwatch.Metric:
    return aws_cloudwatch.Metric(
        namespace="AWS/Lambda", metric_name=name, statistic="Maximum", period=Duration.minutes(1)
    )
