"""The alarms of one instance; when they go off is in `patchbay.monitoring.alarms`."""

from aws_cdk import Duration, aws_cloudwatch, aws_cloudwatch_actions, aws_sns
from constructs import Construct

from patchbay.config import Environment, Instance
from patchbay.monitoring.alarms import Alarm, alarms, description


class FlowAlarms(Construct):
    """Tells the instance's topic, if it has one, when it begins and when it is over."""

    def __init__(self, scope: Construct, id_: str, *, environment: Environment, instance: Instance) -> None:
        super().__init__(scope, id_)
        namespace = environment.names.flow_metrics(instance.name)
        action = self._action(instance.alarm_topic_arn)
        for alarm in alarms(instance.arn.instance_id):
            made = aws_cloudwatch.Alarm(
                self,
                alarm.id,
                alarm_description=description(alarm, environment.name, instance.name),
                metric=_metric(alarm, namespace),
                threshold=alarm.threshold,
                comparison_operator=aws_cloudwatch.ComparisonOperator.GREATER_THAN_OR_EQUAL_TO_THRESHOLD,
                evaluation_periods=1,
                # A contact centre is closed at night, and Connect writes its errors only where there are any.
                treat_missing_data=aws_cloudwatch.TreatMissingData.NOT_BREACHING,
            )
            if action is not None:
                made.add_alarm_action(action)
                made.add_ok_action(action)

    def _action(self, topic_arn: str | None) -> aws_cloudwatch_actions.SnsAction | None:
        if topic_arn is None:
            return None
        return aws_cloudwatch_actions.SnsAction(aws_sns.Topic.from_topic_arn(self, "Topic", topic_arn))


def _metric(alarm: Alarm, namespace: str) -> aws_cloudwatch.MathExpression:
    period = Duration.seconds(alarm.period_seconds)
    return aws_cloudwatch.MathExpression(
        expression=alarm.expression,
        period=period,
        label=alarm.id,
        using_metrics={
            key: aws_cloudwatch.Metric(namespace=namespace, metric_name=name, statistic="Sum", period=period)
            for key, name in alarm.metrics.items()
        },
    )
