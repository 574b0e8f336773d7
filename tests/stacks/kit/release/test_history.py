"""The past of the stable version."""

import pytest

from release import history as module
from release.evidence import LOG_LINES, METRICS, History, Unreadable
from release.reading import history
from release_rule.counts import Counts
from tests.stacks.kit.release.services import FUNCTION, LOG_GROUP, NOON
from tests.stacks.kit.release.telemetry import Telemetry

HOUR = 3600


@pytest.fixture
def telemetry() -> Telemetry:
    return Telemetry(split=False)


def past(telemetry: Telemetry) -> History:
    return history(telemetry.clients(), FUNCTION, LOG_GROUP, "7", telemetry.now)


def reads(telemetry: Telemetry) -> list[tuple[float, float]]:
    """How many hours ago each reading of lines began and ended."""
    asked = [one for one in telemetry.asked if "logGroupName" in one]
    return [
        ((NOON - one["startTime"] / 1000) / HOUR, round((NOON - one["endTime"] / 1000) / HOUR))
        for one in asked
    ]


def test_contacts_of_the_last_seven_days_count(telemetry: Telemetry) -> None:
    for hours in (0.5, 5, 20, 100, 167):
        telemetry.ok("7", f"a{hours}", NOON - hours * HOUR)
        for attempt in range(4):
            telemetry.raised("7", f"b{hours}", NOON - hours * HOUR + attempt)
    telemetry.raised("7", "too old", NOON - 169 * HOUR)
    telemetry.raised("6", "another version", NOON - 20 * HOUR)
    telemetry.raised("7", "warm-up-1", NOON - 20 * HOUR)
    assert past(telemetry) == History(Counts(10, 5), 2.0, LOG_LINES)
    assert reads(telemetry)[:3] == [(1, 0), (6, 1), (24, 6)]
    assert reads(telemetry)[-1] == (168, 144)


def test_it_stops_when_there_is_enough(telemetry: Telemetry, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "ENOUGH_CONTACTS", 30)
    for number in range(40):
        telemetry.ok("7", f"a{number}", NOON - number * 600)
    found = past(telemetry)
    assert reads(telemetry) == [(1, 0), (6, 1)]
    assert found.counts == Counts(36, 0)
    assert found.calls_per_hour == 6


def test_without_calls_in_the_last_hour_the_shortest_stretch_that_had_some_says_how_many(
    telemetry: Telemetry,
) -> None:
    for number in range(12):
        telemetry.ok("7", f"a{number}", NOON - 4 * HOUR + number)
        telemetry.ok("7", f"b{number}", NOON - 30 * HOUR + number)
    assert past(telemetry).calls_per_hour == 2


def test_a_contact_across_two_steps_counts_once(telemetry: Telemetry) -> None:
    telemetry.raised("7", "a", NOON - HOUR - 1)
    telemetry.raised("7", "a", NOON - HOUR + 1)
    telemetry.ok("7", "b", NOON - HOUR - 0.02)
    assert past(telemetry).counts == Counts(2, 1)


def test_a_step_with_too_many_lines_ends_the_reading(
    telemetry: Telemetry, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "EVENTS", 20)
    telemetry.ok("7", "a", NOON - 600)
    for number in range(10):
        telemetry.raised("7", f"b{number}", NOON - 3 * HOUR + number)
    assert past(telemetry) == History(Counts(1, 0), 1.0, LOG_LINES)


def test_the_metrics_of_the_alias_are_the_history_of_a_function_without_the_decorator(
    telemetry: Telemetry,
) -> None:
    for number in range(20):
        telemetry.undecorated("7", NOON - 600 - number * HOUR, error=number < 3)
    telemetry.undecorated("7", NOON - 200 * HOUR)
    assert past(telemetry) == History(Counts(20, 3), 1.0, METRICS)
    assert reads(telemetry) == [(1, 0)], "it never has contacts enough, so its lines would be read for a week"


def test_what_is_kept_in_memory_is_bounded_over_all_steps(
    telemetry: Telemetry, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "EVENTS", 40)
    for hours in (0.5, 3, 20, 30, 60, 80, 100, 130, 150):
        telemetry.ok("7", f"a{hours}", NOON - hours * HOUR)
        telemetry.ok("7", f"b{hours}", NOON - hours * HOUR)
    found = past(telemetry)
    assert found == History(Counts(8, 0), 2.0, LOG_LINES), "ten lines each step: four fit"


def test_many_pages_without_events_end_the_reading(
    telemetry: Telemetry, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "PAGES", 3)
    telemetry.empty_pages = 1
    telemetry.ok("7", "a", NOON - 600)
    telemetry.ok("7", "b", NOON - 3 * HOUR)
    assert past(telemetry) == History(Counts(1, 0), 1.0, LOG_LINES)


def test_too_many_lines_in_the_last_hour_leave_the_metrics(
    telemetry: Telemetry, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "EVENTS", 10)
    for number in range(10):
        telemetry.ok("7", f"a{number}", NOON - 600 + number)
    assert past(telemetry) == History(Counts(10, 0), 10.0, METRICS)


def test_a_version_that_nobody_called_has_no_history(telemetry: Telemetry) -> None:
    assert past(telemetry) == History(Counts(0, 0), 0.0, LOG_LINES)


def test_an_end_line_is_enough(telemetry: Telemetry) -> None:
    """Versions that were published before the decorator had a start line."""
    telemetry.ok("7", "a", NOON - 600)
    telemetry.events = [event for event in telemetry.events if "invocation started" not in event.message]
    assert past(telemetry) == History(Counts(1, 0), 1.0, LOG_LINES)


def test_a_refusal_is_no_history(telemetry: Telemetry) -> None:
    telemetry.logs_refuse = "ThrottlingException"
    with pytest.raises(Unreadable):
        past(telemetry)


def test_a_failed_start_among_lines_of_the_decorator_is_a_failure(telemetry: Telemetry) -> None:
    telemetry.ok("7", "a", NOON - 600)
    telemetry.undecorated("7", NOON - 500)
    assert past(telemetry) == History(Counts(2, 1), 2.0, LOG_LINES)
