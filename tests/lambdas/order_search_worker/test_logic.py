"""One run of a search, without a database."""

from collections.abc import Iterator, Sequence
from typing import Any

import pytest

from common.order_searches import SearchId
from order_search_worker.logic import NotASearch, TooLate, asked, run
from order_search_worker.orders import Order

SEARCH = SearchId("c.0123456789ab", 1_800_000_000)
ORDERS = [Order(f"O-{number}", "toaster", "shipped") for number in range(5)]


class Clock:
    """Seconds that are left."""

    def __init__(self, left: float) -> None:
        self.left = left

    def __call__(self) -> float:
        return self.left


class System:
    """One order a page, each of which takes a second."""

    def __init__(self, clock: Clock, orders: Sequence[Order] = ORDERS) -> None:
        self.clock, self.orders, self.read = clock, orders, 0

    def pages(self, customer_id: str) -> Iterator[Sequence[Order]]:
        for order in self.orders:
            self.clock.left -= 1
            self.read += 1
            yield [order]


class Searches:
    """One record."""

    def __init__(self, state: str = "pending") -> None:
        self.state, self.orders, self.summary = state, 0, ""

    def pending(self, search: SearchId) -> bool:
        return self.state == "pending"

    def finish(self, search: SearchId, orders: int, summary: str) -> bool:
        if not self.pending(search):
            return False
        self.state, self.orders, self.summary = "done", orders, summary
        return True

    def fail(self, search: SearchId) -> None:
        if self.pending(search):
            self.state = "failed"


def test_every_page_is_read_and_what_was_found_is_written_down() -> None:
    searches = Searches()
    assert run(SEARCH, "C-1", System(Clock(60)), searches, Clock(60)) == "done"
    assert (searches.state, searches.orders) == ("done", 5)
    assert searches.summary.startswith("You have 5 orders: ")


def test_a_customer_without_orders_has_a_done_search() -> None:
    searches = Searches()
    assert run(SEARCH, "C-1", System(Clock(60), []), searches, Clock(60)) == "done"
    assert (searches.orders, searches.summary) == (0, "You have no orders.")


@pytest.mark.parametrize(
    ("left", "outcome", "read"), [(6.0, "done", 5), (5.9, "failed", 5), (2.5, "failed", 2)]
)
def test_a_run_that_cannot_end_in_time_fails_at_once_instead_of_being_killed(
    left: float, outcome: str, read: int
) -> None:
    clock, searches = Clock(left), Searches()
    system = System(clock)
    assert run(SEARCH, "C-1", system, searches, clock) == outcome
    assert (searches.state, system.read) == (outcome, read)


def test_a_run_after_the_deadline_searches_nothing_and_raises_for_the_dead_letter_queue() -> None:
    clock, searches = Clock(0), Searches()
    system = System(clock)
    with pytest.raises(TooLate):
        run(SEARCH, "C-1", system, searches, clock)
    assert (searches.state, system.read) == ("failed", 0)


@pytest.mark.parametrize("state", ["done", "failed"])
@pytest.mark.parametrize("left", [60, -1])
def test_an_event_that_is_delivered_twice_is_searched_once(state: str, left: float) -> None:
    clock, searches = Clock(left), Searches(state)
    system = System(clock)
    assert run(SEARCH, "C-1", system, searches, clock) == "repeated"
    assert (searches.state, system.read) == (state, 0)


def test_what_is_found_after_the_search_has_failed_is_late() -> None:
    class FailsMeanwhile(System):
        def pages(self, customer_id: str) -> Iterator[Sequence[Order]]:
            searches.state = "failed"
            return super().pages(customer_id)

    clock, searches = Clock(60), Searches()
    assert run(SEARCH, "C-1", FailsMeanwhile(clock), searches, clock) == "late"
    assert searches.state == "failed"


def test_an_event_names_search_and_customer() -> None:
    assert asked({"searchId": str(SEARCH), "customerId": "C-1"}) == (SEARCH, "C-1")


@pytest.mark.parametrize(
    "raw",
    [None, [], "x", {}, {"searchId": str(SEARCH)}, {"searchId": "x", "customerId": "C-1"},
     {"searchId": 1, "customerId": "C-1"}, {"searchId": str(SEARCH), "customerId": ""},
     {"searchId": str(SEARCH), "customerId": 1}],
)  # fmt: skip
def test_another_event_is_no_search(raw: Any) -> None:
    with pytest.raises(NotASearch):
        asked(raw)
