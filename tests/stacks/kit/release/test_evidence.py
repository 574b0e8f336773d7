"""Which attempts fail, and since when that is known."""

import random

import pytest

from release.evidence import LOG_LINES
from tests.stacks.kit.release.readings import AT, SINCE, UNTIL, reading, told
from tests.stacks.kit.release.services import NOON
from tests.stacks.kit.release.telemetry import LIMIT_SECONDS, Telemetry


@pytest.fixture(params=["text", "json"])
def lines(request: pytest.FixtureRequest) -> Telemetry:
    """In either of Lambda's log formats. The stable version 7 has served somebody before."""
    telemetry = Telemetry(format=request.param)
    telemetry.ok("7", "before", SINCE - 60)
    return telemetry


def test_what_went_well_and_what_failed_on_purpose_is_no_failure(lines: Telemetry) -> None:
    lines.ok("8", "a", AT)
    lines.business_error("8", "b", AT + 1)
    lines.ok("7", "c", AT + 2, init=LIMIT_SECONDS - 0.1)
    found = reading(lines)
    assert told(found) == [("8", False), ("8", False), ("7", False)]
    assert (found.attempts, found.failures) == ({"8": 2, "7": 1}, {})
    assert (found.until, found.source) == (UNTIL, LOG_LINES)


@pytest.mark.parametrize(
    "how", ["raised", "refused", "late", "timed_out", "out_of_memory", "slow_init", "failed_init"]
)
def test_a_failed_attempt(lines: Telemetry, how: str) -> None:
    contact = [] if how == "failed_init" else ["a"]
    getattr(lines, how)("8", *contact, AT)
    found = reading(lines)
    assert told(found) == [("8", True)]
    assert (found.attempts, found.failures) == ({"8": 1}, {"8": 1})
    assert found.samples[0].started == pytest.approx(AT, abs=0.01)


def test_exactly_at_the_limit_is_late(lines: Telemetry) -> None:
    lines.ok("8", "a", AT, took=1.0, init=LIMIT_SECONDS - 1.001)
    lines.ok("8", "b", AT, took=1.0, init=LIMIT_SECONDS - 1.0)
    assert sorted(told(reading(lines))) == [("8", False), ("8", True)]


def test_an_initialization_that_failed_long_before_kept_nobody_waiting(lines: Telemetry) -> None:
    request = lines.slow_init("8", "a", AT)
    (failed,) = [
        event for event in lines.events if "INIT_REPORT" in event.message or "initRep" in event.message
    ]
    lines.events.remove(failed)
    lines.line(failed.stream, AT - 30, failed.message)
    assert request
    assert told(reading(lines)) == [("8", False)]


def test_a_start_without_an_end_is_open_until_the_limit_and_the_grace_are_over(lines: Telemetry) -> None:
    lines.ok("8", "a", AT - 5)
    lines.timed_out("8", "b", AT, report=False)
    lines.raised("8", "c", AT + 1)
    lines.now = AT + LIMIT_SECONDS + 59
    found = reading(lines, until=AT + 20)
    assert told(found) == [("8", False)]
    assert found.until == pytest.approx(AT)
    lines.now = AT + LIMIT_SECONDS + 61
    found = reading(lines, until=AT + 20)
    assert told(found) == [("8", False), ("8", True), ("8", True)]
    assert found.until == AT + 20


def test_an_end_without_a_report_is_open_as_it_may_have_come_too_late(lines: Telemetry) -> None:
    lines.ok("8", "a", AT)
    lines.events = [
        e for e in lines.events if "REPORT" not in e.message and "platform.report" not in e.message
    ]
    lines.now = AT + 10
    assert reading(lines, until=AT + 5).until == pytest.approx(AT)
    lines.now = AT + 70
    assert told(reading(lines, until=AT + 5)) == [("8", False)]


def test_what_was_open_is_read_by_the_next_reading(lines: Telemetry) -> None:
    lines.timed_out("8", "a", AT, report=False)
    lines.now = AT + 10
    first = reading(lines, until=AT + 8)
    lines.now = AT + 100
    second = reading(lines, since=first.until, until=AT + 90)
    assert told(first) + told(second) == [("8", True)]


