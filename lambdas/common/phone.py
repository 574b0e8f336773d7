"""Phone numbers as keys: one spelling, E.164."""

import re

from common.event import ContactEvent

_SEPARATORS = re.compile(r"\(0\)|[\s().\-/\u2010-\u2013]")
_E164 = re.compile(r"\+[1-9][0-9]{6,14}")


def e164(text: str | None) -> str | None:
    """`text` as +<country><number>, at most 15 digits (ITU-T E.164); None where it is no such number.

    A leading 00 counts as +. A number without a country is not guessed; "anonymous" and its like are none.
    """
    compact = _SEPARATORS.sub("", text or "")
    if compact.startswith("00"):
        compact = f"+{compact[2:]}"
    return compact if _E164.fullmatch(compact) else None


def caller(event: ContactEvent) -> str | None:
    """The number to look up: the parameter phoneNumber if given, else the customer's endpoint."""
    given = event.text("phoneNumber")
    if given is not None:
        return e164(given)
    return e164(event.customer_endpoint.address) if event.customer_endpoint else None
