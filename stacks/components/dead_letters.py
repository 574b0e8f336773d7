"""What a worker could not do, for somebody to look at."""

from aws_cdk import Duration, aws_cloudwatch, aws_cloudwatch_actions, aws_sns, aws_sqs
from constructs import Construct

KEEP_DAYS = 14
"""The longest that SQS keeps a message (API reference, CreateQueue: MessageRetentionPeriod)."""


class DeadLetters(Construct):
    """The queue with the events that failed for good, and an alarm while there are some.

    The queue stays the same over deploys: two versions share an alias only with the same dead-letter
    configuration (Lambda developer guide, "Implement Lambda canary deployments using a weighted alias").
    """

    def __init__(self, scope: Construct, id_: str, *, function: str, topic: aws_sns.ITopic) -> None:
        super().__init__(scope, id_)
        self.queue = aws_sqs.Queue(
            self,
            "Resource",
            encryption=aws_sqs.QueueEncryption.SQS_MANAGED,
            enforce_ssl=True,
            retention_period=Duration.days(KEEP_DAYS),
        )
        alarm = self.queue.metric_approximate_number_of_messages_visible().create_alarm(
            self,
            "Alarm",
            alarm_description=f"{function} failed for good: its dead-letter queue holds what was asked",
            threshold=1,
            evaluation_periods=1,
            comparison_operator=aws_cloudwatch.ComparisonOperator.GREATER_THAN_OR_EQUAL_TO_THRESHOLD,
            treat_missing_data=aws_cloudwatch.TreatMissingData.NOT_BREACHING,
        )
        alarm.add_alarm_action(aws_cloudwatch_actions.SnsAction(topic))
