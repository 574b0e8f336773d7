"""Reading the log group: what is asked, and what is refused rather than believed."""

import pytest
from botocore.exceptions import EndpointConnectionError

from release import log_reader
from release.evidence import LOG_LINES, METRICS, Unreadable
from release.log_reader import TooManyLines, read_lines
from release.reading import read
from tests.stacks.kit.release.services import LOG_GROUP, NOON
from tests.stacks.kit.release.telemetry import Telemetry

SINCE, UNTIL = NOON - 180, NOON - 120


@pytest.fixture
def telemetry() -> Telemetry:
    return Telemetry()


def test_only_what_can_matter_is_asked_for_and_without_a_pattern(telemetry: Telemetry) -> None:
    read(telemetry.clients(), telemetry.window(SINCE, UNTIL))
    logs = [asked for asked in telemetry.asked if "logGroupName" in asked]
    assert logs == [{"logGroupName": LOG_GROUP, "startTime": (SINCE - 900) * 1000}]


def test_every_page_is_read(telemetry: Telemetry) -> None:
    telemetry.page = 5
    for number in range(20):
        telemetry.ok("8", f"contact {number}", SINCE + number)
    found = read(telemetry.clients(), telemetry.window(SINCE, UNTIL))
    assert found.attempts == {"8": 20}


def test_too_many_lines_are_read_by_metrics(telemetry: Telemetry, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(log_reader, "EVENTS", 30)
    for number in range(20):
        telemetry.ok("8", f"contact {number}", SINCE - 120 + number)
    with pytest.raises(TooManyLines):
        read_lines(telemetry.clients(), LOG_GROUP, SINCE - 200)
    found = read(telemetry.clients(), telemetry.window(SINCE - 120, UNTIL))
    assert (found.source, found.attempts) == (METRICS, {"8": 20})


def test_pages_without_events_are_passed_over(telemetry: Telemetry) -> None:
    telemetry.empty_pages = 100
    telemetry.ok("8", "a", SINCE)
    found = read(telemetry.clients(), telemetry.window(SINCE, UNTIL))
    assert (found.source, found.attempts) == (LOG_LINES, {"8": 1})


def test_too_many_pages_with_little_in_them_are_no_evidence_this_time(telemetry: Telemetry) -> None:
    """Read by metrics, the release would stay with them."""
    telemetry.empty_pages = log_reader.PAGES
    telemetry.ok("8", "a", SINCE)
    with pytest.raises(Unreadable, match="lookup-logs is answered in too many pages with little in them"):
        read(telemetry.clients(), telemetry.window(SINCE, UNTIL))


def test_an_end_is_exclusive(telemetry: Telemetry) -> None:
    telemetry.line("s[8]", SINCE, "START RequestId: a Version: 8")
    telemetry.line("s[8]", SINCE + 1, "START RequestId: b Version: 8")
    (line,) = read_lines(telemetry.clients(), LOG_GROUP, SINCE, SINCE + 1)
    assert line.at == SINCE


@pytest.mark.parametrize(
    "code", ["ThrottlingException", "AccessDeniedException", "ResourceNotFoundException"]
)
def test_a_refusal_is_no_evidence(telemetry: Telemetry, code: str) -> None:
    telemetry.logs_refuse = code
    with pytest.raises(Unreadable, match=f"cannot read the log group lookup-logs: .*{code}"):
        read(telemetry.clients(), telemetry.window(SINCE, UNTIL))


def test_a_broken_connection_is_no_evidence(telemetry: Telemetry, monkeypatch: pytest.MonkeyPatch) -> None:
    def lost(self: Telemetry, operation: str, parameters: object) -> object:
        raise EndpointConnectionError(endpoint_url="https://logs")

    monkeypatch.setattr(Telemetry, "call", lost)
    with pytest.raises(Unreadable, match="Could not connect"):
        read(telemetry.clients(), telemetry.window(SINCE, UNTIL))


def test_lines_from_the_future_are_not_believed(telemetry: Telemetry) -> None:
    telemetry.skew = 61
    telemetry.ok("8", "a", NOON)
    with pytest.raises(Unreadable, match="stamped 61 s in the future: the clocks disagree"):
        read(telemetry.clients(), telemetry.window(SINCE, UNTIL))


def test_clocks_may_differ_a_little(telemetry: Telemetry) -> None:
    telemetry.skew = 50
    telemetry.ok("8", "a", NOON)
    assert read(telemetry.clients(), telemetry.window(SINCE, UNTIL)).attempts == {}


def test_an_end_long_before_its_start_is_no_success(telemetry: Telemetry) -> None:
    telemetry.ok("8", "a", SINCE + 20)
    telemetry.raised("8", "b", SINCE + 20)
    telemetry.events = [
        type(event)(event.at - 10 * event.message.startswith("REPORT"), event.stream, event.message)
        for event in telemetry.events
    ]
    found = read(telemetry.clients(), telemetry.window(SINCE, UNTIL))
    assert [sample.failed for sample in found.samples] == [True]
    assert found.attempts == {"8": 1}, "so the cross-check misses one"


def test_lines_that_lag_are_read_later(telemetry: Telemetry) -> None:
    telemetry.logs_lag = 30
    telemetry.ok("8", "a", NOON - 125)
    telemetry.ok("8", "b", NOON - 20)
    found = read(telemetry.clients(), telemetry.window(SINCE, UNTIL))
    assert (found.until, found.attempts) == (UNTIL, {"8": 1})
    telemetry.now += 60
    found = read(telemetry.clients(), telemetry.window(UNTIL, NOON))
    assert found.attempts == {"8": 1}
