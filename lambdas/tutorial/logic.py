"""A made-up balance and support page.

AWS's tutorial draws a random number. Here it follows from caller and company, so that a caller who calls
twice hears one balance. It is a string, as a STRING_MAP takes nothing else.
"""

import hashlib
import re

BALANCE_LIMIT = 1000
"""The balance is at least 0 and less than this, in whole currency units, as in AWS's tutorial."""

DEFAULT_URL = "www.example.com/support"
"""For a company without a name that could be a host's."""

_NOT_IN_A_HOST_NAME = re.compile(r"[^A-Za-z0-9-]")
_LABEL_MAX_CHARS = 63


def answer(caller: str, company: str | None) -> dict[str, object]:
    """What the flow reads as $.External.customerBalance and $.External.websiteUrl."""
    return {"customerBalance": balance(caller, company), "websiteUrl": website_url(company)}


def balance(caller: str, company: str | None) -> str:
    """The same digits for the same caller and company."""
    seed = f"{caller}\n{company or ''}".encode(errors="replace")
    return str(int.from_bytes(hashlib.sha256(seed).digest()) % BALANCE_LIMIT)


def website_url(company: str | None) -> str:
    """The company's support page."""
    label = _NOT_IN_A_HOST_NAME.sub("", company or "")[:_LABEL_MAX_CHARS].strip("-")
    return f"www.{label}.com/support" if label else DEFAULT_URL
