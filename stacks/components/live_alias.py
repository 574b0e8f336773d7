"""The alias `live`, owned by a custom resource so that CloudFormation never moves callers.

An alias that CloudFormation updates moves callers with every deploy, and back to a stale version when a
later step of the deploy fails. See docs/decisions.
"""

from aws_cdk import Annotations, CustomResource, aws_iam
from constructs import Construct

from patchbay.config import Strategy
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
_HELD = (
    "release strategy canary: a deploy publishes the candidate and leaves callers where they are, "
    "until somebody moves the alias with `aws lambda update-alias`; all-at-once moves it by itself"
)


class LiveAliasProvider(CustomResourceProvider):
    """One per Region, for every function of the stack.

    `function_arns` is a pattern over all of them: CloudFormation narrows a role before it deletes what a
    removed function leaves, so a list of today's functions could not delete yesterday's alias.
    """

    def __init__(self, scope: Construct, id_: str, *, function_arns: str) -> None:
        aliases = aws_iam.PolicyStatement(actions=_ALIAS_ACTIONS, resources=[function_arns])
        super().__init__(scope, id_, package="live_alias", statements=[aliases])


class LiveAlias(Construct):
    """Makes `live` follow this deploy's version by the environment's strategy."""

    def __init__(
        self,
        scope: Construct,
        id_: str,
        *,
        provider: LiveAliasProvider,
        function: ContactFunction,
        strategy: Strategy,
    ) -> None:
        super().__init__(scope, id_)
        if strategy is Strategy.CANARY:
            Annotations.of(self).add_warning_v2("patchbay:canary", _HELD)
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
            },
        )
