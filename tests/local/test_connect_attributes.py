"""Instance attributes of the embedded Amazon Connect, over boto3: shapes, errors, defaults."""

from typing import Any

import pytest

from tests.local import connect as world
from tests.local.connect import ID, OTHER_REGION, refused
from tests.local.embedded import client

UNKNOWN = "99999999-2222-3333-4444-555555555555"

url, connect = world.url, world.connect
_instances = world.an_instance_in_each_account_and_region


def flow_logs(connect: Any) -> dict[str, str]:
    answer = connect.describe_instance_attribute(InstanceId=ID, AttributeType="CONTACTFLOW_LOGS")
    return dict(answer["Attribute"])


def test_flow_logs_are_on_until_they_are_turned_off(url: str, connect: Any) -> None:
    assert flow_logs(connect) == {"AttributeType": "CONTACTFLOW_LOGS", "Value": "true"}
    connect.update_instance_attribute(InstanceId=ID, AttributeType="CONTACTFLOW_LOGS", Value="false")
    assert flow_logs(connect)["Value"] == "false"
    assert flow_logs(client(url, "connect", OTHER_REGION))["Value"] == "true"


def test_every_attribute_of_connects_model_is_listed_with_its_value(connect: Any) -> None:
    connect.update_instance_attribute(InstanceId=ID, AttributeType="CONTACTFLOW_LOGS", Value="false")
    pages = connect.get_paginator("list_instance_attributes").paginate(
        InstanceId=ID, PaginationConfig={"PageSize": 5}
    )
    listed = {a["AttributeType"]: a["Value"] for page in pages for a in page["Attributes"]}
    assert set(listed) == set(connect.meta.service_model.shape_for("InstanceAttributeType").enum)
    assert listed["CONTACTFLOW_LOGS"] == "false"


@pytest.mark.parametrize(("kind", "value"), [("CONTACTFLOW_LOGS", "yes"), ("MADE_UP", "true")])
def test_what_is_no_attribute_or_no_value_of_one_is_a_bad_request(
    connect: Any, kind: str, value: str
) -> None:
    answer = refused(connect.update_instance_attribute, InstanceId=ID, AttributeType=kind, Value=value)
    assert answer == (400, "InvalidParameterException")
    assert flow_logs(connect)["Value"] == "true"


def test_an_unknown_instance_has_no_attributes(connect: Any) -> None:
    not_found = (404, "ResourceNotFoundException")
    one = {"InstanceId": UNKNOWN, "AttributeType": "CONTACTFLOW_LOGS"}
    assert refused(connect.describe_instance_attribute, **one) == not_found
    assert refused(connect.update_instance_attribute, **one, Value="false") == not_found
    assert refused(connect.list_instance_attributes, InstanceId=UNKNOWN) == not_found
