"""Contact flows over Amazon Connect's API on the embedded AWS."""

from typing import Any

import pytest
from botocore.exceptions import ClientError

from tests.local import connect as world
from tests.local.connect import ID, created, refused
from tests.local.embedded import FLOW, INSTANCE

url, connect = world.url, world.connect
_instances = world.an_instance_in_each_account_and_region


def described(connect: Any, flow_id: str) -> dict[str, Any]:
    flow: dict[str, Any] = connect.describe_contact_flow(InstanceId=ID, ContactFlowId=flow_id)["ContactFlow"]
    return flow


def test_a_created_flow_is_described_and_listed(connect: Any) -> None:
    answer = connect.create_contact_flow(
        InstanceId=ID, Name="balance", Type="CUSTOMER_QUEUE", Content=FLOW, Description="says it"
    )
    flow = described(connect, answer["ContactFlowId"])
    assert flow["Arn"] == answer["ContactFlowArn"] == f"{INSTANCE}/contact-flow/{flow['Id']}"
    assert [flow[key] for key in ("Name", "Type", "Content", "Description", "State")] == [
        "balance",
        "CUSTOMER_QUEUE",
        FLOW,
        "says it",
        "ACTIVE",
    ]
    summaries = connect.list_contact_flows(InstanceId=ID)["ContactFlowSummaryList"]
    assert [(s["Id"], s["Arn"], s["Name"], s["ContactFlowType"]) for s in summaries] == [
        (flow["Id"], flow["Arn"], "balance", "CUSTOMER_QUEUE")
    ]


def test_content_name_and_description_of_a_flow_can_be_updated(connect: Any) -> None:
    flow_id = created(connect)
    other = FLOW.replace("bye", "goodbye")
    connect.update_contact_flow_content(InstanceId=ID, ContactFlowId=flow_id, Content=other)
    connect.update_contact_flow_name(InstanceId=ID, ContactFlowId=flow_id, Name="renamed")
    connect.update_contact_flow_metadata(InstanceId=ID, ContactFlowId=flow_id, Description="new words")
    flow = described(connect, flow_id)
    assert (flow["Content"], flow["Name"], flow["Description"]) == (other, "renamed", "new words")


def test_a_deleted_flow_is_not_found(connect: Any) -> None:
    flow_id = created(connect)
    connect.delete_contact_flow(InstanceId=ID, ContactFlowId=flow_id)
    assert connect.list_contact_flows(InstanceId=ID)["ContactFlowSummaryList"] == []
    here = {"InstanceId": ID, "ContactFlowId": flow_id}
    not_found = (404, "ResourceNotFoundException")
    assert refused(connect.describe_contact_flow, **here) == not_found
    assert refused(connect.delete_contact_flow, **here) == not_found
    assert refused(connect.update_contact_flow_content, **here, Content=FLOW) == not_found


@pytest.mark.parametrize(
    ("content", "problem"),
    [
        ("no JSON", "not in the flow language"),
        ('{"StartAction": "bye"}', "'Actions'"),
        (FLOW.replace('"StartAction": "bye"', '"StartAction": "hello"'), "StartAction names no action"),
        (FLOW.replace("bye", "b" * 128_000), "at most 256000 are allowed"),
    ],
)
def test_content_that_is_no_flow_is_refused_with_its_problems(
    connect: Any, content: str, problem: str
) -> None:
    flow_id = created(connect)
    for call, parameters in (
        (connect.create_contact_flow, {"Name": "other", "Type": "CONTACT_FLOW"}),
        (connect.update_contact_flow_content, {"ContactFlowId": flow_id}),
    ):
        with pytest.raises(ClientError) as caught:
            call(InstanceId=ID, Content=content, **parameters)
        assert type(caught.value).__name__ == "InvalidContactFlowException"
        assert caught.value.response["ResponseMetadata"]["HTTPStatusCode"] == 400
        assert problem in caught.value.response["problems"][0]["message"]  # type: ignore[typeddict-item]
    assert described(connect, flow_id)["Content"] == FLOW


def test_a_flow_name_is_taken_once_per_instance(connect: Any) -> None:
    first, second = created(connect), created(connect, "other")
    duplicate = (409, "DuplicateResourceException")
    new = {"Name": "balance", "Type": "CONTACT_FLOW", "Content": FLOW}
    assert refused(connect.create_contact_flow, InstanceId=ID, **new) == duplicate
    name = {"InstanceId": ID, "Name": "balance"}
    assert refused(connect.update_contact_flow_name, ContactFlowId=second, **name) == duplicate
    connect.update_contact_flow_name(ContactFlowId=first, **name)
