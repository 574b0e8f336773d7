"""Connect's associations and flows in memory."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from tests.probe.fake_services import failure


@dataclass
class FakeConnect:
    """`shown` is how the list writes an ARN, None where it leaves it out; the two hooks change a policy."""

    associated: list[str] = field(default_factory=list)
    flows: dict[str, dict[str, Any]] = field(default_factory=dict)
    twice: str = "conflict"
    shown: Callable[[str], str | None] = lambda arn: arn
    on_associate: Callable[[str], None] = lambda _: None
    on_disassociate: Callable[[str], None] = lambda _: None

    def associate_lambda_function(self, FunctionArn: str, **_: Any) -> None:  # noqa: N803
        if FunctionArn in self.associated and self.twice == "conflict":
            raise failure("AssociateLambdaFunction", "ResourceConflictException", 409)
        if FunctionArn not in self.associated or self.twice == "doubled":
            self.associated.append(FunctionArn)
        self.on_associate(FunctionArn)

    def disassociate_lambda_function(self, FunctionArn: str, **_: Any) -> None:  # noqa: N803
        if FunctionArn not in self.associated:
            raise failure("DisassociateLambdaFunction", "ResourceNotFoundException")
        self.associated = [arn for arn in self.associated if arn != FunctionArn]
        self.on_disassociate(FunctionArn)

    def list_lambda_functions(self, **_: Any) -> dict[str, Any]:
        shown = [self.shown(arn) for arn in self.associated]
        return {"LambdaFunctions": [arn for arn in shown if arn]}

    def list_contact_flows(self, **_: Any) -> dict[str, Any]:
        return {
            "ContactFlowSummaryList": [{"Id": key, "Name": one["Name"]} for key, one in self.flows.items()]
        }

    def describe_contact_flow(self, ContactFlowId: str, **_: Any) -> dict[str, Any]:  # noqa: N803
        return {"ContactFlow": self.flows[ContactFlowId]}

    def create_contact_flow(self, Name: str, **given: Any) -> None:  # noqa: N803
        self.flows[f"id of {Name}"] = {"Name": Name, **given}

    def delete_contact_flow(self, ContactFlowId: str, **_: Any) -> None:  # noqa: N803
        del self.flows[ContactFlowId]
