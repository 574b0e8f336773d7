"""Replicas of `AWS::DynamoDB::GlobalTable` on the embedded AWS: there, and a little late."""

import json
from collections.abc import Mapping
from typing import Any

import pytest

from patchbay.local import ministack_hooks
from patchbay.local.process import LocalAws
from tests.local import stacks
from tests.local.embedded import INSTANCE, client
from tests.local.processes import until
from tests.local.stacks import Stack

stack = stacks.stack
OTHER_REGION = "us-west-2"


def table_template(name: str, *regions: str) -> str:
    properties = {
        "TableName": name,
        "BillingMode": "PAY_PER_REQUEST",
        "AttributeDefinitions": [{"AttributeName": "id", "AttributeType": "S"}],
        "KeySchema": [{"AttributeName": "id", "KeyType": "HASH"}],
        "Replicas": [{"Region": region} for region in regions],
    }
    return json.dumps(
        {"Resources": {"Table": {"Type": "AWS::DynamoDB::GlobalTable", "Properties": properties}}}
    )


def item(aws: LocalAws, region: str, table: str, key: str = "1") -> Mapping[str, Any] | None:
    found = client(aws.url, "dynamodb", region).get_item(TableName=table, Key={"id": {"S": key}})
    item: Mapping[str, Any] | None = found.get("Item")
    return item


def tables(aws: LocalAws, region: str) -> list[str]:
    names: list[str] = client(aws.url, "dynamodb", region).list_tables()["TableNames"]
    return names


def test_a_write_reaches_the_replica_after_a_delay_and_so_does_a_deletion(
    local_aws: LocalAws, stack: Stack
) -> None:
    stack.create(table_template("written", INSTANCE.region, OTHER_REGION))
    home = client(local_aws.url, "dynamodb")
    home.put_item(TableName="written", Item={"id": {"S": "1"}, "name": {"S": "Ada"}})
    assert item(local_aws, INSTANCE.region, "written")
    assert item(local_aws, OTHER_REGION, "written") is None
    assert until(lambda: item(local_aws, OTHER_REGION, "written") is not None)
    assert item(local_aws, OTHER_REGION, "written") == {"id": {"S": "1"}, "name": {"S": "Ada"}}
    home.delete_item(TableName="written", Key={"id": {"S": "1"}})
    assert item(local_aws, INSTANCE.region, "written") is None
    assert item(local_aws, OTHER_REGION, "written")
    assert until(lambda: item(local_aws, OTHER_REGION, "written") is None)
    stack.delete()


def test_a_write_to_the_replica_comes_back(local_aws: LocalAws, stack: Stack) -> None:
    stack.create(table_template("both-ways", INSTANCE.region, OTHER_REGION))
    client(local_aws.url, "dynamodb", OTHER_REGION).put_item(TableName="both-ways", Item={"id": {"S": "2"}})
    assert item(local_aws, INSTANCE.region, "both-ways", "2") is None
    assert until(lambda: item(local_aws, INSTANCE.region, "both-ways", "2") is not None)
    stack.delete()


def test_replicas_go_with_their_table(local_aws: LocalAws, stack: Stack) -> None:
    stack.create(table_template("deleted", INSTANCE.region, OTHER_REGION))
    assert "deleted" in tables(local_aws, OTHER_REGION)
    stack.delete()
    assert "deleted" not in tables(local_aws, INSTANCE.region)
    assert "deleted" not in tables(local_aws, OTHER_REGION)


def test_a_table_with_one_replica_stays_in_its_region(local_aws: LocalAws, stack: Stack) -> None:
    stack.create(table_template("alone", INSTANCE.region))
    assert "alone" in tables(local_aws, INSTANCE.region)
    assert "alone" not in tables(local_aws, OTHER_REGION)
    stack.delete()


def test_a_region_that_a_table_gets_later_gets_a_replica(local_aws: LocalAws, stack: Stack) -> None:
    stack.create(table_template("grown", INSTANCE.region))
    stack.update(table_template("grown", INSTANCE.region, OTHER_REGION))
    assert "grown" in tables(local_aws, OTHER_REGION)
    stack.update(table_template("grown", INSTANCE.region))
    assert "grown" not in tables(local_aws, OTHER_REGION)
    stack.delete()


def test_replicated_writes_arrive_in_the_order_in_which_they_were_made(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(ministack_hooks, "REPLICATION_DELAY_SECONDS", 0.05)
    arrived: list[int] = []
    replicate = ministack_hooks._later(arrived.append)
    for number in range(300):
        replicate(number)
    assert until(lambda: len(arrived) == 300)
    assert arrived == list(range(300))
