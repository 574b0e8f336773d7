"""What a flow is told of a search; nobody waits for ever."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from common.order_searches import RUN_SECONDS, SearchId
from order_search_result.logic import SKEW_SECONDS, Record, answer

NOW = 1_800_000_000
SEARCH = SearchId("c.0123456789ab", NOW + 30)
PENDING = {"status": "ok", "state": "pending", "orders": "0", "summary": "none"}
FAILED = {**PENDING, "state": "failed"}
DONE = Record("done", 2, "You have 2 orders.")


class Found:
    """One record, whatever the key."""

    def __init__(self, record: Record | None) -> None:
        self._record = record

    def record(self, key: str) -> Record | None:
        assert key == SEARCH.key
        return self._record


def told(record: Record | None, now: float = NOW, search_id: str | None = str(SEARCH)) -> dict[str, object]:
    return answer(search_id, Found(record), now)


def test_a_done_search_tells_how_many_orders_and_what_to_say() -> None:
    expected = {"status": "ok", "state": "done", "orders": "2", "summary": "You have 2 orders."}
    assert told(DONE) == expected
    assert told(DONE, NOW + 9999) == expected, "what was found stays found"


def test_a_failed_search_is_failed_before_its_deadline() -> None:
    assert told(Record("failed", 0, "")) == FAILED


@pytest.mark.parametrize("record", [None, Record("pending", 0, "")])
def test_a_search_is_pending_until_its_deadline_and_failed_from_then_on(record: Record | None) -> None:
    """Also where the record is missing: it has not reached this Region yet, or was never made."""
    assert [told(record, NOW + later) for later in (0, 29.9, 30, 31)] == [PENDING, PENDING, FAILED, FAILED]


@pytest.mark.parametrize("text", [None, "", "none", "x", "c.0123456789ab.99999999999"])
def test_what_is_no_id_of_a_search_is_a_failed_search(text: str | None) -> None:
    assert told(None, search_id=text) == FAILED


def test_a_deadline_that_no_search_has_is_not_waited_for() -> None:
    latest = NOW + RUN_SECONDS + SKEW_SECONDS
    assert told(None, search_id=f"{SEARCH.key}.{latest}") == PENDING
    assert told(None, search_id=f"{SEARCH.key}.{latest + 1}") == FAILED


@settings(max_examples=100, deadline=None)
@given(
    state=st.none() | st.sampled_from(["pending", "failed", "done", "new"]),
    deadline=st.integers(1_000_000_000, 9_999_999_999),
    waited=st.integers(0, 10**9),
)
def test_nothing_is_pending_a_minute_after_it_was_first_asked_for(
    state: str | None, deadline: int, waited: int
) -> None:
    record = Record(state, 0, "") if state else None
    later = answer(f"{SEARCH.key}.{deadline}", Found(record), NOW + waited)
    if answer(f"{SEARCH.key}.{deadline}", Found(record), NOW)["state"] == "pending":
        assert (later["state"] == "pending") is (NOW + waited < deadline)
        assert deadline <= NOW + RUN_SECONDS + SKEW_SECONDS
