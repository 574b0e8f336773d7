"""The least a Lambda function's role may do: write its own log group."""

from aws_cdk import aws_iam, aws_logs
from constructs import Construct


class HandlerRole(aws_iam.Role):
    """A role for one function alone; what else it needs is granted by who needs it."""

    def __init__(self, scope: Construct, id_: str, *, log_group: aws_logs.ILogGroup) -> None:
        super().__init__(scope, id_, assumed_by=aws_iam.ServicePrincipal("lambda.amazonaws.com"))
        log_group.grant_write(self)
