"""AssociateLambdaFunction for all functions of one instance."""

from aws_cdk import CfnOutput, CustomResource, Stack, aws_iam
from constructs import Construct

from patchbay.arns import InstanceArn
from stacks.components.custom_resource import SERVICE_TIMEOUT, CustomResourceProvider


class Association(Construct):
    """Fills the flow designer's drop-down with the aliases; the right to invoke is the alias policy.

    One resource for all functions, because Connect takes two requests a second in an account and Region.
    """

    def __init__(
        self,
        scope: Construct,
        id_: str,
        *,
        instance: InstanceArn,
        alias_arns: list[str],
        function_arns: list[str],
        state_path: str,
    ) -> None:
        super().__init__(scope, id_)
        provider = CustomResourceProvider(
            self,
            "Provider",
            package="association",
            statements=self._statements(function_arns, state_path),
        )
        self.resource = CustomResource(
            self,
            "Resource",
            resource_type="Custom::LambdaAssociations",
            service_token=provider.service_token,
            service_timeout=SERVICE_TIMEOUT,
            properties={"InstanceArn": str(instance), "FunctionArns": alias_arns, "StatePath": state_path},
        )
        CfnOutput(
            self,
            "Warnings",
            value=self.resource.get_att_string("Warnings"),
            description="Functions that Connect did not take into the flow designer's drop-down",
        )

    def _statements(self, function_arns: list[str], state_path: str) -> list[aws_iam.PolicyStatement]:
        stack = Stack.of(self)
        # CloudFormation narrows the role before it deletes what an exchanged instance leaves behind, so
        # rights on today's instance alone could not clean up yesterday's.
        instances = stack.format_arn(service="connect", resource="instance", resource_name="*")
        parameters = stack.format_arn(
            service="ssm",
            resource="parameter",
            resource_name=f"{state_path.removeprefix('/').rpartition('/')[0]}/*",
        )
        return [
            aws_iam.PolicyStatement(
                actions=[
                    "connect:ListLambdaFunctions",
                    "connect:AssociateLambdaFunction",
                    "connect:DisassociateLambdaFunction",
                ],
                resources=[instances],
            ),
            aws_iam.PolicyStatement(
                actions=["ssm:GetParametersByPath", "ssm:PutParameter", "ssm:DeleteParameter"],
                resources=[parameters],
            ),
            # Connect adds and removes its own statement with the caller's rights (service authorization
            # reference, AssociateLambdaFunction). A pattern, so that a function dropped today can still go.
            aws_iam.PolicyStatement(
                actions=["lambda:AddPermission", "lambda:RemovePermission"], resources=function_arns
            ),
        ]
