"""Requests that are done once: the answer is stored in one transaction with the change that it tells of.

The table requests holds request_id, answer (JSON) and expires_at (epoch seconds). A repeated request finds
its record and changes nothing. Other versions of a function read and write the same records.
"""

import json
import time
from collections.abc import Mapping
from typing import TYPE_CHECKING, cast

from botocore.exceptions import ClientError

from common.tables import item, reachable, table

if TYPE_CHECKING:
    from mypy_boto3_dynamodb.type_defs import TransactWriteItemTypeDef, UpdateTypeDef

TABLE = "requests"

ANSWER_KEPT_SECONDS = 7 * 24 * 3600
"""A chat contact may live for a week; Connect's retries come within seconds."""

_LOST_RACES = {"None", "ConditionalCheckFailed", "TransactionConflict"}
"""Reasons of a cancelled transaction that mean: another attempt was faster."""


def answered(request_id: str) -> dict[str, object] | None:
    """The answer that was stored for a request. Raises TableUnavailable."""
    record = item(TABLE, {"request_id": request_id})
    return cast(dict[str, object], json.loads(record["answer"])) if record else None


def commit(request_id: str, answer: Mapping[str, object], change: "UpdateTypeDef") -> bool:
    """Stores the answer and makes the change, or neither; False where another attempt was faster.

    `change` has a condition: that what was read still stands. Raises TableUnavailable.
    """
    client = table(TABLE).meta.client
    with reachable():
        try:
            client.transact_write_items(TransactItems=[_record(request_id, answer), {"Update": change}])
        except ClientError as error:
            if not _lost_race(error):
                raise
            return False
    return True


def _record(request_id: str, answer: Mapping[str, object]) -> "TransactWriteItemTypeDef":
    return {
        "Put": {
            "TableName": table(TABLE).name,
            "Item": {
                "request_id": request_id,
                "answer": json.dumps(answer),
                "expires_at": int(time.time()) + ANSWER_KEPT_SECONDS,
            },
            "ConditionExpression": "attribute_not_exists(request_id)",
        }
    }


def _lost_race(error: ClientError) -> bool:
    reasons = cast(list[dict[str, str]], error.response.get("CancellationReasons", []))
    return bool(reasons) and {reason.get("Code", "None") for reason in reasons} <= _LOST_RACES
