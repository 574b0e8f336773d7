"""Start, worker and result together, on one table."""

import json
from collections.abc import Callable
from types import SimpleNamespace
from typing import Any

import pytest

from common.order_searches import RUN_SECONDS
from order_search_worker.handler import RunFailed, handler
from order_search_worker.store import TableOfSearches
from start_order_search import store
from tests.lambdas.invocations import contact_event, invoke, lambda_context

pytestmark = pytest.mark.usefixtures("seeded_tables")

START = 1_800_000_000


class Phone:
    """A flow that starts a search and asks for it, with a clock of its own and events that wait."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.now = float(START)
        self.events: list[dict[str, Any]] = []
        for module in ("start_order_search", "order_search_worker", "order_search_result"):
            clock = SimpleNamespace(time=lambda: self.now, perf_counter=lambda: self.now)
            monkeypatch.setattr(f"{module}.handler.time", clock)
        monkeypatch.setattr("order_search_worker.handler.TableOfSearches", self._searches)
        monkeypatch.setattr(store, "_lambda", lambda: self)

    def _searches(self) -> TableOfSearches:
        return TableOfSearches(lambda: self.now)

    def invoke(self, **request: Any) -> None:
        """The asynchronous invocation."""
        self.events.append(json.loads(request["Payload"]))

    def start(self) -> str:
        search_id: str = invoke("start_order_search", contact_event({"customerId": "C-1002"}))["searchId"]
        return search_id

    def state(self, search_id: str) -> str:
        state: str = invoke("order_search_result", contact_event({"searchId": search_id}))["state"]
        return state


@pytest.fixture
def phone(monkeypatch: pytest.MonkeyPatch, as_deployed: Callable[[str], None]) -> Phone:
    as_deployed("start_order_search")
    as_deployed("order_search_worker")
    monkeypatch.setenv("SECONDS_A_PAGE", "0")
    return Phone(monkeypatch)


def test_a_search_is_pending_until_its_worker_has_run(phone: Phone) -> None:
    search_id = phone.start()
    assert phone.state(search_id) == "pending"
    handler(phone.events[0], lambda_context())
    assert phone.state(search_id) == "done"
    phone.now += RUN_SECONDS + 1
    assert phone.state(search_id) == "done"


def test_a_worker_that_never_runs_leaves_failed_after_the_deadline(phone: Phone) -> None:
    search_id = phone.start()
    phone.now += RUN_SECONDS - 1
    assert phone.state(search_id) == "pending"
    phone.now += 1
    assert phone.state(search_id) == "failed"


def test_a_worker_that_dies_leaves_failed_and_its_repetition_changes_nothing(
    phone: Phone, monkeypatch: pytest.MonkeyPatch
) -> None:
    search_id = phone.start()
    with monkeypatch.context() as broken:
        broken.setattr("order_search_worker.logic.summary", lambda orders: 1 / 0)
        with pytest.raises(RunFailed, match=r"^ZeroDivisionError$"):
            handler(phone.events[0], lambda_context())
    assert phone.state(search_id) == "pending"
    phone.now += RUN_SECONDS
    assert phone.state(search_id) == "failed"
    with pytest.raises(RunFailed, match=r"^TooLate$"):
        handler(phone.events[0], lambda_context())
    assert phone.state(search_id) == "failed"


def test_a_repetition_before_the_deadline_still_finds_the_orders(
    phone: Phone, monkeypatch: pytest.MonkeyPatch
) -> None:
    search_id = phone.start()
    with monkeypatch.context() as broken:
        broken.setattr("order_search_worker.logic.summary", lambda orders: 1 / 0)
        with pytest.raises(RunFailed):
            handler(phone.events[0], lambda_context())
    phone.now += 5
    handler(phone.events[0], lambda_context())
    assert phone.state(search_id) == "done"


def test_a_late_run_of_an_earlier_search_leaves_the_newer_one_alone(phone: Phone) -> None:
    phone.start()
    phone.now += RUN_SECONDS
    second = phone.start()
    handler(phone.events[0], lambda_context())
    assert phone.state(second) == "pending"
    handler(phone.events[1], lambda_context())
    assert phone.state(second) == "done"


def test_after_a_failed_search_the_caller_may_have_another(phone: Phone) -> None:
    first = phone.start()
    phone.now += RUN_SECONDS
    second = phone.start()
    assert second != first
    handler(phone.events[1], lambda_context())
    assert phone.state(second) == "done"
