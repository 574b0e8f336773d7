"""The least a Lambda function's role may do: write its own log group."""

from aws_cdk import aws_iam, aws_logs
from constructs import Construct


class HandlerRole(aws_iam.Role):
    """A role for one function alone; what else it needs is granted by who needs it.

    Its rights are part of it and not an AWS::IAM::Policy beside it: one resource less of the 500 that a stack
    may have, and no moment at which the function is there and its rights are not. All that lies in a role has
    room for 10,240 characters (IAM user guide, "IAM and AWS STS quotas"). Where it may become more, say
    `many_rights`: then they are in such a policy, which the CDK divides.
    """

    def __init__(
        self, scope: Construct, id_: str, *, log_group: aws_logs.ILogGroup, many_rights: bool = False
    ) -> None:
        self._inline = None if many_rights else aws_iam.PolicyDocument()
        super().__init__(
            scope,
            id_,
            assumed_by=aws_iam.ServicePrincipal("lambda.amazonaws.com"),
            inline_policies={"Rights": self._inline} if self._inline else None,
        )
        log_group.grant_write(self)

    def add_to_principal_policy(
        self, statement: aws_iam.PolicyStatement
    ) -> aws_iam.AddToPrincipalPolicyResult:
        """What every grant ends in."""
        if self._inline is None:
            return super().add_to_principal_policy(statement)
        self._inline.add_statements(statement)
        return aws_iam.AddToPrincipalPolicyResult(statement_added=True, policy_dependable=self)

    def add_to_policy(self, statement: aws_iam.PolicyStatement) -> bool:
        """The same, for who adds a statement by hand."""
        return self.add_to_principal_policy(statement).statement_added
