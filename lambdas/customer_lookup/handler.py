"""Entry point of the customer lookup."""

from common.answers import failure
from common.event import ContactEvent
from common.handler import contact_handler
from common.tables import TableUnavailable
from customer_lookup import logic
from customer_lookup.store import TableOfCustomers


@contact_handler
def handler(event: ContactEvent) -> dict[str, object]:
    """Answers who calls; an unknown caller is an answer too."""
    try:
        return logic.answer(event, TableOfCustomers())
    except TableUnavailable:
        return failure("lookupUnavailable", retryable=True)
