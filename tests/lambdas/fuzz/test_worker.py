"""The worker, with whatever somebody may hand to it."""

import json
import time
from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from common.order_searches import SearchId
from common.tables import table
from order_search_worker.handler import RunFailed, handler
from tests.lambdas.fuzz import events, logged
from tests.lambdas.fuzz.answers import IN_NO_HURRY
from tests.lambdas.fuzz.deployment import Deployment
from tests.lambdas.fuzz.examples import fuzzed
from tests.lambdas.fuzz.logged import Log

NOW = int(time.time())
SEARCHES = tuple(f"c-{number}.0123456789ab" for number in range(3))
DEADLINES = {"in time": 40, "too late": -40}
RAISED = {"NotASearch", "TooLate", "TableUnavailable"}


@pytest.mark.parametrize("deadline", DEADLINES)
@fuzzed(40)
@given(data=st.data())
def test_a_run_writes_down_a_result_or_raises_what_names_nobody(
    deadline: str, data: st.DataObject, deployment: Deployment, log: Log, as_deployed: Callable[[str], None],
    monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    as_deployed("order_search_worker")
    monkeypatch.setenv("SECONDS_A_PAGE", "0")
    deployment.restore()
    ends = int(time.time()) + DEADLINES[deadline]
    raw = at(data.draw(events.runs(SEARCHES)), ends)
    for key in SEARCHES[:2]:
        table("order_searches").put_item(Item={"search_id": key, "state": "pending", "deadline": ends})
    before = deployment.items()
    outcome = run(raw, log)
    changed = deployment.changed(before)
    assert [name for name, items in changed.items() if items] in ([], ["order_searches"])
    assert len(changed["order_searches"]) == (outcome in ("done", "TooLate"))
    after = deployment.items()
    assert run(raw, log) == {"done": "repeated", "TooLate": "repeated"}.get(outcome, outcome)
    assert deployment.items() == after


def at(raw: Any, deadline: int) -> Any:
    """The event with the deadline behind the key of its search."""
    if isinstance(raw, dict) and raw.get("searchId") in SEARCHES:
        return {**raw, "searchId": str(SearchId(raw["searchId"], deadline))}
    return raw


def run(raw: Any, log: Log) -> str:
    """The outcome that is logged, or the name of the error."""
    secrets = {text for text in logged.personal(raw) if not text.startswith(SEARCHES)}
    log.take()
    raised = None
    try:
        handler(json.loads(json.dumps(raw)), IN_NO_HURRY)
    except RunFailed as error:
        logged.check_raised(error, secrets)
        raised = str(error)
        assert raised in RAISED
    *_, last = logged.check(log.take(), secrets)
    assert last.get("error_type") == raised
    return raised or str(last["outcome"])
