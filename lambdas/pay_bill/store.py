"""Bills and answered requests in DynamoDB."""

import json
import time
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, cast

from botocore.exceptions import ClientError

from common.tables import reachable, table
from pay_bill.bills import Bill

if TYPE_CHECKING:
    from mypy_boto3_dynamodb.type_defs import TransactWriteItemTypeDef

ANSWER_KEPT_SECONDS = 7 * 24 * 3600
"""A chat contact may live for a week; retries come within seconds."""

_LOST_RACES = {"None", "ConditionalCheckFailed", "TransactionConflict"}
"""Reasons of a cancelled transaction that mean: another attempt was faster."""


class TablesOfBills:
    """The tables bills and requests. Raises TableUnavailable where DynamoDB does not answer.

    The transaction holds in the Region that performs it; the other one sees both writes later.
    """

    def bill(self, customer_id: str) -> Bill | None:
        """The customer's newest bill."""
        item = _item("bills", {"customer_id": customer_id})
        if not item:
            return None
        return Bill(
            customer_id=customer_id,
            bill_id=str(item["bill_id"]),
            amount_cents=int(item["amount_cents"]),
            confirmation=item.get("confirmation"),
            payment_token=str(item.get("payment_token", "")),
        )

    def answered(self, request_id: str) -> dict[str, object] | None:
        """The answer that was stored for a request."""
        item = _item("requests", {"request_id": request_id})
        return cast(dict[str, object], json.loads(item["answer"])) if item else None

    def commit(self, bill: Bill, confirmation: str, request_id: str, answer: Mapping[str, object]) -> bool:
        """Stores payment and answer in one transaction; False where another attempt was faster."""
        client = table("requests").meta.client
        with reachable():
            try:
                client.transact_write_items(
                    TransactItems=[_record(request_id, answer), _payment(bill, confirmation)]
                )
            except ClientError as error:
                if not _lost_race(error):
                    raise
                return False
        return True


def _item(name: str, key: dict[str, str]) -> Mapping[str, Any]:
    with reachable():
        return table(name).get_item(Key=key, ConsistentRead=True).get("Item", {})


def _record(request_id: str, answer: Mapping[str, object]) -> "TransactWriteItemTypeDef":
    return {
        "Put": {
            "TableName": table("requests").name,
            "Item": {
                "request_id": request_id,
                "answer": json.dumps(answer),
                "expires_at": int(time.time()) + ANSWER_KEPT_SECONDS,
            },
            "ConditionExpression": "attribute_not_exists(request_id)",
        }
    }


def _payment(bill: Bill, confirmation: str) -> "TransactWriteItemTypeDef":
    return {
        "Update": {
            "TableName": table("bills").name,
            "Key": {"customer_id": bill.customer_id},
            "UpdateExpression": "SET confirmation = :confirmation",
            "ConditionExpression": "bill_id = :bill AND amount_cents = :amount "
            "AND attribute_not_exists(confirmation)",
            "ExpressionAttributeValues": {
                ":confirmation": confirmation,
                ":bill": bill.bill_id,
                ":amount": bill.amount_cents,
            },
        }
    }


def _lost_race(error: ClientError) -> bool:
    reasons = cast(list[dict[str, str]], error.response.get("CancellationReasons", []))
    return bool(reasons) and {reason.get("Code", "None") for reason in reasons} <= _LOST_RACES
