"""Customers in DynamoDB."""

from collections.abc import Mapping
from decimal import Decimal

from common.event import TEXT_MAX_CHARS
from common.tables import reachable, table
from customer_lookup.logic import Customer


class TableOfCustomers:
    """The table customers. Raises TableUnavailable where DynamoDB does not answer."""

    def by_phone_number(self, phone_number: str) -> Customer | None:
        """The customer with this E.164 number; an eventually consistent read is enough to greet somebody."""
        with reachable():
            item = table("customers").get_item(Key={"phone_number": phone_number}).get("Item")
        return _customer(item) if item else None


def _customer(item: Mapping[str, object]) -> Customer:
    return Customer(
        customer_id=_text(item, "customer_id"),
        name=_text(item, "name"),
        language=_text(item, "language"),
        membership=_text(item, "membership"),
        open_case=_text(item, "open_case"),
        case_team=_text(item, "case_team"),
    )


def _text(item: Mapping[str, object], key: str) -> str | None:
    """A value written by another system: a number becomes text; blank, nested or far too long is absent."""
    value = item.get(key)
    if isinstance(value, Decimal):
        return f"{value:f}"
    text = value.strip() if isinstance(value, str) else ""
    return text if 0 < len(text) <= TEXT_MAX_CHARS else None
