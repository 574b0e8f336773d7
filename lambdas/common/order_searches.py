"""Searches that run in the background: the record that three functions share, and the id that a flow keeps.

A record of the table order_searches: search_id (SearchId.key), state, deadline (epoch seconds), expires_at;
once it is done also orders (a number) and summary. It is here, and not in three folders, because start,
worker and result read each other's records, in other versions and in other Regions.
"""

import hashlib
import re
from dataclasses import dataclass
from enum import StrEnum

RUN_SECONDS = 60
"""From the start of a search to its deadline: as long as a caller may be kept with prompts."""

TABLE = "order_searches"

_FORM = re.compile(r"([A-Za-z0-9-]{1,64}\.[0-9a-f]{12})\.([0-9]{10})")
_PLAIN = re.compile(r"[A-Za-z0-9-]{1,64}")


class State(StrEnum):
    """pending -> done | failed; past its deadline a pending search is as good as failed."""

    PENDING = "pending"
    DONE = "done"
    FAILED = "failed"


@dataclass(frozen=True)
class SearchId:
    """Names a search, and tells by when it is over: also where its record has not arrived yet."""

    key: str
    """One per contact and customer: the contact id and a digest of the customer's."""
    deadline: int
    """Epoch seconds."""

    @classmethod
    def of(cls, contact_id: str, customer_id: str, now: float) -> "SearchId":
        """The id of a search that starts now."""
        contact = contact_id if _PLAIN.fullmatch(contact_id) else _digest(contact_id)
        return cls(f"{contact}.{_digest(customer_id)}", int(now) + RUN_SECONDS)

    @classmethod
    def parse(cls, text: str | None) -> "SearchId | None":
        """The id as `str` wrote it; None where it is no such text."""
        found = _FORM.fullmatch(text or "")
        return cls(found[1], int(found[2])) if found else None

    def __str__(self) -> str:
        return f"{self.key}.{self.deadline}"

    def over(self, now: float) -> bool:
        """Whether the deadline has passed."""
        return now >= self.deadline


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode(errors="surrogatepass")).hexdigest()[:12]
