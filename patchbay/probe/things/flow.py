"""A contact flow that names the throw-away function. No number leads to it; it is removed at once."""

import json
from typing import TYPE_CHECKING, Any

from patchbay.probe.site import MARK, Site
from patchbay.probe.things import check_mark

if TYPE_CHECKING:
    from mypy_boto3_connect import ConnectClient


class FlowOfProbe:
    """By its name, which is unique in an instance."""

    def __init__(self, client: "ConnectClient", site: Site) -> None:
        self._client = client
        self._instance = site.arn.instance_id
        self._name = site.name
        self.label = f"contact flow {site.name} in instance {site.instance.name}"

    def present(self) -> bool:
        found = self._id()
        if found is None:
            return False
        flow = self._client.describe_contact_flow(InstanceId=self._instance, ContactFlowId=found)
        check_mark(self.label, flow["ContactFlow"].get("Description"), MARK)
        return True

    def publish(self, function_arn: str) -> None:
        """A flow that invokes the ARN and hangs up. Raises ClientError."""
        self._client.create_contact_flow(
            InstanceId=self._instance,
            Name=self._name,
            Type="CONTACT_FLOW",
            Description=MARK,
            Content=json.dumps(content(function_arn)),
            Status="PUBLISHED",
        )

    def remove(self) -> None:
        found = self._id()
        if found is not None:
            self._client.delete_contact_flow(InstanceId=self._instance, ContactFlowId=found)

    def _id(self) -> str | None:
        pages = self._client.get_paginator("list_contact_flows").paginate(InstanceId=self._instance)
        flows = (flow for page in pages for flow in page["ContactFlowSummaryList"])
        return next((flow["Id"] for flow in flows if flow.get("Name") == self._name), None)


def content(function_arn: str) -> dict[str, Any]:
    """The flow language; every scalar among the parameters is a text, as the console writes it."""
    return {
        "Version": "2019-10-30",
        "StartAction": "Invoke",
        "Metadata": {"entryPointPosition": {"x": 40, "y": 40}, "ActionMetadata": {}},
        "Actions": [
            {
                "Identifier": "Invoke",
                "Type": "InvokeLambdaFunction",
                "Parameters": {
                    "LambdaFunctionARN": function_arn,
                    "InvocationTimeLimitSeconds": "3",
                    "InvocationType": "SYNCHRONOUS",
                    "ResponseValidation": {"ResponseType": "STRING_MAP"},
                },
                "Transitions": {
                    "NextAction": "Hang up",
                    "Errors": [{"NextAction": "Hang up", "ErrorType": "NoMatchingError"}],
                },
            },
            {"Identifier": "Hang up", "Type": "DisconnectParticipant", "Parameters": {}, "Transitions": {}},
        ],
    }
