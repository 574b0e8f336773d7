"""pending, done or failed; nobody is told "pending" for ever.

The deadline is in the id, so it holds also where the record is not: the worker never ran, or the record has
not reached this Region yet.
"""

from dataclasses import dataclass
from typing import Protocol

from common.answers import success
from common.order_searches import RUN_SECONDS, SearchId, State

SKEW_SECONDS = 5
"""How far the clock of the function that made the id may be ahead."""


@dataclass(frozen=True)
class Record:
    """A search as the table has it."""

    state: str
    orders: int
    summary: str


class Searches(Protocol):
    """The records of searches."""

    def record(self, key: str) -> Record | None:
        """The record with this key, as far as this Region knows."""
        ...


def answer(search_id: str | None, searches: Searches, now: float) -> dict[str, object]:
    """The state of the search `search_id`; a text that is no such id is a search that never was: failed."""
    search = SearchId.parse(search_id)
    if search is None or search.deadline > now + RUN_SECONDS + SKEW_SECONDS:
        return _told(State.FAILED)
    record = searches.record(search.key)
    if record and record.state == State.DONE:
        return _told(State.DONE, record.orders, record.summary)
    if search.over(now) or (record and record.state == State.FAILED):
        return _told(State.FAILED)
    return _told(State.PENDING)


def _told(state: State, orders: int = 0, summary: str = "") -> dict[str, object]:
    return success(state=state.value, orders=str(orders), summary=summary or "none")
