"""The step of the release controller: one Lambda function that reads, decides and writes."""

from aws_cdk import Duration, RemovalPolicy, aws_iam, aws_lambda, aws_logs
from constructs import Construct

from stacks.components.handler_role import HandlerRole
from stacks.packing import PackedCode
from stacks.runtime import ARCHITECTURE, PYTHON


class ReleaseStep(Construct):
    """Invoked by the state machine for one step, and by EventBridge to sweep."""

    def __init__(self, scope: Construct, id_: str, *, code: PackedCode, variables: dict[str, str]) -> None:
        super().__init__(scope, id_)
        log_group = aws_logs.LogGroup(
            self, "Logs", retention=aws_logs.RetentionDays.ONE_MONTH, removal_policy=RemovalPolicy.DESTROY
        )
        self.role = HandlerRole(self, "Role", log_group=log_group, many_rights=True)
        self.function = aws_lambda.Function(
            self,
            "Function",
            description="Patchbay: one step of a release",
            runtime=PYTHON,
            architecture=ARCHITECTURE,
            handler="release.handler.on_event",
            code=code.code,
            role=self.role,
            log_group=log_group,
            timeout=Duration.seconds(120),
            # A history of 200,000 lines takes some 110 MB, beside the answers themselves.
            memory_size=512,
            tracing=aws_lambda.Tracing.ACTIVE,
            environment=variables,
        )

    def may(self, *statements: aws_iam.PolicyStatement) -> None:
        """What it reads and writes, granted by who knows the names."""
        for statement in statements:
            self.role.add_to_policy(statement)
