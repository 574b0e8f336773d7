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
"""AWS/States. One alarm each: one over their sum is metric math, which the embedded AWS does not have."""


class ReleaseNotices(Construct):
    """Subscribe to the topic; every alarm fires on a single occurrence."""

    def __init__(self, scope: Construct, id_: str, *, names: Names, machine_arn: str) -> None:
        super().__init__(scope, id_)
        self.topic = aws_sns.Topic(self, "Topic", enforce_ssl=True)
        self._let_alarms_publish()
        ours = {"App": names.app, "Environment": names.environment}
        for metric, what in _TOLD.items():
            self._alarm(NAMESPACE, metric, ours, f"{names.app}, {names.environment}: {what}")
        for metric in _BROKEN:
            what = "an execution of the release controller did not end by itself; the sweep starts it anew"
            machine = {"StateMachineArn": machine_arn}
            self._alarm("AWS/States", metric, machine, f"{names.app}, {names.environment}: {what}")

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

    def _alarm(self, namespace: str, name: str, dimensions: dict[str, str], description: str) -> None:
        metric = aws_cloudwatch.Metric(
            namespace=namespace,
            metric_name=name,
            dimensions_map=dimensions,
            statistic="Sum",
            period=Duration.minutes(5),
        )
        alarm = metric.create_alarm(
            self,
            name,
            alarm_description=description,
            threshold=1,
            evaluation_periods=1,
            comparison_operator=aws_cloudwatch.ComparisonOperator.GREATER_THAN_OR_EQUAL_TO_THRESHOLD,
            treat_missing_data=aws_cloudwatch.TreatMissingData.NOT_BREACHING,
        )
        alarm.add_alarm_action(aws_cloudwatch_actions.SnsAction(self.topic))
