"""The records of searches in DynamoDB."""

from common.order_searches import TABLE
from common.tables import reachable, table
from order_search_result.logic import Record


class TableOfSearches:
    """The table order_searches. Raises TableUnavailable where DynamoDB does not answer."""

    def record(self, key: str) -> Record | None:
        """The record with this key; an eventually consistent read, because the flow asks again."""
        with reachable():
            item = table(TABLE).get_item(Key={"search_id": key}).get("Item")
        if not item:
            return None
        return Record(
            state=str(item.get("state", "")),
            orders=int(str(item.get("orders", 0))),
            summary=str(item.get("summary", "")),
        )
