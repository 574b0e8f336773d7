"""Who is told when a release needs somebody: alarms, and the topic that they notify."""

from aws_cdk import ArnFormat, Duration, Stack, aws_cloudwatch, aws_cloudwatch_actions, aws_iam, aws_sns
from constructs import Construct

from patchbay.naming import Names
from release.news import NAMESPACE, ROLLED_BACK, STUCK

_TOLD = {
    ROLLED_BACK: "a release went back to the stable version",
    STUCK: "a release cannot go on: it holds, and needs somebody",
}
_BROKEN = ("ExecutionsFailed", "ExecutionsTimedOut", "ExecutionsAborted")
"""AWS/States."""
_PERIOD = Duration.minutes(5)


class ReleaseNotices(Construct):
    """Subscribe to the topic; every alarm fires on a single occurrence."""

    def __init__(self, scope: Construct, id_: str, *, names: Names, machine_arn: str) -> None:
        super().__init__(scope, id_)
        self.topic = aws_sns.Topic(self, "Topic", enforce_ssl=True)
        self._let_alarms_publish()
        ours = {"App": names.app, "Environment": names.environment}
        for metric, what in _TOLD.items():
            told = _count(NAMESPACE, metric, ours)
            self._alarm(metric, told, f"{names.app}, {names.environment}: {what}")
        what = "an execution of the release controller did not end by itself; the sweep starts it anew"
        self._alarm("ExecutionsBroken", _broken(machine_arn), f"{names.app}, {names.environment}: {what}")

    def _let_alarms_publish(self) -> None:
        """A policy of one's own replaces the topic's first one, which lets the account publish."""
        stack = Stack.of(self)
        alarms = stack.format_arn(
            service="cloudwatch",
            resource="alarm",
            resource_name="*",
            arn_format=ArnFormat.COLON_RESOURCE_NAME,
        )
        statement = aws_iam.PolicyStatement(
            actions=["sns:Publish"],
            resources=[self.topic.topic_arn],
            principals=[aws_iam.ServicePrincipal("cloudwatch.amazonaws.com")],
            conditions={
                "StringEquals": {"aws:SourceAccount": stack.account},
                "ArnLike": {"aws:SourceArn": alarms},
            },
        )
        self.topic.add_to_resource_policy(statement)

    def _alarm(self, id_: str, metric: aws_cloudwatch.IMetric, description: str) -> None:
        alarm = aws_cloudwatch.Alarm(
            self,
            id_,
            metric=metric,
            alarm_description=description,
            threshold=1,
            evaluation_periods=1,
            comparison_operator=aws_cloudwatch.ComparisonOperator.GREATER_THAN_OR_EQUAL_TO_THRESHOLD,
            treat_missing_data=aws_cloudwatch.TreatMissingData.NOT_BREACHING,
        )
        alarm.add_alarm_action(aws_cloudwatch_actions.SnsAction(self.topic))


def _count(namespace: str, name: str, dimensions: dict[str, str]) -> aws_cloudwatch.Metric:
    return aws_cloudwatch.Metric(
        namespace=namespace, metric_name=name, dimensions_map=dimensions, statistic="Sum", period=_PERIOD
    )


def _broken(machine_arn: str) -> aws_cloudwatch.MathExpression:
    counts = {
        name[0].lower() + name[1:]: _count("AWS/States", name, {"StateMachineArn": machine_arn})
        for name in _BROKEN
    }
    return aws_cloudwatch.MathExpression(
        expression=" + ".join(f"FILL({id_}, 0)" for id_ in counts),
        using_metrics=dict(counts),
        period=_PERIOD,
        label="Executions that did not end by themselves",
    )
