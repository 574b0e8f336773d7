"""The start of a search, without a database."""

import pytest

from common.event import ContactEvent
from common.order_searches import RUN_SECONDS, SearchId
from start_order_search.logic import WorkerUnavailable, answer
from tests.lambdas.invocations import CONTACT_ID, contact_event

NOW = 1_800_000_000
UNAVAILABLE = {"status": "error", "errorType": "searchUnavailable", "retryable": "true"}


class Searches:
    """Records in memory."""

    def __init__(self) -> None:
        self.records: dict[str, SearchId] = {}

    def begin(self, search: SearchId, now: float) -> bool:
        return self.records.setdefault(search.key, search) is search

    def standing(self, key: str) -> SearchId | None:
        return self.records.get(key)

    def forget(self, search: SearchId) -> None:
        del self.records[search.key]


class Worker:
    """Remembers what it was asked; unavailable as often as it is told."""

    def __init__(self, unavailable: int = 0) -> None:
        self.asked: list[tuple[SearchId, str]] = []
        self.unavailable = unavailable

    def start(self, search: SearchId, customer_id: str) -> None:
        self.unavailable -= 1
        if self.unavailable >= 0:
            raise WorkerUnavailable
        self.asked.append((search, customer_id))


def ask(
    searches: Searches, worker: Worker, now: float = NOW, customer_id: object = "C-1002"
) -> dict[str, object]:
    return answer(ContactEvent.parse(contact_event({"customerId": customer_id})), searches, worker, now)


def test_a_search_starts_once_and_answers_with_its_id() -> None:
    worker = Worker()
    search = SearchId.of(CONTACT_ID, "C-1002", NOW)
    assert ask(Searches(), worker) == {"status": "ok", "searchId": str(search)}
    assert worker.asked == [(search, "C-1002")]


@pytest.mark.parametrize("later", [0, 0.4, 7])
def test_a_repeated_request_gets_the_same_id_and_starts_nothing(later: float) -> None:
    searches, worker = Searches(), Worker()
    first = ask(searches, worker)
    assert ask(searches, worker, NOW + later) == first
    assert len(worker.asked) == 1


def test_two_customers_of_one_contact_have_two_searches() -> None:
    searches, worker = Searches(), Worker()
    assert ask(searches, worker) != ask(searches, worker, customer_id="C-1004")
    assert [customer for _, customer in worker.asked] == ["C-1002", "C-1004"]


@pytest.mark.parametrize("customer_id", [None, "", " ", "none", {"id": 1}, "x" * 300])
def test_without_a_customer_nothing_starts(customer_id: object) -> None:
    searches, worker = Searches(), Worker()
    assert ask(searches, worker, customer_id=customer_id)["errorType"] == "unknownCustomer"
    assert (searches.records, worker.asked) == ({}, [])


def test_a_worker_out_of_reach_leaves_no_record_so_that_the_next_try_starts_it() -> None:
    searches, worker = Searches(), Worker(unavailable=1)
    assert ask(searches, worker) == UNAVAILABLE
    assert searches.records == {}
    assert ask(searches, worker, NOW + 2)["searchId"] == str(SearchId.of(CONTACT_ID, "C-1002", NOW + 2))
    assert worker.asked[0][0].deadline == NOW + 2 + RUN_SECONDS


def test_a_record_that_vanishes_between_two_looks_is_worth_another_try() -> None:
    class Vanishing(Searches):
        def begin(self, search: SearchId, now: float) -> bool:
            return False

    assert ask(Vanishing(), Worker()) == UNAVAILABLE
