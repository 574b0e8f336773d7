"""The records of searches in DynamoDB, and the worker behind its alias."""

import json
import os
from functools import cache
from typing import TYPE_CHECKING, Any

import boto3
from botocore.config import Config
from botocore.exceptions import BotoCoreError, ClientError

from common import log
from common.order_searches import TABLE, SearchId, State
from common.tables import reachable, table
from start_order_search.logic import WorkerUnavailable

if TYPE_CHECKING:
    from mypy_boto3_lambda.client import LambdaClient

KEPT_SECONDS = 24 * 3600
"""Longer than any call; a chat that comes back a day later starts a new search."""

WORKER_VARIABLE = "ORDER_SEARCH_WORKER"

# One attempt: one whose answer was lost may have started the worker.
_CONFIG = Config(connect_timeout=0.5, read_timeout=1, retries={"total_max_attempts": 1, "mode": "standard"})
_FREE = "attribute_not_exists(search_id) OR #state = :failed OR (#state = :pending AND deadline <= :now)"


class TableOfSearches:
    """The table order_searches. Raises TableUnavailable where DynamoDB does not answer."""

    def begin(self, search: SearchId, now: float) -> bool:
        """Makes a pending record, also in place of one that failed or ran out of time."""
        item: dict[str, Any] = {
            "search_id": search.key,
            "state": State.PENDING.value,
            "deadline": search.deadline,
            "expires_at": search.deadline + KEPT_SECONDS,
        }
        values: dict[str, Any] = {
            ":failed": State.FAILED.value,
            ":pending": State.PENDING.value,
            ":now": int(now),
        }
        with reachable():
            try:
                table(TABLE).put_item(
                    Item=item,
                    ConditionExpression=_FREE,
                    ExpressionAttributeNames={"#state": "state"},
                    ExpressionAttributeValues=values,
                )
            except ClientError as error:
                return _unmet(error)
        return True

    def standing(self, key: str) -> SearchId | None:
        """The search with this key that has a record."""
        with reachable():
            item = table(TABLE).get_item(Key={"search_id": key}, ConsistentRead=True).get("Item")
        return SearchId(key, int(str(item["deadline"]))) if item else None

    def forget(self, search: SearchId) -> None:
        """Removes the record if it is still that of this search, pending."""
        with reachable():
            try:
                table(TABLE).delete_item(
                    Key={"search_id": search.key},
                    ConditionExpression="#state = :pending AND deadline = :deadline",
                    ExpressionAttributeNames={"#state": "state"},
                    ExpressionAttributeValues={
                        ":pending": State.PENDING.value,
                        ":deadline": search.deadline,
                    },
                )
            except ClientError as error:
                _unmet(error)


class AliasOfWorker:
    """The worker's alias in this Region."""

    def start(self, search: SearchId, customer_id: str) -> None:
        """Queues a run of the worker. Raises WorkerUnavailable, and LookupError without its variable."""
        alias = os.environ.get(WORKER_VARIABLE)
        if not alias:
            log.note_cause(f"{WORKER_VARIABLE} is not set")
            raise LookupError(f"{WORKER_VARIABLE} is not set: see function.toml")
        payload = json.dumps({"searchId": str(search), "customerId": customer_id}).encode()
        try:
            _lambda().invoke(FunctionName=alias, InvocationType="Event", Payload=payload)
        except (ClientError, BotoCoreError) as error:
            log.note_cause(
                error.response["Error"]["Code"] if isinstance(error, ClientError) else type(error).__name__
            )
            raise WorkerUnavailable from error


def _unmet(error: ClientError) -> bool:
    """False for a condition that did not hold; raises every other error."""
    if error.response["Error"]["Code"] != "ConditionalCheckFailedException":
        raise error
    return False


@cache
def _lambda() -> "LambdaClient":
    return boto3.client("lambda", config=_CONFIG)
