"""Accounts and answered requests in DynamoDB.

Two versions of this function may serve one contact, so each reads what the other wrote: attributes that a
version does not know stay as they are, and an account without `card_locked` has an active card.
"""

import json
import time
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, cast

from botocore.exceptions import ClientError

from account_service.accounts import Account
from common.tables import reachable, table

if TYPE_CHECKING:
    from mypy_boto3_dynamodb.type_defs import TransactWriteItemTypeDef

ANSWER_KEPT_SECONDS = 7 * 24 * 3600
"""A chat contact may live for a week; Connect's retries come within seconds."""

_LOST_RACES = {"None", "ConditionalCheckFailed", "TransactionConflict"}
"""Reasons of a cancelled transaction that mean: another attempt was faster."""

_SAME_MONEY = "savings_cents = :savings AND checking_cents = :checking AND "
_CARD_LOCKED = "card_locked = :locked"
_CARD_ACTIVE = "(card_locked = :locked OR attribute_not_exists(card_locked))"
_CHANGE = "SET savings_cents = :new_savings, checking_cents = :new_checking, card_locked = :new_locked"


class TablesOfAccounts:
    """The tables customers, accounts and requests. Raises TableUnavailable where DynamoDB does not answer."""

    def customer_id(self, phone_number: str) -> str | None:
        """The customer with this E.164 number."""
        found = _item("customers", {"phone_number": phone_number}).get("customer_id")
        return found if isinstance(found, str) else None

    def account(self, customer_id: str) -> Account | None:
        """The customer's account."""
        item = _item("accounts", {"customer_id": customer_id})
        if not item:
            return None
        return Account(
            customer_id=customer_id,
            savings_cents=int(item["savings_cents"]),
            checking_cents=int(item["checking_cents"]),
            card_locked=bool(item.get("card_locked", False)),
        )

    def answered(self, request_id: str) -> dict[str, object] | None:
        """The answer that was stored for a request."""
        item = _item("requests", {"request_id": request_id})
        return cast(dict[str, object], json.loads(item["answer"])) if item else None

    def commit(self, before: Account, after: Account, request_id: str, answer: Mapping[str, object]) -> bool:
        """Stores account and answer in one transaction; False where another attempt was faster."""
        client = table("requests").meta.client
        with reachable():
            try:
                client.transact_write_items(
                    TransactItems=[_record(request_id, answer), _update(before, after)]
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


def _update(before: Account, after: Account) -> "TransactWriteItemTypeDef":
    return {
        "Update": {
            "TableName": table("accounts").name,
            "Key": {"customer_id": before.customer_id},
            "UpdateExpression": _CHANGE,
            "ConditionExpression": _SAME_MONEY + (_CARD_LOCKED if before.card_locked else _CARD_ACTIVE),
            "ExpressionAttributeValues": {
                ":savings": before.savings_cents,
                ":checking": before.checking_cents,
                ":locked": before.card_locked,
                ":new_savings": after.savings_cents,
                ":new_checking": after.checking_cents,
                ":new_locked": after.card_locked,
            },
        }
    }


def _lost_race(error: ClientError) -> bool:
    reasons = cast(list[dict[str, str]], error.response.get("CancellationReasons", []))
    return bool(reasons) and {reason.get("Code", "None") for reason in reasons} <= _LOST_RACES
