"""What a worker could not do, for somebody to look at."""

from aws_cdk import Duration, aws_sqs
from constructs import Construct

from stacks.components.alarm_notice import Notice, Threshold

KEEP_DAYS = 14
"""The longest that SQS keeps a message (API reference, CreateQueue: MessageRetentionPeriod)."""


class DeadLetters(Construct):
    """The queue with the events that failed for good, and an alarm while there are some.

    The queue stays the same over deploys: two versions share an alias only with the same dead-letter
    configuration (Lambda developer guide, "Implement Lambda canary deployments using a weighted alias").
    """

    def __init__(self, scope: Construct, id_: str, *, function: str, notice: Notice) -> None:
        super().__init__(scope, id_)
        self.queue = aws_sqs.Queue(
            self,
            "Resource",
            encryption=aws_sqs.QueueEncryption.SQS_MANAGED,
            enforce_ssl=True,
            retention_period=Duration.days(KEEP_DAYS),
        )
        notice.alarm(
            self,
            "Alarm",
            self.queue.metric_approximate_number_of_messages_visible(),
            Threshold(1),
            of=function,
            meaning=f"runs failed for good: its dead-letter queue holds what was asked of them, for "
            f"{KEEP_DAYS} days.",
        )
