"""Who may invoke an alias: the resource policy, which decides whether a flow's call goes through."""

from aws_cdk import aws_lambda
from constructs import Construct

from patchbay.arns import Arn
from patchbay.config import Instance
from patchbay.functions import Function, Kind
from stacks.components.live_alias import LiveAlias

_PRINCIPALS = {Kind.FLOW: "connect.amazonaws.com", Kind.LEX: "lexv2.amazonaws.com"}


class InvokePermission(Construct):
    """Lets one instance (or, for a fulfilment function, its bot) invoke one alias, and nobody else.

    On the alias, not on the function: each has its own policy. SourceAccount is the account that the
    instance is in, SourceArn the exact ARN. Source: Amazon Connect administrator guide, "Invoke AWS
    Lambda functions", "Add a Lambda function to your Amazon Connect instance".
    """

    def __init__(
        self,
        scope: Construct,
        id_: str,
        *,
        alias: LiveAlias,
        alias_arn: str,
        function: Function,
        instance: Instance,
    ) -> None:
        super().__init__(scope, id_)
        source = Arn.parse(instance.resources[function.bot]) if function.bot else instance.arn
        permission = aws_lambda.CfnPermission(
            self,
            "Resource",
            action="lambda:InvokeFunction",
            function_name=alias_arn,
            principal=_PRINCIPALS[function.kind],
            source_account=source.account,
            source_arn=str(source),
        )
        permission.node.add_dependency(alias.resource)
