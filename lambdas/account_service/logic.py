"""From a flow's request to its answer; a change happens once per contact, however often Connect repeats it.

Connect repeats an invocation that failed up to 3 times (administrator guide, "Invocation retry policy"),
and an attempt whose answer was lost may have done its work. So the change and its answer are stored together
under one request id, made of the contact, the operation with its parameters, and the customer. A repeated
request gets the stored answer. The same transfer a second time within one contact is therefore not a second
transfer.

This holds within one Region. Tables replicate with a delay and item by item, so another Region may see the
account changed and not yet the record, or neither. A flow therefore makes a request with an effect in one
Region only per contact, and asks the others for `requestState` at most. A record that is there, in whatever
Region, proves that the request was done; one that is missing proves nothing. Nor does a retryable error of a
request with an effect: the transaction may have gone through, and its answer been lost.
"""

from collections.abc import Mapping
from typing import Protocol

from account_service.accounts import Account, CardLock, Change, Declined, dollars, transfer
from common.answers import failure, success
from common.event import ContactEvent
from common.phone import caller

COMMIT_ATTEMPTS = 3
"""How often a change is tried when another one comes between reading and writing."""


class Store(Protocol):
    """Where customers, accounts and answered requests are kept. Reads see every earlier write."""

    def customer_id(self, phone_number: str) -> str | None:
        """The customer with this E.164 number."""
        ...

    def account(self, customer_id: str) -> Account | None:
        """The customer's account."""
        ...

    def answered(self, request_id: str) -> dict[str, object] | None:
        """The answer that was stored for a request."""
        ...

    def commit(self, before: Account, after: Account, request_id: str, answer: Mapping[str, object]) -> bool:
        """Stores account and answer together or not at all.

        False, with nothing stored, where the account is no longer `before` or the request has an answer.
        """
        ...


def answer(event: ContactEvent, store: Store) -> dict[str, object]:
    """The answer to the parameter `operation`; what cannot be done is an informational error."""
    try:
        return _performed(event, store)
    except Declined as declined:
        return failure(declined.error_type, retryable=False)


def _performed(event: ContactEvent, store: Store) -> dict[str, object]:
    match event.text("operation"):
        case "checkBalance":
            return _statement(_account(_customer_id(event, store), store))
        case "lockCard" | "fundsTransfer" as operation:
            return _once(_change(operation, event), event, store)
        case "requestState":
            return _state(_change(event.text("of"), event), event, store)
    raise Declined("unknownOperation")


def _change(operation: str | None, event: ContactEvent) -> Change:
    match operation:
        case "lockCard":
            return CardLock()
        case "fundsTransfer":
            return transfer(event.text("fromAccount"), event.text("toAccount"), event.text("amount"))
    raise Declined("unknownOperation")


def _once(change: Change, event: ContactEvent, store: Store) -> dict[str, object]:
    customer_id = _customer_id(event, store)
    request_id = _request_id(event, change, customer_id)
    for _ in range(COMMIT_ATTEMPTS):
        # Account first: an attempt that commits in between is then seen by `answered`. The other way round,
        # the money that it moved would look like missing funds.
        before = _account(customer_id, store)
        if (stored := store.answered(request_id)) is not None:
            return stored
        after = change.apply(before)
        reply = _statement(after)
        if store.commit(before, after, request_id, reply):
            return reply
    return failure("accountBusy", retryable=True)


def _state(change: Change, event: ContactEvent, store: Store) -> dict[str, object]:
    """Whether the request was done. "unknown" may also be one whose record has not arrived yet, or whose
    attempt is still at work."""
    stored = store.answered(_request_id(event, change, _customer_id(event, store)))
    if stored is None:
        return success(requestState="unknown")
    return {**stored, "requestState": "done"}


def _request_id(event: ContactEvent, change: Change, customer_id: str) -> str:
    """Every version of this function has to make the same id: it is what keeps an effect from a second time.

    The parameters are part of it: a caller may transfer two different amounts within one contact.
    """
    return "#".join((event.contact_id, change.key, customer_id))


def _customer_id(event: ContactEvent, store: Store) -> str:
    given = event.text("customerId")
    number = None if given else caller(event)
    found = given or (store.customer_id(number) if number else None)
    if not found:
        raise Declined("unknownCustomer")
    return found


def _account(customer_id: str, store: Store) -> Account:
    account = store.account(customer_id)
    if account is None:
        raise Declined("unknownCustomer")
    return account


def _statement(account: Account) -> dict[str, object]:
    return success(
        Result="Success",
        Balance={"Savings": dollars(account.savings_cents), "Checking": dollars(account.checking_cents)},
        Card="locked" if account.card_locked else "active",
    )
