"""What the release controller's step may do, and with which functions."""

from collections.abc import Sequence
from dataclasses import dataclass

from aws_cdk.aws_iam import PolicyStatement

from patchbay.config import Environment
from patchbay.functions import Function, Kind
from patchbay.releases.settings import controller_settings
from release.news import NAMESPACE, SOURCE

_ALIASES = (
    "lambda:GetFunctionConfiguration",
    "lambda:GetAlias",
    "lambda:ListAliases",
    "lambda:ListVersionsByFunction",
    "lambda:CreateAlias",
    "lambda:UpdateAlias",
)

_ARNS_IN_A_STATEMENT = 20
"""Of at most 140 characters each."""


@dataclass(frozen=True)
class Rights:
    """Of one Region's step: what it deletes and invokes by name, what it reads under app and environment."""

    environment: Environment
    region: str
    functions: Sequence[Function]

    def statements(self) -> list[PolicyStatement]:
        """As few rights as the steps need; its own log group and the reports are granted elsewhere."""
        functions = self._functions() if self.functions else ()
        return [self._aliases(), *functions, *self._executions(), *self._telling()]

    def _aliases(self) -> PolicyStatement:
        """By a pattern that reaches `function:NAME` and `function:NAME:ALIAS`, whichever Lambda checks.

        CloudFormation narrows a role before it deletes what a removed function leaves: by name, a release of
        that function could not read its alias and versions any more, and would end as a failure.
        """
        every = self.environment.function_arn("*", self.region)
        return PolicyStatement(actions=[*_ALIASES], resources=[every])

    def _functions(self) -> list[PolicyStatement]:
        flows = [function for function in self.functions if function.kind is Kind.FLOW]
        others = [function for function in self.functions if function.kind is not Kind.FLOW]
        # Without its qualifier, DeleteFunction would take the function with all its versions.
        found = [
            *_in_parts(["lambda:DeleteFunction", "lambda:InvokeFunction"], self._arns(flows, ":*")),
            *_in_parts(["lambda:DeleteFunction"], self._arns(others, ":*")),
        ]
        if leaders := self._leaders():
            found.append(PolicyStatement(actions=["lambda:GetAlias"], resources=leaders))
        return found

    def _executions(self) -> list[PolicyStatement]:
        machine = self.environment.release_machine_arn(self.region)
        executions = f"{machine.replace(':stateMachine:', ':execution:')}:*"
        return [
            PolicyStatement(actions=["states:StartExecution"], resources=[machine]),
            PolicyStatement(actions=["states:DescribeExecution"], resources=[executions]),
        ]

    def _telling(self) -> list[PolicyStatement]:
        bus = f"arn:{self._partition}:events:{self.region}:{self.environment.account}:event-bus/default"
        return [
            # CloudWatch knows no resources for metrics.
            PolicyStatement(actions=["cloudwatch:GetMetricData"], resources=["*"]),
            PolicyStatement(
                actions=["cloudwatch:PutMetricData"],
                resources=["*"],
                conditions={"StringEquals": {"cloudwatch:namespace": NAMESPACE}},
            ),
            PolicyStatement(
                actions=["events:PutEvents"],
                resources=[bus],
                conditions={"StringEquals": {"events:source": SOURCE}},
            ),
        ]

    def _arns(self, functions: Sequence[Function], qualifier: str) -> list[str]:
        return [f"{self.environment.function_arn(f.name, self.region)}{qualifier}" for f in functions]

    def _leaders(self) -> list[str]:
        """The functions of the Regions whose aliases this one reads: by a pattern, as its own."""
        settings = [controller_settings(self.environment, one, self.region) for one in self.functions]
        regions = dict.fromkeys(found["lead"]["region"] for found in settings if found["lead"])
        return [self.environment.function_arn("*", region) for region in regions]

    @property
    def _partition(self) -> str:
        return self.environment.instances[0].arn.partition


def _in_parts(actions: list[str], arns: list[str]) -> list[PolicyStatement]:
    """What is too long for a role goes into managed policies, each of 6,144 characters at most (IAM user
    guide, "IAM and AWS STS quotas"); the CDK divides between statements, never one of them.
    """
    parts = [arns[at : at + _ARNS_IN_A_STATEMENT] for at in range(0, len(arns), _ARNS_IN_A_STATEMENT)]
    return [PolicyStatement(actions=actions, resources=part) for part in parts]
