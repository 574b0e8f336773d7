"""The result of a search on a database."""

import pytest

from common.tables import table
from tests.lambdas.invocations import contact_event, invoke, recorded_events

pytestmark = pytest.mark.usefixtures("seeded_tables")


def test_the_recorded_events_ask_for_searches_that_are_done() -> None:
    answers = [
        invoke("order_search_result", event) for event in recorded_events("order_search_result").values()
    ]
    assert {answer["state"] for answer in answers} == {"done"}
    assert {answer["orders"] for answer in answers} == {"2", "3"}
    assert all(answer["summary"].startswith(f"You have {answer['orders']} orders: ") for answer in answers)


def test_an_id_without_a_record_and_long_past_is_failed() -> None:
    answer = invoke("order_search_result", contact_event({"searchId": "c.0123456789ab.1600000000"}))
    assert answer == {"status": "ok", "state": "failed", "orders": "0", "summary": "none"}


def test_a_record_with_a_state_alone_is_read() -> None:
    table("order_searches").put_item(Item={"search_id": "c.0123456789ab", "state": "failed"})
    answer = invoke("order_search_result", contact_event({"searchId": "c.0123456789ab.1600000000"}))
    assert answer["state"] == "failed"


def test_a_refusal_by_dynamodb_is_an_informational_error(monkeypatch: pytest.MonkeyPatch) -> None:
    table.cache_clear()
    monkeypatch.setenv("TABLE_ORDER_SEARCHES", "no-such-table")
    answer = invoke("order_search_result", contact_event({"searchId": "c.0123456789ab.1600000000"}))
    assert answer == {"status": "error", "errorType": "searchUnavailable", "retryable": "true"}
