"""The order system and the records of searches in DynamoDB."""

import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

from botocore.exceptions import ClientError

from common.order_searches import TABLE, SearchId, State
from common.tables import reachable, table
from order_search_worker.orders import Order


class SlowOrderSystem:
    """The table orders as a stand-in for a system that takes its time for each page, of one order here.

    Raises TableUnavailable where DynamoDB does not answer.
    """

    def __init__(self, seconds_a_page: float, wait: Callable[[float], None] = time.sleep) -> None:
        self._seconds_a_page = seconds_a_page
        self._wait = wait

    def pages(self, customer_id: str) -> Iterator[Sequence[Order]]:
        """The customer's orders, one after the other."""
        with reachable():
            item: Mapping[str, Any] = (
                table("orders").get_item(Key={"customer_id": customer_id}).get("Item", {})
            )
        for order in item.get("orders", []):
            self._wait(self._seconds_a_page)
            yield [_order(order)]


class TableOfSearches:
    """The table order_searches. Raises TableUnavailable where DynamoDB does not answer."""

    def __init__(self, clock: Callable[[], float] = time.time) -> None:
        self._clock = clock

    def pending(self, search: SearchId) -> bool:
        """Whether the record is there, is this search's, and nothing has been written down yet."""
        with reachable():
            item = table(TABLE).get_item(Key={"search_id": search.key}, ConsistentRead=True).get("Item", {})
        return item.get("state") == State.PENDING and item.get("deadline") == search.deadline

    def finish(self, search: SearchId, orders: int, summary: str) -> bool:
        """pending -> done, before the deadline."""
        values = {
            ":done": State.DONE.value,
            ":orders": orders,
            ":summary": summary,
            ":now": int(self._clock()),
        }
        change = "SET #state = :done, orders = :orders, summary = :summary"
        return _from_pending(search, change, values, " AND deadline > :now")

    def fail(self, search: SearchId) -> None:
        """pending -> failed."""
        _from_pending(search, "SET #state = :failed", {":failed": State.FAILED.value})


def _from_pending(search: SearchId, change: str, values: dict[str, Any], condition: str = "") -> bool:
    """Whether the record was pending, and is changed now.

    The deadline tells a search from a newer one under the same key: a run that comes late must not fail that.
    """
    with reachable():
        try:
            table(TABLE).update_item(
                Key={"search_id": search.key},
                UpdateExpression=change,
                ConditionExpression=f"#state = :pending AND deadline = :deadline{condition}",
                ExpressionAttributeNames={"#state": "state"},
                ExpressionAttributeValues={
                    **values,
                    ":pending": State.PENDING.value,
                    ":deadline": search.deadline,
                },
            )
        except ClientError as error:
            if error.response["Error"]["Code"] != "ConditionalCheckFailedException":
                raise
            return False
    return True


def _order(record: Mapping[str, Any]) -> Order:
    """A record of another system: what is missing stays unsaid."""
    day = record.get("expected_day")
    return Order(
        order_id=str(record.get("order_id", "")),
        item=str(record.get("item", "")),
        status=str(record.get("status", "")),
        day=str(day) if day else None,
    )
