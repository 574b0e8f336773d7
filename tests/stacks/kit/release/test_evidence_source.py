"""Log lines or metrics: what a version that writes nothing means."""

import pytest

from release.evidence import LOG_LINES, METRICS, NOTHING_RAN
from release.reading import read
from tests.stacks.kit.release.readings import AT, SINCE, UNTIL, reading, told
from tests.stacks.kit.release.telemetry import Telemetry


@pytest.fixture(params=["text", "json"])
def lines(request: pytest.FixtureRequest) -> Telemetry:
    """In either of Lambda's log formats. The stable version 7 has served somebody before."""
    telemetry = Telemetry(format=request.param)
    telemetry.ok("7", "before", SINCE - 60)
    return telemetry


def test_nothing_ran_and_the_source_stays_open() -> None:
    found = reading(Telemetry())
    assert (found.samples, found.until, found.source) == ((), UNTIL, NOTHING_RAN)


def test_a_candidate_that_does_not_come_up_fails_though_no_line_names_a_contact(lines: Telemetry) -> None:
    for at in (AT, AT + 1, AT + 2, AT + 7.9, AT + 8.1):
        lines.failed_init("8", at)
    found = reading(lines)
    assert told(found) == [("8", True), ("8", True)]
    assert found.failures == {"8": 5}


def test_lambda_does_not_always_say_that_a_start_failed(lines: Telemetry) -> None:
    """As on the embedded AWS: START and REPORT, and nothing between them."""
    lines.undecorated("8", AT)
    assert told(reading(lines)) == [("8", True)]
    assert told(reading(lines, source=LOG_LINES)) == [("8", True)]


def test_a_stable_version_without_the_decorator_is_read_by_metrics() -> None:
    telemetry = Telemetry()
    telemetry.undecorated("7", AT)
    telemetry.ok("8", "a", AT)
    telemetry.now = UNTIL + 400
    assert reading(telemetry).source == METRICS


def test_a_candidate_that_writes_nothing_waits_until_the_stable_version_was_called() -> None:
    telemetry = Telemetry()
    telemetry.undecorated("8", AT)
    found = reading(telemetry)
    assert (found.source, found.samples, found.until) == (NOTHING_RAN, (), AT)
    telemetry.ok("7", "a", AT + 20)
    found = reading(telemetry, since=found.until)
    assert (found.source, told(found), found.until) == (LOG_LINES, [("8", True), ("7", False)], UNTIL)


def test_a_promoted_version_without_the_decorator_is_read_by_metrics() -> None:
    telemetry = Telemetry()
    telemetry.undecorated("8", AT)
    found = read(telemetry.clients(), telemetry.window(SINCE, UNTIL, "8"))
    assert found.source == METRICS


def test_a_candidate_that_never_came_up_does_not_hide_the_decorator() -> None:
    telemetry = Telemetry()
    telemetry.failed_init("8", AT)
    found = reading(telemetry)
    assert (found.source, told(found)) == (NOTHING_RAN, [("8", True)])


def test_what_wrote_nothing_before_the_window_holds_nothing_back() -> None:
    telemetry = Telemetry()
    telemetry.undecorated("8", SINCE - 5)
    assert reading(telemetry).until == UNTIL
