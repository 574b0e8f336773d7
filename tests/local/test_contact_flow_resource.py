"""`AWS::Connect::ContactFlow` in CloudFormation on the embedded AWS."""

import json
from typing import Any

import pytest
from botocore.exceptions import WaiterError

from patchbay.local.process import LocalAws
from tests.local import stacks
from tests.local.embedded import FLOW, INSTANCE, client
from tests.local.stacks import Stack

stack = stacks.stack


def template(**changes: object) -> str:
    properties = {
        "InstanceArn": str(INSTANCE),
        "Name": "from a stack",
        "Type": "CONTACT_FLOW",
        "Content": FLOW,
        "Description": "first",
        **changes,
    }
    return json.dumps(
        {
            "Resources": {"Flow": {"Type": "AWS::Connect::ContactFlow", "Properties": properties}},
            "Outputs": {
                "Ref": {"Value": {"Ref": "Flow"}},
                "Arn": {"Value": {"Fn::GetAtt": ["Flow", "ContactFlowArn"]}},
            },
        }
    )


def flows(aws: LocalAws) -> list[dict[str, Any]]:
    connect = client(aws.url, "connect")
    found = connect.list_contact_flows(InstanceId=INSTANCE.instance_id)["ContactFlowSummaryList"]
    return [
        connect.describe_contact_flow(InstanceId=INSTANCE.instance_id, ContactFlowId=flow["Id"])[
            "ContactFlow"
        ]
        for flow in found
    ]


def test_a_stack_creates_updates_and_deletes_a_contact_flow(local_aws: LocalAws, stack: Stack) -> None:
    stack.create(template())
    (first,) = flows(local_aws)
    assert (first["Name"], first["Content"], first["Description"]) == ("from a stack", FLOW, "first")
    assert stack.outputs() == {"Ref": first["Arn"], "Arn": first["Arn"]}
    other = FLOW.replace("bye", "goodbye")
    stack.update(template(Name="renamed", Content=other, Description="second"))
    (second,) = flows(local_aws)
    assert (second["Name"], second["Content"], second["Description"]) == ("renamed", other, "second")
    assert second["Id"] == first["Id"]
    stack.delete()
    assert flows(local_aws) == []


def test_another_flow_type_makes_another_flow(local_aws: LocalAws, stack: Stack) -> None:
    stack.create(template())
    (first,) = flows(local_aws)
    stack.update(template(Type="CUSTOMER_QUEUE", Name="of another type"))
    (second,) = flows(local_aws)
    assert second["Id"] != first["Id"]
    assert second["Type"] == "CUSTOMER_QUEUE"
    stack.delete()


def test_a_refused_flow_fails_its_stack_with_the_reason(local_aws: LocalAws, stack: Stack) -> None:
    with pytest.raises(WaiterError):
        stack.create(template(Content="{}"))
    assert "The contact flow is not valid" in stack.reasons()
    assert flows(local_aws) == []


def test_a_flow_that_was_deleted_by_hand_does_not_keep_its_stack(local_aws: LocalAws, stack: Stack) -> None:
    stack.create(template())
    (flow,) = flows(local_aws)
    client(local_aws.url, "connect").delete_contact_flow(
        InstanceId=INSTANCE.instance_id, ContactFlowId=flow["Id"]
    )
    stack.delete()


def test_an_unknown_instance_fails_the_stack(local_aws: LocalAws, stack: Stack) -> None:
    unknown = str(INSTANCE).replace("555555555555", "555555555559")
    with pytest.raises(WaiterError):
        stack.create(template(InstanceArn=unknown))
