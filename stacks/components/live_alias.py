"""The alias `live`, owned by a custom resource so that CloudFormation never moves callers.

An alias that CloudFormation updates moves callers with every deploy, and back to a stale version when a
later step of the deploy fails. See docs/decisions.
"""

from aws_cdk import CustomResource, aws_iam
from constructs import Construct

from patchbay.functions import Strategy
from patchbay.naming import LIVE, PREVIOUS
from stacks.components.contact_function import ContactFunction
from stacks.components.custom_resource import SERVICE_TIMEOUT, CustomResourceProvider

_ALIAS_ACTIONS = [
    "lambda:GetAlias",
    "lambda:CreateAlias",
    "lambda:UpdateAlias",
    "lambda:DeleteAlias",
    "lambda:ListVersionsByFunction",
]


class LiveAliasProvider(CustomResourceProvider):
    """One per Region, for every function of the stack.

    `function_arns` is a pattern over all of them: CloudFormation narrows a role before it deletes what a
    removed function leaves, so a list of today's functions could not delete yesterday's alias.
    `machine_arn` is the release controller's.
    """

    def __init__(self, scope: Construct, id_: str, *, function_arns: str, machine_arn: str) -> None:
        aliases = aws_iam.PolicyStatement(actions=_ALIAS_ACTIONS, resources=[function_arns])
        releases = aws_iam.PolicyStatement(actions=["states:StartExecution"], resources=[machine_arn])
        super().__init__(scope, id_, package="live_alias", statements=[aliases, releases])


class LiveAlias(Construct):
    """Makes `live` follow this deploy's version by the function's strategy.

    `machine_arn` is the attribute of the controller's machine, not its text: so nothing starts before the
    machine is there, and a stack that goes takes its aliases away first. `release` are the controller's
    settings, JSON; only a canary has some.
    """

    def __init__(
        self,
        scope: Construct,
        id_: str,
        *,
        provider: LiveAliasProvider,
        function: ContactFunction,
        strategy: Strategy,
        machine_arn: str,
        release: str | None,
    ) -> None:
        super().__init__(scope, id_)
        self.resource = CustomResource(
            self,
            "Resource",
            resource_type="Custom::LiveAlias",
            service_token=provider.service_token,
            service_timeout=SERVICE_TIMEOUT,
            properties={
                "FunctionName": function.function.function_name,
                "AliasName": LIVE,
                "PreviousAliasName": PREVIOUS,
                "Version": function.version,
                "Fingerprint": function.fingerprint,
                "Strategy": strategy.value,
                "StateMachineArn": machine_arn,
                **({"Release": release} if release else {}),
            },
        )
