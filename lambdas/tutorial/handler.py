"""Entry point of the tutorial's function."""

from common.event import ContactEvent
from common.handler import contact_handler
from tutorial import logic


@contact_handler
def handler(event: ContactEvent) -> dict[str, object]:
    """Answers customerBalance and websiteUrl for the parameter companyName."""
    caller = event.customer_endpoint.address if event.customer_endpoint else ""
    return logic.answer(caller or event.contact_id, event.text("companyName"))
