"""The Lex door: what the bot asks for, and how it hears the answer.

The bot has the intent PayBill, which needs no slots. The flow gives it the session attributes contactId,
customerId, paymentToken, and, optional, billId and the amount that the caller has heard. It gets back payment
("paid", "declined", "unavailable", or "notTried" where nobody asked to pay), amount and confirmation, and not
the token. With a code hook for the dialog the bot learns the amount beforehand, for a prompt such as "Shall I
pay [amount]?".
"""

from collections.abc import Mapping

from common import lex
from common.answers import OK
from common.lex import LexEvent
from pay_bill.logic import NONE

INTENT = "PayBill"

_PASSED_ON = ("customerId", "paymentToken", "billId", "amount")
_UNAVAILABLE = "I cannot reach the billing system right now."
"""Also where the payment went through and its answer was lost: so not a word about the payment."""
_DECLINED = "The payment was declined."
_NOT_TRIED = {"unknownOperation": "notTried"}
_MESSAGES = {
    "nothingDue": "There is no bill to pay.",
    "amountChanged": "The amount has changed, so nothing is paid.",
    "unknownCustomer": "I do not know which bill to pay.",
    "unknownOperation": "I can only pay your bill.",
}


def parameters(asked: LexEvent) -> dict[str, object]:
    """What an Invoke block would pass. Only a fulfilment that nobody has denied pays."""
    operation = "none"
    if asked.intent == INTENT and asked.source == lex.DIALOG:
        operation = "amountDue"
    elif asked.intent == INTENT and asked.source == lex.FULFILLMENT and asked.confirmation != "Denied":
        operation = "pay"
    given = {name: asked.attributes[name] for name in _PASSED_ON if name in asked.attributes}
    return {"operation": operation, **given}


def response(asked: LexEvent, answer: Mapping[str, object]) -> dict[str, object]:
    """The answer as Lex takes it: Fulfilled where the bill is paid, Failed where not."""
    if answer["status"] != OK:
        return _not_paid(asked, str(answer["errorType"]), retryable=answer["retryable"] == "true")
    if "paid" in answer:
        attributes = _attributes(asked, "paid", str(answer["amount"]), str(answer["confirmation"]))
        message = f"Thank you. {answer['amount']} is paid. Your confirmation is {answer['confirmation']}."
        return lex.close(asked, message, fulfilled=True, attributes=attributes)
    if answer["amount"] == NONE:
        return _not_paid(asked, "nothingDue", retryable=False)
    return lex.delegate(asked, {**asked.attributes, "amount": str(answer["amount"])})


def _not_paid(asked: LexEvent, error_type: str, *, retryable: bool) -> dict[str, object]:
    payment = _NOT_TRIED.get(error_type, "unavailable" if retryable else "declined")
    attributes = _attributes(asked, payment, NONE, NONE)
    message = _UNAVAILABLE if retryable else _MESSAGES.get(error_type, _DECLINED)
    return lex.close(asked, message, fulfilled=False, attributes=attributes)


def _attributes(asked: LexEvent, payment: str, amount: str, confirmation: str) -> dict[str, str]:
    kept = {name: value for name, value in asked.attributes.items() if name != "paymentToken"}
    return {**kept, "payment": payment, "amount": amount, "confirmation": confirmation}
