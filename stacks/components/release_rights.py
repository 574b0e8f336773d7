"""What the release controller's step may do, and with which functions."""

from collections.abc import Sequence
from dataclasses import dataclass

from aws_cdk.aws_iam import PolicyStatement

from patchbay.config import Environment
from patchbay.functions import Function, Kind
from patchbay.releases.settings import controller_settings
from stacks.components.release_notices import METRICS

SOURCE = "patchbay"
"""Of the events that the step puts on the default bus."""
_ALIASES = (
    "lambda:GetAlias",
    "lambda:ListAliases",
    "lambda:ListVersionsByFunction",
    "lambda:CreateAlias",
    "lambda:UpdateAlias",
)


@dataclass(frozen=True)
class Rights:
    """Of one Region's step: the functions of the stack, by name, and nothing else."""

    environment: Environment
    region: str
    functions: Sequence[Function]

    def statements(self) -> list[PolicyStatement]:
        """As few rights as the steps need; its own log group and the reports are granted elsewhere."""
        return [*(self._functions() if self.functions else ()), *self._executions(), *self._telling()]

    def _functions(self) -> list[PolicyStatement]:
        every, flows = self.functions, [f for f in self.functions if f.kind is Kind.FLOW]
        leaders = self._leaders()
        # Without its qualifier, DeleteFunction would take the function with all its versions.
        found = [
            PolicyStatement(actions=[*_ALIASES], resources=self._arns(every)),
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
                conditions={"StringEquals": {"cloudwatch:namespace": METRICS}},
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
        """The functions of other Regions whose alias this one reads."""
        settings = {f.name: controller_settings(self.environment, f, self.region) for f in self.functions}
        leads = {name: found["lead"]["region"] for name, found in settings.items() if found["lead"]}
        return [self.environment.function_arn(name, region) for name, region in leads.items()]

    @property
    def _partition(self) -> str:
        return self.environment.instances[0].arn.partition
