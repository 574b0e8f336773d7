"""Stacks of small templates on an embedded AWS, over boto3."""

import pytest

from patchbay.local.process import LocalAws
from tests.local.embedded import client

WAIT = {"Delay": 0.05, "MaxAttempts": 200}


class Stack:
    """A stack of one template, by name."""

    def __init__(self, aws: LocalAws, name: str) -> None:
        self._client, self._name = client(aws.url, "cloudformation"), name

    def create(self, body: str) -> None:
        self._client.create_stack(StackName=self._name, TemplateBody=body)
        self._wait("stack_create_complete")

    def update(self, body: str) -> None:
        self._client.update_stack(StackName=self._name, TemplateBody=body)
        self._wait("stack_update_complete")

    def delete(self) -> None:
        self._client.delete_stack(StackName=self._name)
        self._wait("stack_delete_complete")

    def outputs(self) -> dict[str, str]:
        stack = self._client.describe_stacks(StackName=self._name)["Stacks"][0]
        return {output["OutputKey"]: output["OutputValue"] for output in stack["Outputs"]}

    def reasons(self) -> str:
        events = self._client.describe_stack_events(StackName=self._name)["StackEvents"]
        return "\n".join(event.get("ResourceStatusReason", "") for event in events)

    def _wait(self, state: str) -> None:
        self._client.get_waiter(state).wait(StackName=self._name, WaiterConfig=WAIT)


@pytest.fixture
def stack(local_aws: LocalAws, request: pytest.FixtureRequest) -> Stack:
    name = request.node.name.replace("_", "-").partition("[")[0][:100]
    return Stack(local_aws, name)
