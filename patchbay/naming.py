"""Every physical name and the ARNs made from them.

Names follow from app, environment and function alone, so any stack, in any Region or account, can write
an alias ARN as a plain string, with no cross-Region reference.
"""

from dataclasses import dataclass

LIVE = "live"
"""The alias that flows name."""

PREVIOUS = "previous"
"""The alias on the version that a release would go back to."""


@dataclass(frozen=True)
class Names:
    """The names of one environment of one app."""

    app: str
    environment: str

    def function(self, function: str) -> str:
        """The Lambda function's name."""
        return f"{self.app}-{self.environment}-{function}"

    def function_arn(self, function: str, *, partition: str, region: str, account: str) -> str:
        """The unqualified ARN."""
        return f"arn:{partition}:lambda:{region}:{account}:function:{self.function(function)}"

    def table(self, table: str) -> str:
        """The DynamoDB table's name, the same in each Region of its group."""
        return f"{self.app}-{self.environment}-{table}"

    def flow(self, flow: str) -> str:
        """The contact flow's name in the Connect console. ASCII: metrics leave other names out."""
        return f"{self.app}-{self.environment}-{flow}"

    @property
    def release_machine(self) -> str:
        """The state machine of the release controller, one in each Lambda Region."""
        return f"{self.app}-{self.environment}-releases"

    def functions_stack(self, region: str) -> str:
        """The stack of one Lambda Region."""
        return f"{self.app}-{self.environment}-functions-{region}"

    def connect_stack(self, instance: str) -> str:
        """The stack of one Connect instance."""
        return f"{self.app}-{self.environment}-connect-{instance}"

    def flow_metrics(self, instance: str) -> str:
        """The CloudWatch namespace of what metric filters count in an instance's flow log.

        One for each instance: a count without dimensions has only its namespace to tell instances apart.
        """
        return f"Patchbay/{self.app}-{self.environment}/{instance}"

    def saved_query(self, folder: str, title: str) -> str:
        """The name of a query in Logs Insights, which shows what comes before a slash as folders."""
        return f"patchbay/{self.app}-{self.environment}/{folder}/{title}"

    def association_path(self, instance_id: str) -> str:
        """The SSM path that remembers which associations Patchbay made itself."""
        return f"/{self.app}/{self.environment}/associations/{instance_id}"


def flow_log_group(instance_alias: str) -> str:
    """Where Connect writes flow logs (administrator guide, "Flow logs")."""
    return f"/aws/connect/{instance_alias}"


def construct_id(name: str) -> str:
    """`customer_lookup` as a construct id: `CustomerLookup`."""
    return "".join(part.capitalize() for part in name.replace("-", "_").split("_"))
