"""What the alarms of a Lambda Region have in common: how they go off, their words, and who is told."""

from collections.abc import Sequence
from dataclasses import dataclass

from aws_cdk import aws_cloudwatch, aws_cloudwatch_actions, aws_sns
from constructs import Construct

PERIOD_MINUTES = 5
WITHIN_PERIODS = 12
"""The hour that an alarm looks at: where tens of calls an hour arrive, a period holds a few of them."""


@dataclass(frozen=True)
class Threshold:
    """Goes off at or over `value` in `periods` of the last `within`."""

    value: float
    periods: int = 1
    within: int = 1


@dataclass(frozen=True)
class Notice:
    """Where the alarms are, and the topics that they notify when they go off and when they are over."""

    environment: str
    region: str
    topics: Sequence[aws_sns.ITopic]

    def alarm(
        self,
        scope: Construct,
        id_: str,
        metric: aws_cloudwatch.IMetric,
        threshold: Threshold,
        *,
        of: str,
        meaning: str,
    ) -> None:
        """No data is no call, and nothing wrong. `meaning` is what callers meet."""
        alarm = aws_cloudwatch.Alarm(
            scope,
            id_,
            metric=metric,
            alarm_description=self._description(of, meaning),
            threshold=threshold.value,
            evaluation_periods=threshold.within,
            datapoints_to_alarm=threshold.periods,
            comparison_operator=aws_cloudwatch.ComparisonOperator.GREATER_THAN_OR_EQUAL_TO_THRESHOLD,
            treat_missing_data=aws_cloudwatch.TreatMissingData.NOT_BREACHING,
        )
        for topic in self.topics:
            action = aws_cloudwatch_actions.SnsAction(topic)
            alarm.add_alarm_action(action)
            alarm.add_ok_action(action)

    def _description(self, of: str, meaning: str) -> str:
        follow = (
            f"patchbay explain --recent --env {self.environment}; patchbay doctor --env {self.environment}"
        )
        return f"{of} in {self.region} ({self.environment}): {meaning} Next: {follow}"
