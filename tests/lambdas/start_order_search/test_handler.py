"""The start of a search on a database, with a worker that is only recorded."""

import json
import time
from collections.abc import Callable
from typing import Any

import pytest
from botocore.exceptions import ClientError, ReadTimeoutError

from common.order_searches import RUN_SECONDS, SearchId
from common.tables import table
from start_order_search import store
from tests.lambdas.conftest import LogLines
from tests.lambdas.invocations import CONTACT_ID, LAMBDAS, contact_event, invoke, recorded_events

pytestmark = pytest.mark.usefixtures("seeded_tables")

ALIAS = "arn:aws:lambda:us-west-2:000000000000:function:patchbay-test-order_search_worker:live"
UNAVAILABLE = {"status": "error", "errorType": "searchUnavailable", "retryable": "true"}
THROTTLED = ClientError({"Error": {"Code": "TooManyRequestsException", "Message": "x"}}, "Invoke")


class Lambda:
    """Records invocations; raises where it is told."""

    def __init__(self) -> None:
        self.invocations: list[dict[str, Any]] = []
        self.error: Exception | None = None

    def invoke(self, **request: Any) -> dict[str, Any]:
        if self.error:
            raise self.error
        self.invocations.append(request)
        return {"StatusCode": 202}


@pytest.fixture(autouse=True)
def worker(monkeypatch: pytest.MonkeyPatch, as_deployed: Callable[[str], None]) -> Lambda:
    as_deployed("start_order_search")
    client = Lambda()
    monkeypatch.setattr(store, "_lambda", lambda: client)
    return client


def ask(customer_id: str = "C-1002", **contact: Any) -> dict[str, Any]:
    return invoke("start_order_search", contact_event({"customerId": customer_id}, **contact))


def record() -> dict[str, Any] | None:
    key = SearchId.of(CONTACT_ID, "C-1002", 0).key
    return table("order_searches").get_item(Key={"search_id": key}).get("Item")


def test_a_search_is_written_down_pending_and_its_worker_is_invoked_asynchronously(worker: Lambda) -> None:
    search_id = ask()["searchId"]
    (request,) = worker.invocations
    assert (request["FunctionName"], request["InvocationType"]) == (ALIAS, "Event")
    assert json.loads(request["Payload"]) == {"searchId": search_id, "customerId": "C-1002"}
    item = record()
    assert item is not None
    assert (item["state"], f"{item['search_id']}.{item['deadline']}") == ("pending", search_id)
    assert time.time() + RUN_SECONDS - 5 < item["deadline"] <= time.time() + RUN_SECONDS
    assert item["expires_at"] == item["deadline"] + store.KEPT_SECONDS


def test_four_attempts_start_one_search(worker: Lambda) -> None:
    assert len({ask()["searchId"] for _ in range(4)}) == 1
    assert len(worker.invocations) == 1


@pytest.mark.parametrize(
    ("state", "deadline_in", "new"),
    [
        ("pending", 30, False),
        ("done", 30, False),
        ("done", -30, False),
        ("failed", 30, True),
        ("pending", -1, True),
    ],
)
def test_only_a_search_that_came_to_nothing_is_started_again(
    state: str, deadline_in: int, new: bool, worker: Lambda
) -> None:
    before = SearchId(SearchId.of(CONTACT_ID, "C-1002", 0).key, int(time.time()) + deadline_in)
    table("order_searches").put_item(
        Item={"search_id": before.key, "state": state, "deadline": before.deadline}
    )
    assert (ask()["searchId"] != str(before)) is new
    assert len(worker.invocations) == int(new)


@pytest.mark.parametrize("error", [THROTTLED, ReadTimeoutError(endpoint_url="https://example.com")])
def test_a_worker_that_cannot_be_invoked_leaves_no_search_behind(
    error: Exception, worker: Lambda, log_lines: LogLines
) -> None:
    worker.error = error
    assert ask() == UNAVAILABLE
    assert record() is None
    assert log_lines()[-1]["cause"] in ("TooManyRequestsException", "ReadTimeoutError")
    worker.error = None
    assert ask()["status"] == "ok"


def test_what_another_attempt_has_made_of_the_search_is_not_forgotten() -> None:
    search = SearchId("c.0123456789ab", 1_800_000_000)
    table("order_searches").put_item(
        Item={"search_id": search.key, "state": "pending", "deadline": search.deadline + 1}
    )
    store.TableOfSearches().forget(search)
    assert store.TableOfSearches().standing(search.key) == SearchId(search.key, search.deadline + 1)


def test_a_refusal_by_dynamodb_starts_no_worker(monkeypatch: pytest.MonkeyPatch, worker: Lambda) -> None:
    table.cache_clear()
    monkeypatch.setenv("TABLE_ORDER_SEARCHES", "no-such-table")
    assert ask() == UNAVAILABLE
    assert worker.invocations == []


def test_the_recorded_events_repeat_searches_that_are_done(worker: Lambda) -> None:
    """So that trying them by hand, or a release's warm-up, searches nothing again."""
    items = json.loads((LAMBDAS / "start_order_search" / "sample_data.json").read_text())["order_searches"]
    done = {f"{item['search_id']}.{item['deadline']}" for item in items}
    found = {
        invoke("start_order_search", event)["searchId"]
        for event in recorded_events("start_order_search").values()
    }
    assert found == done
    assert worker.invocations == []
