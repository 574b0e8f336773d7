"""Entry point of the account service."""

from account_service import logic
from account_service.store import TablesOfAccounts
from common.answers import failure
from common.event import ContactEvent
from common.handler import contact_handler
from common.tables import TableUnavailable


@contact_handler
def handler(event: ContactEvent) -> dict[str, object]:
    """Performs the parameter `operation`: checkBalance, lockCard, fundsTransfer or requestState."""
    try:
        return logic.answer(event, TablesOfAccounts())
    except TableUnavailable:
        return failure("accountUnavailable", retryable=True)
