"""One run of a search: read page by page while there is time, then write down what was found.

A run that raises goes to the dead-letter queue. Lambda would repeat it a minute later (`retry_attempts` in
function.toml), when the deadline has passed and the caller was told "failed". A run that begins so late,
because it is a repetition or had to wait for its turn, does not search for nobody: it raises TooLate, and the
event is kept for somebody to look at.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Protocol

from common.order_searches import SearchId, State
from order_search_worker.orders import Order, summary

ANSWER_SECONDS = 1.0
"""What writing the result may take."""


class NotASearch(ValueError):
    """The event is not {"searchId": ..., "customerId": ...}."""


class TooLate(Exception):
    """The run begins after the deadline of its search."""


class OrderSystem(Protocol):
    """Where orders are kept: slow, and page by page."""

    def pages(self, customer_id: str) -> Iterator[Sequence[Order]]:
        """The customer's orders; none for a customer it does not know."""
        ...


class Searches(Protocol):
    """The records of searches."""

    def pending(self, search: SearchId) -> bool:
        """Whether this search, not a newer one, still waits for its result."""
        ...

    def finish(self, search: SearchId, orders: int, summary: str) -> bool:
        """pending -> done; False where it is not pending, or its deadline has passed."""
        ...

    def fail(self, search: SearchId) -> None:
        """pending -> failed; what is not pending stays as it is."""
        ...


def asked(raw: object) -> tuple[SearchId, str]:
    """The search and the customer of an event. Raises NotASearch."""
    event = raw if isinstance(raw, Mapping) else {}
    search_id, customer_id = event.get("searchId"), event.get("customerId")
    search = SearchId.parse(search_id) if isinstance(search_id, str) else None
    if search is None or not isinstance(customer_id, str) or not customer_id:
        raise NotASearch('the event is no search: it needs "searchId" and "customerId"')
    return search, customer_id


def run(
    search: SearchId,
    customer_id: str,
    system: OrderSystem,
    searches: Searches,
    time_left: Callable[[], float],
) -> str:
    """Performs the search; `time_left` is in seconds until its deadline or until Lambda stops the run.

    Gives the outcome for the log: "done", "failed", "late" (found, but nobody waits any more) or "repeated"
    (Lambda may deliver an event twice, or the contact has begun a newer search). Raises TooLate.
    """
    if not searches.pending(search):
        return "repeated"
    if time_left() <= 0:
        searches.fail(search)
        raise TooLate
    found = _read(system.pages(customer_id), time_left)
    if found is None:
        searches.fail(search)
        return State.FAILED.value
    return State.DONE.value if searches.finish(search, len(found), summary(found)) else "late"


def _read(pages: Iterator[Sequence[Order]], time_left: Callable[[], float]) -> list[Order] | None:
    """Every order; None where the time does not suffice."""
    found: list[Order] = []
    for page in pages:
        if time_left() < ANSWER_SECONDS:
            return None
        found.extend(page)
    return found
