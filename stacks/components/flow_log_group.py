"""The log group of one instance's flow logs, made where Connect has not made it."""

from aws_cdk import CustomResource, Stack, aws_iam, aws_logs
from constructs import Construct

from stacks.components.custom_resource import SERVICE_TIMEOUT, CustomResourceProvider

RETENTION_DAYS = 90
"""Of a group that is made here; one that Connect made keeps its own, which is for ever unless changed."""


class FlowLogGroup(Construct):
    """A native log group would fail where Connect was first; a name alone, where it has not come yet."""

    def __init__(self, scope: Construct, id_: str, *, name: str) -> None:
        super().__init__(scope, id_)
        provider = CustomResourceProvider(
            self, "Provider", package="flow_log_group", statements=self._statements(name)
        )
        self._resource = CustomResource(
            self,
            "Resource",
            resource_type="Custom::FlowLogGroup",
            service_token=provider.service_token,
            service_timeout=SERVICE_TIMEOUT,
            properties={"LogGroupName": name, "RetentionDays": RETENTION_DAYS},
        )
        self.log_group = aws_logs.LogGroup.from_log_group_name(self, "LogGroup", name)

    def goes_before(self, *constructs: Construct) -> None:
        """What needs the group to be there."""
        for construct in constructs:
            construct.node.add_dependency(self._resource)

    def _statements(self, name: str) -> list[aws_iam.PolicyStatement]:
        # Policies name a group with `:*` behind it (CloudWatch Logs API reference, LogGroup: arn), where
        # the service authorization reference shows it without: both, of this group alone.
        arn = Stack.of(self).format_arn(service="logs", resource=f"log-group:{name}")
        return [
            aws_iam.PolicyStatement(
                actions=["logs:CreateLogGroup", "logs:PutRetentionPolicy"], resources=[arn, f"{arn}:*"]
            )
        ]
