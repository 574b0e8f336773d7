"""A custom resource provider: CDK's framework around one of our Python handlers."""

from pathlib import Path

from aws_cdk import Duration, RemovalPolicy, aws_iam, aws_lambda, aws_logs, custom_resources
from constructs import Construct

from stacks.components.handler_role import HandlerRole
from stacks.packing import pack
from stacks.runtime import ARCHITECTURE, PYTHON

_HANDLERS = Path(__file__).parent.parent / "kit"

SERVICE_TIMEOUT = Duration.minutes(5)
"""How long CloudFormation waits for an answer; its default of an hour blocks create and rollback each."""


class CustomResourceProvider(Construct):
    """The synchronous provider of the package `package` under `stacks/kit`.

    Synchronous on purpose: CDK's asynchronous one writes CloudFormation's pre-signed response address
    into an execution history.
    """

    def __init__(
        self, scope: Construct, id_: str, *, package: str, statements: list[aws_iam.PolicyStatement]
    ) -> None:
        super().__init__(scope, id_)
        log_group, framework_logs = self._log_group("Logs"), self._log_group("ProviderLogs")
        role = HandlerRole(self, "Role", log_group=log_group)
        for statement in statements:
            role.add_to_policy(statement)
        handler = aws_lambda.Function(
            self,
            "Handler",
            description=f"Patchbay: {package.replace('_', ' ')}",
            runtime=PYTHON,
            architecture=ARCHITECTURE,
            handler=f"{package}.handler.on_event",
            code=pack(_HANDLERS, package).code,
            role=role,
            log_group=log_group,
            timeout=SERVICE_TIMEOUT.minus(Duration.seconds(30)),
            memory_size=256,
            tracing=aws_lambda.Tracing.ACTIVE,
        )
        self.service_token = custom_resources.Provider(
            self,
            "Provider",
            on_event_handler=handler,
            log_group=framework_logs,
            framework_on_event_role=HandlerRole(self, "ProviderRole", log_group=framework_logs),
        ).service_token

    def _log_group(self, id_: str) -> aws_logs.LogGroup:
        return aws_logs.LogGroup(
            self, id_, retention=aws_logs.RetentionDays.ONE_MONTH, removal_policy=RemovalPolicy.DESTROY
        )
