"""Entry point of the result of an order search."""

import time

from common.answers import failure
from common.event import ContactEvent
from common.handler import contact_handler
from common.tables import TableUnavailable
from order_search_result import logic
from order_search_result.store import TableOfSearches


@contact_handler
def handler(event: ContactEvent) -> dict[str, object]:
    """Tells the state of the parameter `searchId`, and what was found once it is done."""
    try:
        return logic.answer(event.text("searchId"), TableOfSearches(), time.time())
    except TableUnavailable:
        return failure("searchUnavailable", retryable=True)
