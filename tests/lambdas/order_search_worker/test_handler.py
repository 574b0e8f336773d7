"""The worker on a database: what it writes, and the lines it logs."""

import json
import time
from collections.abc import Callable
from types import SimpleNamespace
from typing import Any

import pytest

from common.order_searches import SearchId
from common.tables import table
from order_search_worker import handler as entry
from order_search_worker import store
from order_search_worker.handler import RunFailed, handler
from order_search_worker.store import SlowOrderSystem, TableOfSearches
from tests.lambdas.conftest import LogLines
from tests.lambdas.invocations import lambda_context

pytestmark = pytest.mark.usefixtures("seeded_tables")

SEARCH = SearchId("c.0123456789ab", int(time.time()) + 3600)


@pytest.fixture(autouse=True)
def quick(monkeypatch: pytest.MonkeyPatch, as_deployed: Callable[[str], None]) -> None:
    as_deployed("order_search_worker")
    monkeypatch.setenv("SECONDS_A_PAGE", "0")


def pending(search: SearchId = SEARCH) -> SearchId:
    table("order_searches").put_item(
        Item={"search_id": search.key, "state": "pending", "deadline": search.deadline}
    )
    return search


def record() -> dict[str, Any]:
    return table("order_searches").get_item(Key={"search_id": SEARCH.key})["Item"]


def run(search: object = SEARCH, customer_id: object = "C-1002", context: object = None) -> None:
    handler({"searchId": str(search), "customerId": customer_id}, context or lambda_context())


def test_orders_are_found_and_written_down(log_lines: LogLines) -> None:
    pending()
    run()
    item = record()
    assert (item["state"], item["orders"]) == ("done", 2)
    assert item["summary"].startswith("You have 2 orders: your toaster is on its way")
    start, end = log_lines()
    assert (start["message"], end["message"], end["outcome"]) == ("invocation started", "invocation", "done")
    assert (start["search_id"], start["request_id"], start["function_version"]) == (
        str(SEARCH),
        "request-1",
        "7",
    )
    assert end["duration_ms"] >= 0
    assert "contact_id" not in end, "a worker's runs are no contacts to judge a release by"


def test_an_unknown_customer_has_no_orders() -> None:
    pending()
    run(customer_id="C-9999")
    assert (record()["state"], record()["summary"]) == ("done", "You have no orders.")


def test_an_order_system_out_of_reach_raises_and_the_search_stays_pending_for_the_next_run(
    monkeypatch: pytest.MonkeyPatch, log_lines: LogLines
) -> None:
    pending()
    monkeypatch.setenv("TABLE_ORDERS", "no-such-table")
    table.cache_clear()
    with pytest.raises(RunFailed, match=r"^TableUnavailable$") as failed:
        run()
    assert failed.value.__suppress_context__, "no traceback prints the original"
    assert record()["state"] == "pending"
    line = log_lines()[-1]
    assert (line["level"], line["outcome"], line["error_type"]) == ("ERROR", "raised", "TableUnavailable")
    assert line["cause"] == "ResourceNotFoundException"


def test_a_run_after_the_deadline_raises_and_marks_the_search_failed(log_lines: LogLines) -> None:
    late = pending(SearchId(SEARCH.key, int(time.time()) - 1))
    with pytest.raises(RunFailed, match=r"^TooLate$"):
        run(late)
    assert record()["state"] == "failed"
    assert log_lines()[-1]["error_type"] == "TooLate"


def test_a_search_without_a_record_is_not_made_up() -> None:
    run()
    assert "Item" not in table("order_searches").get_item(Key={"search_id": SEARCH.key})


def test_lambdas_time_limit_ends_a_run_before_lambda_does(log_lines: LogLines) -> None:
    pending()
    run(context=SimpleNamespace(get_remaining_time_in_millis=lambda: 900))
    assert record()["state"] == "failed"
    assert (log_lines()[-1]["outcome"], log_lines()[-1]["level"]) == ("failed", "INFO")


def test_nothing_of_the_customers_is_logged(log_lines: LogLines) -> None:
    pending()
    run()
    with pytest.raises(RunFailed, match=r"^NotASearch$"):
        run("+14165550022", "Martin Hale")
    written = json.dumps(log_lines())
    assert not [text for text in ("C-1002", "toaster", "+14165550022", "Martin") if text in written]


def test_a_search_that_failed_is_never_done_afterwards() -> None:
    late = pending(SearchId(SEARCH.key, 1_800_000_000))
    assert not TableOfSearches(lambda: 1_800_000_000).finish(late, 2, "x"), "its deadline has passed"
    TableOfSearches().fail(late)
    assert not TableOfSearches(lambda: 1_799_999_990).finish(late, 2, "x"), "it has failed"
    assert record()["state"] == "failed"


def test_a_done_search_does_not_fail_afterwards() -> None:
    pending()
    assert TableOfSearches().finish(SEARCH, 2, "x")
    TableOfSearches().fail(SEARCH)
    assert record()["state"] == "done"


def test_the_order_system_takes_its_time_for_each_order() -> None:
    waits: list[float] = []
    pages = list(SlowOrderSystem(0.3, waits.append).pages("C-1004"))
    assert [len(page) for page in pages] == [1, 1, 1]
    assert waits == [0.3, 0.3, 0.3]


def test_the_setting_says_how_slow_the_order_system_is(monkeypatch: pytest.MonkeyPatch) -> None:
    made: list[float] = []

    def system(seconds: float) -> SlowOrderSystem:
        made.append(seconds)
        return store.SlowOrderSystem(0)

    monkeypatch.setenv("SECONDS_A_PAGE", "0.3")
    monkeypatch.setattr(entry, "SlowOrderSystem", system)
    run()
    assert made == [0.3]
