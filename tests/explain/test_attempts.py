"""Requests of a function, from its log lines."""

from patchbay.explain.attempts import attempts
from patchbay.explain.model import LogLine
from tests.explain.logs import CONTACT, NOON, STREAM, decorated, report, request


def test_a_request_has_its_version_its_contact_and_what_it_took() -> None:
    ended = decorated("r1", outcome="ok", duration_ms=10)
    (found,) = attempts(request("r1", 12.5, decorated("r1", "invocation started"), ended, init=300))
    assert (found.request, found.version, found.contact) == ("r1", "3", CONTACT)
    assert (found.duration_ms, found.init_ms, found.total_ms) == (12.5, 300, 312.5)
    assert (found.outcome, found.failed, found.fault) == ("ok", False, None)
    assert found.started == NOON
    assert len(found.lines) == 5


def test_lines_that_name_no_request_belong_to_the_one_that_began_last() -> None:
    error = "[ERROR] ValueError: no\nTraceback"
    lines = [
        *request("r1", 10, "looked up", at=NOON),
        *request("r2", 10, error, at=NOON + 1, more="\tStatus: error"),
    ]
    first, second = attempts(lines)
    assert (first.failed, first.fault) == (False, None)
    assert second.failed
    assert second.fault is not None
    assert second.fault.type == "ValueError"


def test_a_line_of_a_timeout_after_the_report_belongs_to_the_request() -> None:
    late = LogLine(NOON + 3.1, "2026-01-31T12:00:03Z r1 Task timed out after 3.00 seconds", STREAM)
    (found,) = attempts([*request("r1", 3000), late])
    assert (found.timed_out, found.failed) == (True, True)


def test_a_failed_start_before_a_request_counts_for_its_duration() -> None:
    init = "INIT_REPORT Init Duration: 2000 ms\tPhase: init\tStatus: error\tError Type: Runtime.Unknown"
    (found,) = attempts([LogLine(NOON - 0.01, init, STREAM), *request("r1", 100, more="\tStatus: error")])
    assert found.total_ms == 2100
    assert found.lines[0].message == init


def test_a_request_without_an_end_has_no_duration() -> None:
    (found,) = attempts(request("r1", 10, decorated("r1", "invocation started"))[:2])
    assert found.duration_ms is None
    assert not found.failed


def test_where_all_lines_have_the_time_of_the_end_the_start_is_reckoned_back() -> None:
    end = NOON + 1.5
    lines = [
        LogLine(end, "START RequestId: r1 Version: 3", STREAM),
        LogLine(end, report("r1", 1500), STREAM),
    ]
    assert attempts(lines)[0].started == NOON


def test_the_json_format_tells_the_same() -> None:
    lines = [
        '{"time":"2026-01-31T12:00:00Z","type":"platform.start","record":{"requestId":"r1","version":"7"}}',
        '{"timestamp":"2026-01-31T12:00:00Z","level":"ERROR","requestId":"r1","errorType":"ValueError",'
        '"errorMessage":"no"}',
        '{"time":"2026-01-31T12:00:00Z","type":"platform.report","record":{"requestId":"r1","status":"error",'
        '"metrics":{"durationMs":12.5,"initDurationMs":100}}}',
    ]
    (found,) = attempts([LogLine(NOON, text, "a-stream") for text in lines])
    assert (found.version, found.total_ms, found.failed) == ("7", 112.5, True)
    assert found.fault is not None
    assert found.fault.message == "no"


def test_the_same_line_read_twice_counts_once() -> None:
    lines = request("r1")
    assert attempts([*lines, *lines]) == attempts(lines)


def test_what_a_handler_logs_itself_is_no_failure() -> None:
    told = (
        "[ERROR]\t2026-01-31T12:00:00.000Z\tr1\tLookup: failed, took the default",
        "[ERROR] Lookup: failed",
    )
    (found,) = attempts(request("r1", 10, *told))
    assert not found.failed


def test_the_error_that_ends_a_request_is_the_last_one() -> None:
    caught, raised = (
        "[ERROR] TimeoutError: once\nTraceback ",
        "[ERROR] HandlerFailed: KeyError at x.py:1 in f",
    )
    ended = decorated("r1", outcome="raised", duration_ms=10)
    (found,) = attempts(request("r1", 10, caught, ended, raised, more="\tStatus: error"))
    assert found.fault is not None
    assert found.fault.type == "HandlerFailed"
