"""Customers and one-time passwords in DynamoDB.

The table one_time_passwords holds two kinds of items: `code#CONTACT` with seal, valid_until, attempts and,
once the code was said, used_at; and `count#WHO#HOUR` with the number of codes of a clock hour. Other versions
of this function read them too: attributes that one does not know it leaves alone, and where one that it needs
is missing, no condition holds and nobody is verified. Time to live only tidies up: every rule is a condition.
"""

import os
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, cast

from botocore.exceptions import ClientError

from common import log
from common.tables import reachable, table
from one_time_password.logic import ATTEMPTS, Begun, Password

if TYPE_CHECKING:
    from mypy_boto3_dynamodb.service_resource import Table
    from mypy_boto3_dynamodb.type_defs import TransactWriteItemTypeDef

KEPT_SECONDS = 7 * 24 * 3600
"""A chat contact may live for a week, and must not get a second code when the first has expired."""
_HOUR = 3600
_OPEN = "seal = :seal AND valid_until > :now AND attempts < :most AND attribute_not_exists(used_at)"


class TablesOfPasswords:
    """The tables customers and one_time_passwords. Raises TableUnavailable where DynamoDB does not answer."""

    def customer_id(self, phone_number: str) -> str | None:
        """The customer who registered this E.164 number."""
        with reachable():
            item = table("customers").get_item(Key={"phone_number": phone_number}, ConsistentRead=True)
        found = item.get("Item", {}).get("customer_id")
        return found if isinstance(found, str) else None

    def begin(self, password: Password, counted_for: str, now: int) -> Begun:
        """Stores and counts in one transaction."""
        client = _passwords().meta.client
        with reachable():
            try:
                client.transact_write_items(TransactItems=[_record(password, now), _count(counted_for, now)])
            except ClientError as error:
                return _refused(error)
        return Begun.STORED

    def take_back(self, password: Password, counted_for: str, now: int) -> None:
        """Undoes `begin` in one transaction, if the record is still this one."""
        client = _passwords().meta.client
        with reachable():
            try:
                client.transact_write_items(TransactItems=[_removal(password), _discount(counted_for, now)])
            except ClientError as error:
                if not any(_unmet(error)):
                    raise

    def read(self, contact_id: str) -> Password | None:
        """The contact's record, whether it is valid or not."""
        with reachable():
            found = _passwords().get_item(Key=_key(contact_id), ConsistentRead=True).get("Item")
        if found is None:
            return None
        item = cast(Mapping[str, Any], found)
        return Password(contact_id, str(item.get("seal", "")), int(item.get("valid_until", 0)))

    def attempt(self, password: Password, *, right: bool, now: int) -> int | None:
        """One conditional write: counts, and with `right` uses up the code."""
        client = _passwords().meta.client
        with reachable():
            try:
                written = _passwords().update_item(
                    Key=_key(password.contact_id),
                    UpdateExpression="ADD attempts :one" + (" SET used_at = :now" if right else ""),
                    ConditionExpression=_OPEN,
                    ExpressionAttributeValues={
                        ":one": 1,
                        ":seal": password.seal,
                        ":now": now,
                        ":most": ATTEMPTS,
                    },
                    ReturnValues="UPDATED_NEW",
                )
            except client.exceptions.ConditionalCheckFailedException:
                return None
        return int(cast(Mapping[str, Any], written["Attributes"])["attempts"])


def _passwords() -> "Table":
    return table("one_time_passwords")


def _key(contact_id: str) -> dict[str, str]:
    return {"password_id": f"code#{contact_id}"}


def _record(password: Password, now: int) -> "TransactWriteItemTypeDef":
    return {
        "Put": {
            "TableName": _passwords().name,
            "Item": {
                **_key(password.contact_id),
                "seal": password.seal,
                "valid_until": password.valid_until,
                "attempts": 0,
                "expires_at": now + KEPT_SECONDS,
            },
            "ConditionExpression": "attribute_not_exists(password_id)",
        }
    }


def _removal(password: Password) -> "TransactWriteItemTypeDef":
    return {
        "Delete": {
            "TableName": _passwords().name,
            "Key": _key(password.contact_id),
            "ConditionExpression": "seal = :seal",
            "ExpressionAttributeValues": {":seal": password.seal},
        }
    }


def _count(counted_for: str, now: int) -> "TransactWriteItemTypeDef":
    return {
        "Update": {
            "TableName": _passwords().name,
            "Key": _counter(counted_for, now),
            "UpdateExpression": "ADD codes :one SET expires_at = :end",
            "ConditionExpression": "attribute_not_exists(codes) OR codes < :most",
            "ExpressionAttributeValues": {
                ":one": 1,
                ":end": now + 2 * _HOUR,
                ":most": int(os.environ["CODES_PER_HOUR"]),
            },
        }
    }


def _discount(counted_for: str, now: int) -> "TransactWriteItemTypeDef":
    return {
        "Update": {
            "TableName": _passwords().name,
            "Key": _counter(counted_for, now),
            "UpdateExpression": "ADD codes :less",
            "ExpressionAttributeValues": {":less": -1},
        }
    }


def _counter(counted_for: str, now: int) -> dict[str, str]:
    return {"password_id": f"count#{counted_for}#{now // _HOUR}"}


def _refused(error: ClientError) -> Begun:
    """Which of the two conditions did not hold. Raises `error` where it was neither."""
    record, count = _unmet(error)
    if record:
        return Begun.THERE_ALREADY
    if count:
        log.note_cause("CODES_PER_HOUR")
        return Begun.NOT_ALLOWED
    raise error


def _unmet(error: ClientError) -> tuple[bool, bool]:
    """Whether the condition on the record did not hold, and the one on the count."""
    reasons = cast(list[dict[str, str]], error.response.get("CancellationReasons", []))
    record, count = [reason.get("Code") == "ConditionalCheckFailed" for reason in reasons] or [False, False]
    return record, count
