"""The account service, asked as a flow asks it."""

from typing import Any

from common.tables import table
from tests.lambdas.invocations import contact_event, invoke

SAVINGS, CHECKING = 301_819, 57_742
TRANSFER = {
    "operation": "fundsTransfer",
    "fromAccount": "Savings",
    "toAccount": "Checking",
    "amount": "18.19",
}
EVERYTHING = {**TRANSFER, "amount": "3018.19"}


def ask(parameters: dict[str, Any], **contact: Any) -> dict[str, Any]:
    return invoke("account_service", contact_event(parameters, **contact))


def held(customer_id: str = "C-1001") -> tuple[int, int, bool]:
    """Savings, checking, and whether the card is locked."""
    item: dict[str, Any] = table("accounts").get_item(Key={"customer_id": customer_id})["Item"]
    return int(item["savings_cents"]), int(item["checking_cents"]), item["card_locked"]


def declined(error_type: str) -> dict[str, str]:
    return {"status": "error", "errorType": error_type, "retryable": "false"}


def state_of(parameters: dict[str, Any], **contact: Any) -> dict[str, Any]:
    """What the flow asks after it lost the answer to `parameters`."""
    return ask({**parameters, "operation": "requestState", "of": parameters["operation"]}, **contact)
