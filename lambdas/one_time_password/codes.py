"""Codes, and what is stored of them."""

import hmac
import re
import secrets
from hashlib import sha256

DIGITS = 6
_SEPARATORS = re.compile(r"[\s-]")


def fresh() -> str:
    """Six digits that nobody can foresee."""
    return f"{secrets.randbelow(10**DIGITS):0{DIGITS}}"


def seal(key: bytes, contact_id: str, customer_id: str, code: str) -> str:
    """The HMAC-SHA256 of a code, as hex: worth nothing in another contact, or for another customer.

    A million codes are tried in a second, so a plain hash would tell the code. This needs the key too.
    """
    bound = "\n".join((contact_id, customer_id, _SEPARATORS.sub("", code)))
    return hmac.new(key, bound.encode(), sha256).hexdigest()


def decoy() -> str:
    """Looks like a seal, and no code has it."""
    return secrets.token_hex(sha256().digest_size)


def same(one: str, other: str) -> bool:
    """Compares in a time that does not tell where they differ."""
    return hmac.compare_digest(one.encode(), other.encode())
