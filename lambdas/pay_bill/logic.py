"""From a request to its answer; a bill is paid once, however often and through whichever door it is asked.

Connect repeats an invocation that failed, and one whose answer was lost may have paid. So the payment and its
answer are stored together under one id of contact, bill and customer, and a repeated request gets the
stored answer. A request of another contact finds the bill paid.

An error of `pay` that is retryable proves nothing: the transaction may have gone through, and its answer been
lost. A flow then asks for the same again, or for `state`, in the same Region. All of it holds in one Region
only, so flow and bot have to reach the same one: put the bot where flows call, the group's first Region.
"""

import re
from collections.abc import Mapping
from typing import Protocol

from common.answers import failure, success
from common.event import ContactEvent
from pay_bill.bills import Bill, Declined, confirmation_of, dollars
from pay_bill.tokens import holds_card_number, same, well_formed

COMMIT_ATTEMPTS = 3
"""How often a payment is tried when the bill changes between reading and writing."""

NONE = "none"
_IDENTIFIER = re.compile(r"[A-Za-z0-9][A-Za-z0-9-]{0,63}")


class Store(Protocol):
    """Where bills and answered requests are kept. Reads see every earlier write."""

    def bill(self, customer_id: str) -> Bill | None:
        """The customer's newest bill."""
        ...

    def answered(self, request_id: str) -> dict[str, object] | None:
        """The answer that was stored for a request."""
        ...

    def commit(self, bill: Bill, confirmation: str, request_id: str, answer: Mapping[str, object]) -> bool:
        """Marks the bill as paid and stores the answer, together or not at all.

        False, with nothing stored, where the bill is not `bill` any more or the request has an answer.
        """
        ...


def answer(event: ContactEvent, store: Store) -> dict[str, object]:
    """The answer to the parameter `operation`; what cannot be done is an informational error."""
    try:
        match event.text("operation"):
            case "amountDue":
                return _amount_due(_customer_id(event), store)
            case "state":
                return _state(event, _customer_id(event), store)
            case "pay":
                return _pay(event, _token(event), _customer_id(event), store)
        raise Declined("unknownOperation")
    except Declined as declined:
        return failure(declined.error_type, retryable=False)


def _amount_due(customer_id: str, store: Store) -> dict[str, object]:
    bill = store.bill(customer_id)
    if bill is None or not bill.open:
        return success(amount=NONE, billId=NONE)
    return success(amount=dollars(bill.amount_cents), billId=bill.bill_id)


def _state(event: ContactEvent, customer_id: str, store: Store) -> dict[str, object]:
    """ "unknown" proves nothing: the payment may be on its way, or was made in the other Region."""
    bill = store.bill(customer_id)
    bill_id = _bill_id(event, bill)
    stored = store.answered(_request_id(event, bill_id, customer_id)) if bill_id else None
    if stored is not None:
        return success(paid="true", confirmation=stored["confirmation"])
    if bill and bill.bill_id == bill_id and bill.confirmation:
        return success(paid="true", confirmation=bill.confirmation)
    return success(paid="unknown", confirmation=NONE)


def _pay(event: ContactEvent, token: str, customer_id: str, store: Store) -> dict[str, object]:
    for _ in range(COMMIT_ATTEMPTS):
        # Bill first: an attempt that pays in between is then seen by `answered`, and not as a bill that
        # somebody else has paid.
        bill = store.bill(customer_id)
        bill_id = _bill_id(event, bill)
        if bill_id is None:
            raise Declined("nothingDue")
        request_id = _request_id(event, bill_id, customer_id)
        if (stored := store.answered(request_id)) is not None:
            return stored
        payable = _payable(bill, bill_id, token)
        _check_told(event, payable)
        confirmation = confirmation_of(request_id)
        reply = success(paid="true", amount=dollars(payable.amount_cents), confirmation=confirmation)
        if store.commit(payable, confirmation, request_id, reply):
            return reply
    return failure("paymentUnavailable", retryable=True)


def _payable(bill: Bill | None, bill_id: str, token: str) -> Bill:
    if bill is None or bill.bill_id != bill_id or not bill.open:
        raise Declined("nothingDue")
    if not bill.payment_token or not same(token, bill.payment_token):
        raise Declined("invalidToken")
    return bill


def _check_told(event: ContactEvent, bill: Bill) -> None:
    """The parameter amount is what the caller has heard: nobody said yes to another one."""
    told = event.text("amount")
    if told not in (None, NONE, dollars(bill.amount_cents)):
        raise Declined("amountChanged")


def _token(event: ContactEvent) -> str:
    """The parameter paymentToken, looked at before anything is read, compared or stored."""
    token = event.text("paymentToken") or ""
    if holds_card_number(token):
        raise Declined("cardNumberRefused")
    if not well_formed(token):
        raise Declined("invalidToken")
    return token


def _customer_id(event: ContactEvent) -> str:
    found = _identifier(event, "customerId")
    if found is None:
        raise Declined("unknownCustomer")
    return found


def _bill_id(event: ContactEvent, bill: Bill | None) -> str | None:
    """The bill that is meant: the parameter billId, else the customer's newest."""
    return _identifier(event, "billId") or (bill.bill_id if bill else None)


def _identifier(event: ContactEvent, name: str) -> str | None:
    """What the parameter names; None too for "none", which a flow passes for what it does not know."""
    text = event.text(name)
    return text if text and text != NONE and _IDENTIFIER.fullmatch(text) else None


def _request_id(event: ContactEvent, bill_id: str, customer_id: str) -> str:
    return "#".join((event.contact_id, "payBill", bill_id, customer_id))
