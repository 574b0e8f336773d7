"""A bill, what it says, and why a payment is declined. Money is in integer cents."""

import hashlib
from dataclasses import dataclass, field

_ALPHABET = "BCDFGHJKMNPQRSTVWXYZ23456789"
"""Without what sounds or looks alike, and without vowels, so that no word comes out."""


class Declined(Exception):
    """The request cannot be done; `error_type` is what the flow reads."""

    def __init__(self, error_type: str) -> None:
        super().__init__(error_type)
        self.error_type = error_type


@dataclass(frozen=True)
class Bill:
    """The newest bill of a customer."""

    customer_id: str
    bill_id: str
    amount_cents: int
    confirmation: str | None = None
    """Of its payment; None while it is open."""
    payment_token: str = field(default="", repr=False)
    """What the payment provider gave out for it. Empty: no token pays it."""

    @property
    def open(self) -> bool:
        """Whether there is something to pay."""
        return self.confirmation is None and self.amount_cents > 0


def confirmation_of(request_id: str) -> str:
    """What the caller may write down, such as PB-7KQ2XM; the same for the same request, in every Region.

    A payment provider gets `request_id` as its idempotency key for the same reason.
    """
    digest = hashlib.sha256(request_id.encode(errors="surrogatepass")).digest()
    return "PB-" + "".join(_ALPHABET[byte % len(_ALPHABET)] for byte in digest[:6])


def dollars(cents: int) -> str:
    """Cents as a caller reads them: 4200 is $42.00."""
    return f"${cents // 100}.{cents % 100:02}"
