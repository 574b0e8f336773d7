"""What the tables hold of the customer who uses the menu."""

from typing import Any

from tests.e2e.deployed import Deployed

CUSTOMER = "C-1002"
KEYS = ("accounts", "bills")


def item(deployed: Deployed, table: str, region: str = "us-west-2") -> dict[str, Any]:
    """The customer's item, as DynamoDB writes it; empty where it has not come yet."""
    client = deployed.aws.client("dynamodb", region)
    answer = client.get_item(
        TableName=deployed.environment.names.table(table),
        Key={"customer_id": {"S": CUSTOMER}},
        ConsistentRead=True,
    )
    return dict(answer.get("Item", {}))


def cents(deployed: Deployed, pot: str) -> int:
    """What is in the customer's pot: savings or checking."""
    return int(item(deployed, "accounts")[f"{pot}_cents"]["N"])


def requests(deployed: Deployed, contact_id: str) -> list[str]:
    """The ids of the requests that a contact made and that were carried out."""
    client = deployed.aws.client("dynamodb", "us-west-2")
    pages = client.get_paginator("scan").paginate(TableName=deployed.environment.names.table("requests"))
    ids = [found["request_id"]["S"] for page in pages for found in page["Items"]]
    return [found for found in ids if contact_id in found]
