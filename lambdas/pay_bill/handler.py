"""Entry point of the bill payment, for a flow's Invoke block and for a Lex V2 bot."""

from collections.abc import Mapping

from common.answers import failure
from common.event import ContactEvent
from common.handler import contact_handler
from common.lex import LexEvent
from common.tables import TableUnavailable
from pay_bill import bot, logic
from pay_bill.store import TablesOfBills


@contact_handler
def for_contact(event: ContactEvent) -> dict[str, object]:
    """Performs the parameter `operation`: amountDue, pay or state."""
    try:
        return logic.answer(event, TablesOfBills())
    except TableUnavailable:
        return failure("paymentUnavailable", retryable=True)


def handler(raw: Mapping[str, object], context: object) -> Mapping[str, object]:
    """Connect's event or Lex's; both reach the same payment, under the same contact id in table and log.

    Raises what `contact_handler` raises: also NotAConnectEvent where a bot is used outside of a contact.
    """
    asked = LexEvent.parse(raw)
    if asked is None:
        return for_contact(raw, context)
    answer = for_contact(asked.as_contact_event(bot.parameters(asked)), context)
    return bot.response(asked, answer)
