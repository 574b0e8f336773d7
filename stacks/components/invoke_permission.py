"""Who may invoke an alias: the resource policy, which decides whether a flow's call goes through."""

from aws_cdk import aws_lambda
from constructs import Construct

from patchbay.arns import Arn
from patchbay.config import Instance
from patchbay.functions import Function, Kind
from patchbay.naming import construct_id
from stacks.components.live_alias import LiveAlias

CONNECT, LEX = "connect.amazonaws.com", "lexv2.amazonaws.com"


class InvokePermission(Construct):
    """Lets one instance (or one bot alias, for a function that fulfils intents) invoke one alias.

    On the alias, not on the function: each has its own policy. SourceAccount is the account that the
    source is in, SourceArn its exact ARN. Source: Amazon Connect administrator guide, "Invoke AWS
    Lambda functions", "Add a Lambda function to your Amazon Connect instance".
    """

    def __init__(
        self, scope: Construct, id_: str, *, alias: LiveAlias, alias_arn: str, principal: str, source: Arn
    ) -> None:
        super().__init__(scope, id_)
        permission = aws_lambda.CfnPermission(
            self,
            "Resource",
            action="lambda:InvokeFunction",
            function_name=alias_arn,
            principal=principal,
            source_account=source.account,
            source_arn=str(source),
        )
        permission.node.add_dependency(alias.resource)


def permit(alias: LiveAlias, *, alias_arn: str, function: Function, instance: Instance) -> None:
    """Every permission that the function's kind and bot ask for with this instance; a worker has none."""
    name = construct_id(instance.name)
    connect = (f"InvokedBy{name}", CONNECT, instance.arn)
    sources: list[tuple[str, str, Arn]] = [connect] if function.kind is Kind.FLOW else []
    if function.bot:
        # The only permission of kind lex has been called so from the beginning.
        id_ = f"InvokedBy{name}" if function.kind is Kind.LEX else f"FulfilsFor{name}"
        sources.append((id_, LEX, Arn.parse(instance.resources[function.bot])))
    for id_, principal, source in sources:
        InvokePermission(alias, id_, alias=alias, alias_arn=alias_arn, principal=principal, source=source)
