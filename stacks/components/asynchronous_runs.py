"""How Lambda repeats what a worker was asked to do."""

from aws_cdk import aws_lambda
from constructs import Construct

from patchbay.functions import Function
from patchbay.limits import ASYNCHRONOUS_RETRIES_MAX
from patchbay.naming import LIVE
from stacks.components.live_alias import LiveAlias

EVENT_AGE_SECONDS = 3600
"""Who asked for the work, on the phone, is gone after an hour; Lambda's own limit is six."""


class AsynchronousRuns(Construct):
    """Retries and patience of asynchronous invocations of the alias `live`.

    Source: Lambda developer guide, "Configuring error handling settings for asynchronous invocation".
    """

    def __init__(
        self, scope: Construct, id_: str, *, alias: LiveAlias, function_name: str, settings: Function
    ) -> None:
        super().__init__(scope, id_)
        retries = settings.retry_attempts
        resource = aws_lambda.CfnEventInvokeConfig(
            self,
            "Resource",
            function_name=function_name,
            qualifier=LIVE,
            maximum_retry_attempts=ASYNCHRONOUS_RETRIES_MAX if retries is None else retries,
            maximum_event_age_in_seconds=EVENT_AGE_SECONDS,
        )
        resource.node.add_dependency(alias.resource)
