"""Accounts and answered requests in DynamoDB.

Two versions of this function may serve one contact, so each reads what the other wrote: attributes that a
version does not know stay as they are, and an account without `card_locked` has an active card.
"""

from collections.abc import Mapping
from typing import TYPE_CHECKING

from account_service.accounts import Account
from common import done_once
from common.tables import item, table

if TYPE_CHECKING:
    from mypy_boto3_dynamodb.type_defs import UpdateTypeDef

ANSWER_KEPT_SECONDS = done_once.ANSWER_KEPT_SECONDS

_SAME_MONEY = "savings_cents = :savings AND checking_cents = :checking AND "
_CARD_LOCKED = "card_locked = :locked"
_CARD_ACTIVE = "(card_locked = :locked OR attribute_not_exists(card_locked))"
_CHANGE = "SET savings_cents = :new_savings, checking_cents = :new_checking, card_locked = :new_locked"


class TablesOfAccounts:
    """The tables customers, accounts and requests. Raises TableUnavailable where DynamoDB does not answer."""

    def customer_id(self, phone_number: str) -> str | None:
        """The customer with this E.164 number."""
        found = item("customers", {"phone_number": phone_number}).get("customer_id")
        return found if isinstance(found, str) else None

    def account(self, customer_id: str) -> Account | None:
        """The customer's account."""
        found = item("accounts", {"customer_id": customer_id})
        if not found:
            return None
        return Account(
            customer_id=customer_id,
            savings_cents=int(found["savings_cents"]),
            checking_cents=int(found["checking_cents"]),
            card_locked=bool(found.get("card_locked", False)),
        )

    def answered(self, request_id: str) -> dict[str, object] | None:
        """The answer that was stored for a request."""
        return done_once.answered(request_id)

    def commit(self, before: Account, after: Account, request_id: str, answer: Mapping[str, object]) -> bool:
        """Stores account and answer in one transaction; False where another attempt was faster."""
        return done_once.commit(request_id, answer, _update(before, after))


def _update(before: Account, after: Account) -> "UpdateTypeDef":
    return {
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
