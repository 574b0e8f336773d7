"""Everybody who listens hears of a change; that nobody does fails no release."""

from dataclasses import replace
from typing import Any

import pytest

from live_alias.executions import Run
from release.news import still_stuck, tell
from release.world import News
from tests.stacks.kit.aws import ServiceError
from tests.stacks.kit.release.account import PLACE, Account

RUN = Run("patchbay-test-lookup", "2", 1800000000, part=3)
SHIFT = News(RUN.function, "2", "1", "shift", 0.25, "first callers", stuck=False, paused=False)
BACK = replace(SHIFT, phase="back", weight=0.0, why="failed 3 of 3 contacts")
STUCK = replace(SHIFT, stuck=True)


@pytest.fixture
def account() -> Account:
    return Account()


def test_an_event_says_what_moved_and_where(account: Account) -> None:
    tell(account.clients(), PLACE, RUN, SHIFT)

    assert account.news == [
        {
            "function": "patchbay-test-lookup",
            "candidate": "2",
            "stable": "1",
            "phase": "shift",
            "weight": 0.25,
            "why": "first callers",
            "stuck": False,
            "paused": False,
            "app": "patchbay",
            "environment": "test",
            "region": "eu-west-2",
            "account": "111122223333",
            "execution": "patchbay-test-lookup-v2-1800000000-3",
        }
    ]


@pytest.mark.parametrize(
    ("news", "metrics"),
    [(SHIFT, []), (BACK, ["RolledBack"]), (STUCK, ["Stuck"]), (replace(SHIFT, phase="done"), [])],
)
def test_only_what_wakes_people_is_counted(account: Account, news: News, metrics: list[str]) -> None:
    tell(account.clients(), PLACE, RUN, news)

    assert account.metrics == metrics


def test_what_is_still_stuck_is_counted_again_without_an_event(account: Account) -> None:
    still_stuck(account.clients(), PLACE, RUN)

    assert (account.metrics, account.news) == (["Stuck"], [])


def test_that_it_cannot_be_counted_again_is_logged(
    account: Account, caplog: pytest.LogCaptureFixture
) -> None:
    account.faults["PutMetricData"] = [ServiceError("AccessDenied", 403)]

    still_stuck(account.clients(), PLACE, RUN)

    assert f"CloudWatch was not told that {RUN.name} is still stuck" in caplog.text


def test_an_event_bus_that_fails_is_logged_and_the_metric_is_counted_all_the_same(
    account: Account, caplog: pytest.LogCaptureFixture
) -> None:
    account.faults["PutEvents"] = [ServiceError("InternalException", 500)]

    tell(account.clients(), PLACE, RUN, BACK)

    assert account.metrics == ["RolledBack"]
    assert f"EventBridge was not told that {RUN.name} is in phase back" in caplog.text


def test_a_metric_that_fails_is_logged(account: Account, caplog: pytest.LogCaptureFixture) -> None:
    account.faults["PutMetricData"] = [ServiceError("AccessDenied", 403)]

    tell(account.clients(), PLACE, RUN, BACK)

    assert len(account.news) == 1
    assert f"CloudWatch was not told that {RUN.name} is in phase back" in caplog.text


def test_an_entry_that_the_bus_refuses_is_logged(
    account: Account, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refused(_: dict[str, Any]) -> dict[str, Any]:
        entry = {"ErrorCode": "ThrottlingException", "ErrorMessage": "slow down"}
        return {"FailedEntryCount": 1, "Entries": [entry]}

    monkeypatch.setattr(account, "_PutEvents", refused)

    tell(account.clients(), PLACE, RUN, SHIFT)

    assert f"refused the news of {RUN.name}: ThrottlingException slow down" in caplog.text
