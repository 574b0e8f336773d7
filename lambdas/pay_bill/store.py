"""Bills and answered requests in DynamoDB."""

from collections.abc import Mapping
from typing import TYPE_CHECKING

from common import done_once
from common.tables import item, table
from pay_bill.bills import Bill

if TYPE_CHECKING:
    from mypy_boto3_dynamodb.type_defs import UpdateTypeDef


class TablesOfBills:
    """The tables bills and requests. Raises TableUnavailable where DynamoDB does not answer.

    The transaction holds in the Region that performs it; the other one sees both writes later.
    """

    def bill(self, customer_id: str) -> Bill | None:
        """The customer's newest bill."""
        found = item("bills", {"customer_id": customer_id})
        if not found:
            return None
        return Bill(
            customer_id=customer_id,
            bill_id=str(found["bill_id"]),
            amount_cents=int(found["amount_cents"]),
            confirmation=found.get("confirmation"),
            payment_token=str(found.get("payment_token", "")),
        )

    def answered(self, request_id: str) -> dict[str, object] | None:
        """The answer that was stored for a request."""
        return done_once.answered(request_id)

    def commit(self, bill: Bill, confirmation: str, request_id: str, answer: Mapping[str, object]) -> bool:
        """Stores payment and answer in one transaction; False where another attempt was faster."""
        return done_once.commit(request_id, answer, _payment(bill, confirmation))


def _payment(bill: Bill, confirmation: str) -> "UpdateTypeDef":
    return {
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
