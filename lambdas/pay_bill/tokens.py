"""Payment tokens, and the card numbers that somebody may pass in their place.

A function that takes a card number puts the whole contact centre into the scope of PCI DSS, and a contact
attribute or a log that held one cannot be cleaned. So what looks like one is refused before anything else is
done with it, whether its check digit is right or not: a mistyped card number is mostly a card number.
"""

import hmac
import re
import unicodedata

CARD_MIN_DIGITS = 13
"""Card numbers have 13 to 19 digits (ISO/IEC 7812). More are refused as well: a number with its expiry."""

_TOKEN = re.compile(r"tok_[A-Za-z0-9]{4,60}")
_SEPARATORS = re.compile(r"[\W_]+")
_DIGITS = re.compile(rf"\d{{{CARD_MIN_DIGITS},}}")


def holds_card_number(text: str) -> bool:
    """Whether `text` has 13 digits or more in a row, whatever signs stand between, in any script."""
    return _DIGITS.search(_SEPARATORS.sub("", unicodedata.normalize("NFKC", text))) is not None


def well_formed(text: str) -> bool:
    """Whether `text` may be a token of the payment provider: tok_ with letters and digits."""
    return _TOKEN.fullmatch(text) is not None


def same(given: str, expected: str) -> bool:
    """Compares in a time that does not tell how much was right."""
    return hmac.compare_digest(given.encode(), expected.encode())
