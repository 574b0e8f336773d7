"""Entry point of the start of an order search."""

import time

from common.answers import failure
from common.event import ContactEvent
from common.handler import contact_handler
from common.tables import TableUnavailable
from start_order_search import logic
from start_order_search.store import AliasOfWorker, TableOfSearches


@contact_handler
def handler(event: ContactEvent) -> dict[str, object]:
    """Answers with searchId; order_search_result tells what became of it."""
    try:
        return logic.answer(event, TableOfSearches(), AliasOfWorker(), time.time())
    except TableUnavailable:
        return failure("searchUnavailable", retryable=True)
