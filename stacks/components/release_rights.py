"""What the release controller's step may do, and with which functions."""

from collections.abc import Sequence
from dataclasses import dataclass

from aws_cdk.aws_iam import PolicyStatement

from patchbay.config import Environment
from patchbay.functions import Function, Kind
from patchbay.releases.settings import controller_settings
from release.news import NAMESPACE, SOURCE

_ALIASES = (
    "lambda:GetAlias",
    "lambda:ListAliases",
    "lambda:ListVersionsByFunction",
    "lambda:CreateAlias",
    "lambda:UpdateAlias",
)


@dataclass(frozen=True)
class Rights:
    """Of one Region's step: the functions of the stack by name, and every alias under app and environment."""

    environment: Environment
    region: str
    functions: Sequence[Function]

    def statements(self) -> list[PolicyStatement]:
        """As few rights as the steps need; its own log group and the reports are granted elsewhere."""
        functions = self._functions() if self.functions else ()
        return [self._aliases(), *functions, *self._executions(), *self._telling()]

    def _aliases(self) -> PolicyStatement:
        """By a pattern that reaches `function:NAME` and `function:NAME:ALIAS`, whichever Lambda checks.

        CloudFormation narrows a role before it deletes what a removed function leaves: by name, a release
        of that function could not read its alias any more, and would end as a failure.
        """
        every = self.environment.function_arn("*", self.region)
        return PolicyStatement(actions=[*_ALIASES], resources=[every])

    def _functions(self) -> list[PolicyStatement]:
        every, flows = self.functions, [f for f in self.functions if f.kind is Kind.FLOW]
        leaders = self._leaders()
        # Without its qualifier, DeleteFunction would take the function with all its versions.
        found = [
            PolicyStatement(
                actions=["lambda:GetFunctionConfiguration"],
                resources=[*self._arns(every), *self._arns(every, ":*")],
            ),
            PolicyStatement(actions=["lambda:DeleteFunction"], resources=self._arns(every, ":*")),
        ]
        if flows:
            warm_up = self._arns(flows, ":*")
            found.append(PolicyStatement(actions=["lambda:InvokeFunction"], resources=warm_up))
        if leaders:
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

    def _arns(self, functions: Sequence[Function], qualifier: str = "") -> list[str]:
        return [f"{self.environment.function_arn(f.name, self.region)}{qualifier}" for f in functions]

    def _leaders(self) -> list[str]:
        """The functions of other Regions whose alias this one reads, and those aliases."""
        settings = {f.name: controller_settings(self.environment, f, self.region) for f in self.functions}
        leads = {name: found["lead"]["region"] for name, found in settings.items() if found["lead"]}
        arns = [self.environment.function_arn(name, region) for name, region in leads.items()]
        return [f"{arn}{qualifier}" for arn in arns for qualifier in ("", ":*")]

    @property
    def _partition(self) -> str:
        return self.environment.instances[0].arn.partition