def test_the_order_of_the_lines_does_not_matter(lines: Telemetry) -> None:
    lines.ok("8", "a", AT)
    lines.late("7", "b", AT + 1)
    lines.timed_out("8", "c", AT + 2)
    lines.failed_init("8", AT + 3)
    whole = reading(lines)
    shuffled = random.Random(7)
    for _ in range(20):
        shuffled.shuffle(lines.events)
        assert reading(lines) == whole


def test_lines_of_all_requests_of_a_stream_stay_apart(lines: Telemetry) -> None:
    lines.ok("8", "a", AT)
    lines.raised("8", "b", AT + 1)
    lines.events = [type(event)(event.at, "2027/01/15/[8]one", event.message) for event in lines.events]
    assert told(reading(lines)) == [("8", False), ("8", True)]


def test_the_version_is_the_streams_where_the_decorator_does_not_say(lines: Telemetry) -> None:
    lines.ours("r1", "8", "a", "2027/01/15/[8]one", AT)
    lines.ours("r1", "8", "a", "2027/01/15/[8]one", AT, outcome="ok", duration_ms=5)
    lines.events = [
        type(event)(event.at, event.stream, event.message.replace('"function_version": "8"', '"x": 1'))
        for event in lines.events
    ]
    assert told(reading(lines)) == [("8", False)]


def test_versions_that_are_not_asked_for_are_left_out(lines: Telemetry) -> None:
    lines.raised("6", "a", AT)
    lines.ok("$LATEST", "b", AT)
    lines.ok("8", "c", AT)
    found = reading(lines)
    assert told(found) == [("8", False)]
    assert found.attempts == {"8": 1}


def test_only_what_started_in_the_window_is_returned(lines: Telemetry) -> None:
    for at in (SINCE - 0.001, SINCE, UNTIL - 0.001, UNTIL):
        lines.ok("8", f"at {at}", at)
    found = reading(lines)
    assert [sample.started for sample in found.samples] == [SINCE, pytest.approx(UNTIL - 0.001)]
    assert found.attempts == {"8": 2}


def test_a_request_that_began_before_what_is_read_is_no_failed_start(lines: Telemetry) -> None:
    lines.ok("8", "a", SINCE - 900.02)
    assert reading(lines, since=SINCE).samples == ()
    lines.events = [event for event in lines.events if event.at > SINCE - 900]
    assert reading(lines, since=SINCE).attempts == {}


def test_throttles_are_counted_beside_the_lines(lines: Telemetry) -> None:
    lines.throttled(SINCE + 5, 3)
    lines.throttled(SINCE - 300, 5)
    assert reading(lines).throttled == 3


def test_a_failure_is_one_also_where_lambda_does_not_say_so_in_its_report(lines: Telemetry) -> None:
    """As on the embedded AWS."""
    lines.raised("8", "a", AT)
    lines.refused("8", "b", AT + 1)
    lines.events = [
        type(event)(
            event.at,
            event.stream,
            event.message.replace("\tStatus: error", "").replace('"error"', '"success"'),
        )
        for event in lines.events
    ]
    assert told(reading(lines)) == [("8", True), ("8", True)]


def test_an_answer_that_lambda_could_not_deliver_is_a_failure(lines: Telemetry) -> None:
    lines.raised("8", "a", AT)
    lines.events = [
        type(event)(event.at, event.stream, event.message.replace('"outcome": "raised"', '"outcome": "ok"'))
        for event in lines.events
    ]
    assert told(reading(lines)) == [("8", True)]


def test_a_report_without_anything_before_it_is_no_attempt(lines: Telemetry) -> None:
    lines.failed_init("8", AT)
    lines.events = [
        event
        for event in lines.events
        if not event.message.startswith("START") and "platform.start" not in event.message
    ]
    assert reading(lines).attempts == {}


def test_warm_up_is_no_evidence_and_holds_nothing_back(lines: Telemetry) -> None:
    lines.raised("8", "warm-up-1", AT)
    lines.timed_out("8", "warm-up-2", NOON - 121, report=False)
    lines.now = NOON - 100
    found = reading(lines)
    assert (found.samples, found.attempts, found.until) == ((), {}, UNTIL)
