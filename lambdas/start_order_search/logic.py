"""One search per contact and customer, however often Connect repeats the request.

The record comes before the worker: an attempt that dies between the two leaves a search that fails at its
deadline, never one that nobody knows of.
"""

from typing import Protocol

from common.answers import failure, success
from common.event import ContactEvent
from common.order_searches import SearchId

UNKNOWN = "none"
"""What a flow passes where customer_lookup found nobody."""


class WorkerUnavailable(Exception):
    """Lambda did not take the invocation of the worker."""


class Searches(Protocol):
    """The records of searches."""

    def begin(self, search: SearchId, now: float) -> bool:
        """Makes a pending record; False where the same search is running or done."""
        ...

    def standing(self, key: str) -> SearchId | None:
        """The search with this key that has a record."""
        ...

    def forget(self, search: SearchId) -> None:
        """Removes the record of a search that did not start."""
        ...


class Worker(Protocol):
    """What searches in the background."""

    def start(self, search: SearchId, customer_id: str) -> None:
        """Returns once the worker's run is queued. Raises WorkerUnavailable."""
        ...


def answer(event: ContactEvent, searches: Searches, worker: Worker, now: float) -> dict[str, object]:
    """The searchId of a new search, or of the one that the same contact has started before."""
    customer_id = event.text("customerId")
    if customer_id is None or customer_id == UNKNOWN:
        return failure("unknownCustomer", retryable=False)
    search = SearchId.of(event.contact_id, customer_id, now)
    if searches.begin(search, now):
        return _started(search, customer_id, searches, worker)
    standing = searches.standing(search.key)
    return success(searchId=str(standing)) if standing else _unavailable()


def _started(search: SearchId, customer_id: str, searches: Searches, worker: Worker) -> dict[str, object]:
    try:
        worker.start(search, customer_id)
    except WorkerUnavailable:
        searches.forget(search)
        return _unavailable()
    return success(searchId=str(search))


def _unavailable() -> dict[str, object]:
    return failure("searchUnavailable", retryable=True)
