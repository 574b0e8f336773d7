"""Issues one code a contact, and says whether the caller has it.

The number that calls proves nothing, because it can be forged: the code goes to the number that is registered
for the customer, and only who reads it there can say it. A caller who is no customer gets the same answers
after the same work, save the message itself; the record then holds a decoy that no code matches.

One code a contact. The record is stored first, on the condition that there is none, and the message goes out
after that. So of all attempts of Connect one sends, and the others answer that it is sent:

- Did the text service refuse the message, or could it not be reached, the record goes away again. The answer
  is passwordUnavailable, and a repeated `issue` makes another code; nobody has seen the first.
- Is it unclear whether the message went out (no answer in time, or the attempt was killed), the record stays
  and nothing is sent again. A second message would carry another code, because the first is not stored, and
  the caller could not tell which one counts. Who waits for a message in vain is at the end of the attempts a
  case for a person.

A code is verified once, in three attempts at most, until it expires. The comparison comes first; its result
counts only if the one conditional write after it, which counts the attempt and uses up the code, goes
through. A right code whose answer was lost on the way is used up too: a flow cannot ask again.

All of it holds in one Region. The key is another one in each, and tables replicate with a delay, so a code is
verified where it was issued; `state` may be asked anywhere, and its "false" proves nothing elsewhere.
"""

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from enum import Enum, auto
from typing import Protocol

from common.answers import failure, success
from common.event import ContactEvent
from common.phone import caller
from one_time_password import codes

VALID_SECONDS = 300
ATTEMPTS = 3
TEXT = "Your Patchbay code is {code}"
"""Phones offer to copy the only number in it."""


class NotSent(Exception):
    """The message certainly did not go out."""


class Begun(Enum):
    """What became of a new record."""

    STORED = auto()
    THERE_ALREADY = auto()
    """The contact has one, of an earlier attempt."""
    NOT_ALLOWED = auto()
    """Nothing was stored: there have been enough codes in this hour."""


@dataclass(frozen=True)
class Password:
    """A contact's record."""

    contact_id: str
    seal: str = field(repr=False)
    valid_until: int
    """Epoch seconds; not valid in this second any more."""


class Store(Protocol):
    """Where customers and passwords are kept. Reads see every earlier write."""

    def customer_id(self, phone_number: str) -> str | None:
        """The customer who registered this E.164 number."""
        ...

    def begin(self, password: Password, counted_for: str, now: int) -> Begun:
        """Stores the first password of a contact and counts it, both or neither."""
        ...

    def take_back(self, password: Password, counted_for: str, now: int) -> None:
        """Undoes `begin`, if the record is still this one."""
        ...

    def read(self, contact_id: str) -> Password | None:
        """The contact's record, whether it is valid or not."""
        ...

    def attempt(self, password: Password, *, right: bool, now: int) -> int | None:
        """Counts an attempt, and with `right` uses up the code; how many were made by now.

        None, with nothing counted, where the code is used, expired, out of attempts, or not this one.
        """
        ...


@dataclass(frozen=True)
class Services:
    """What the logic needs around it."""

    store: Store
    key: Callable[[], bytes]
    send: Callable[[str, str], None]
    """Sends a text to a number. Raises NotSent; returns where it went out or may have."""
    now: int
    """Epoch seconds."""


def answer(event: ContactEvent, services: Services) -> dict[str, object]:
    """The answer to the parameter `operation`: issue, verify or state."""
    match event.text("operation"):
        case "issue":
            return _issue(event, services)
        case "verify":
            return _verify(event, services)
        case "state":
            return _state(event, services)
    return failure("unknownOperation", retryable=False)


def _issue(event: ContactEvent, services: Services) -> dict[str, object]:
    customer_id, code = _customer_id(event), codes.fresh()
    sealed = codes.seal(services.key(), event.contact_id, customer_id, code)
    password = Password(event.contact_id, sealed, valid_until=services.now + VALID_SECONDS)
    number = _registered_number(event, services.store)
    begun = services.store.begin(password, customer_id, services.now) if number else Begun.NOT_ALLOWED
    if begun is Begun.NOT_ALLOWED:
        decoy = replace(password, seal=codes.decoy())
        services.store.begin(decoy, event.contact_id, services.now)
    if begun is Begun.STORED and number:
        return _sent(number, code, password, customer_id, services)
    return success(sent="true")


def _sent(
    number: str, code: str, password: Password, customer_id: str, services: Services
) -> dict[str, object]:
    try:
        services.send(number, TEXT.format(code=code))
    except NotSent:
        services.store.take_back(password, customer_id, services.now)
        return failure("passwordUnavailable", retryable=True)
    return success(sent="true")


def _verify(event: ContactEvent, services: Services) -> dict[str, object]:
    stored = services.store.read(event.contact_id)
    password = stored or Password(event.contact_id, codes.decoy(), valid_until=0)
    said = codes.seal(services.key(), event.contact_id, _customer_id(event), event.text("code") or "")
    right = codes.same(said, password.seal)
    made = services.store.attempt(password, right=right, now=services.now)
    return success(
        verified=str(right and made is not None).lower(),
        attemptsLeft=str(0 if made is None else max(ATTEMPTS - made, 0)),
    )


def _state(event: ContactEvent, services: Services) -> dict[str, object]:
    """Whether a code went out, or may have, that is still valid."""
    stored = services.store.read(event.contact_id)
    return success(issued=str(stored is not None and stored.valid_until > services.now).lower())


def _registered_number(event: ContactEvent, store: Store) -> str | None:
    """The number that calls, if it is registered for the customer that the flow names."""
    number = caller(event)
    registered = store.customer_id(number) if number else None
    return number if registered is not None and registered == _customer_id(event) else None


def _customer_id(event: ContactEvent) -> str:
    return event.text("customerId") or ""
