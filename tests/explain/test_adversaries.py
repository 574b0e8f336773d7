"""Lines of a function that invite a wrong explanation: each is told right, or said to be untold."""

import dataclasses
import json

import pytest

from patchbay.explain.attempts import attempts
from patchbay.explain.case import Kind
from patchbay.explain.model import LogLine
from patchbay.live.model import Read
from tests.explain.cases import CONFIGURATION, cause, facts
from tests.explain.logs import NOON, STREAM, TRACE, decorated, raised, report, request

FIRST, SECOND = "11111111-0000-4000-8000-000000000001", "22222222-0000-4000-8000-000000000002"
BARE = facts(configuration=Read({k: v for k, v in CONFIGURATION.items() if k != "Environment"}))
"""A function that is not the kit's: nothing is known of its handler."""


def test_an_error_that_comes_after_the_limit_is_a_time_limit() -> None:
    found = cause(raised("r1", 3400))
    assert found.kind is Kind.TIME_LIMIT
    assert "that it failed in the end came too late as well" in found.sentence


def test_an_error_about_when_the_limit_is_up_says_both() -> None:
    found = cause(raised("r1", 2990))
    assert found.kind is Kind.RAISED
    assert "the requests took 3.0 s, so the block's 3.0 s were about up as well" in found.sentence


def test_errors_that_use_up_the_time_by_repeats_are_errors() -> None:
    lines = [line for n in range(3) for line in raised(f"r{n}", 1100, NOON + 1.2 * n)]
    assert cause(lines).kind is Kind.RAISED


def test_repeats_on_two_versions_are_told_apart() -> None:
    other = STREAM.replace("[3]", "[4]")
    imported = "[ERROR] Runtime.ImportModuleError: Unable to import module 'x': No module named 'y'"
    broken = [
        dataclasses.replace(line, stream=other) for line in request("r1", 9, imported, more="\tStatus: error")
    ]
    found = cause([*broken, *raised("r2", 10, NOON + 1)], facts=BARE)
    assert found.kind is Kind.RAISED
    assert "the handler raised E at a.py:1, on version 3" in found.sentence
    assert "other requests failed otherwise: version " in found.sentence
    assert "Runtime.ImportModuleError" in found.sentence


def test_a_version_that_did_not_start_is_not_the_cause_where_the_repeat_came_too_late() -> None:
    imported = "[ERROR] Runtime.ImportModuleError: Unable to import module 'x': No module named 'y'"
    broken = request("r1", 2000, imported, more="\tStatus: error")
    late = request("r2", 1500, decorated("r2", outcome="ok", duration_ms=1500), at=NOON + 2)
    found = cause([*broken, *late])
    assert found.kind is Kind.TIME_LIMIT
    assert "failed: Runtime.ImportModuleError" in found.sentence


def test_an_error_without_a_message_is_an_error() -> None:
    """The Python runtime writes no colon then."""
    found = cause(request("r1", 9, f"[ERROR] ValueError{TRACE}"), facts=BARE)
    assert found.kind is Kind.RAISED
    assert found.sentence.startswith("the handler raised ValueError, on version 3")


def test_an_error_while_the_module_is_loaded_is_no_error_of_the_handler() -> None:
    warning = (
        "[WARNING]\t2026-01-31T12:00:00Z\t\tLAMBDA_WARNING: Unhandled exception. The most likely cause is an "
        "issue in the function code. However, in rare cases..."
    )
    lines = request("r1", 9, warning, f"[ERROR] KeyError: 'TABLE'{TRACE}", more="\tStatus: error")
    found = cause(lines, facts=BARE)
    assert found.kind is Kind.START_UP
    assert found.sentence.startswith("the function could not start: KeyError: 'TABLE'")


def test_an_import_in_a_strangers_handler_is_no_failed_start() -> None:
    found = cause(request("r1", 9, f"[ERROR] ModuleNotFoundError: No module named 'x'{TRACE}"), facts=BARE)
    assert found.kind is Kind.RAISED


@pytest.mark.parametrize(
    "logged",
    [
        "payment Status: timeout, took the default",
        "upstream says: Task timed out after 3.00 seconds",
        '{"level":"WARN","message":"caught","errorType":"ValueError","errorMessage":"no","status":"timeout"}',
        "[ERROR]\t2026-01-31T12:00:00Z\tr1\tcaught" + TRACE,
    ],
)
def test_what_a_handler_logs_of_errors_that_it_caught_is_not_the_cause(logged: str) -> None:
    found = cause(request("r1", 9, logged), facts=BARE)
    assert (found.kind, found.certain) == (Kind.RESPONSE_REFUSED, False)
    assert found.sentence.startswith("response refused, most likely: Lambda reports a success in time")


def test_a_runtimes_json_error_is_one() -> None:
    told = {
        "timestamp": "t",
        "level": "ERROR",
        "errorMessage": "no",
        "errorType": "ValueError",
        "requestId": "r1",
    }
    assert cause(request("r1", 9, json.dumps({**told, "stackTrace": []})), facts=BARE).kind is Kind.RAISED


def test_a_json_report_of_success_outweighs_every_line_about_errors() -> None:
    texts = [
        '{"time":"t","type":"platform.start","record":{"requestId":"r1","version":"3"}}',
        '{"timestamp":"t","level":"ERROR","errorType":"ValueError","errorMessage":"no"}',
        '{"time":"t","type":"platform.report","record":{"requestId":"r1","status":"success","metrics":'
        '{"durationMs":9}}}',
    ]
    (found,) = attempts([LogLine(NOON, text, STREAM) for text in texts])
    assert not found.failed


def test_a_line_that_looks_like_a_report_is_outdone_by_the_true_one() -> None:
    fake = report("r1", 99_000, more="\tStatus: error")
    (found,) = attempts(request("r1", 9, fake, decorated("r1", outcome="ok", duration_ms=9)))
    assert (found.duration_ms, found.failed) == (9, False)


def test_an_end_without_a_report_is_not_called_a_time_limit() -> None:
    lines = request(
        "r1", 12, decorated("r1", "invocation started"), decorated("r1", outcome="ok", duration_ms=12)
    )
    found = cause(lines[:-2])
    assert (found.kind, found.certain) == (Kind.UNKNOWN, False)
    assert "has no REPORT of it" in found.sentence


@pytest.mark.parametrize("more", [{"age_seconds": 5.0}, {"log_note": "had more lines than were read"}])
def test_an_end_that_may_not_have_been_read_is_not_called_a_time_limit(more: dict[str, object]) -> None:
    begun = request("r1", 12, decorated("r1", "invocation started"))[:2]
    assert cause(begun, **more).kind is Kind.UNKNOWN
    assert cause(begun).kind is Kind.TIME_LIMIT


def test_the_first_requests_share_of_the_limit_counts_where_the_last_has_no_end() -> None:
    lines = [
        *raised("r1", 2000),
        *request("r2", 9, decorated("r2", "invocation started"), at=NOON + 2.1)[:2],
    ]
    found = cause(lines)
    assert found.kind is Kind.TIME_LIMIT
    assert "3.0 s after the first request began" in found.sentence


def test_two_requests_in_one_environment_at_once_keep_their_own_lines() -> None:
    """Lambda Managed Instances; their lines are JSON and name the request."""
    error = json.dumps(
        {"level": "ERROR", "errorType": "ValueError", "errorMessage": "no", "requestId": FIRST}
    )
    lines = [
        LogLine(NOON, f"START RequestId: {FIRST} Version: 3", STREAM),
        LogLine(NOON + 0.1, f"START RequestId: {SECOND} Version: 3", STREAM),
        LogLine(NOON + 0.2, error, STREAM),
        LogLine(NOON + 0.3, report(SECOND, 200), STREAM),
        LogLine(NOON + 0.4, report(FIRST, 400), STREAM),
    ]
    first, second = attempts(lines)
    assert (first.request, first.failed, second.failed) == (FIRST, True, False)


def test_the_lines_of_a_start_between_two_requests_are_the_later_ones() -> None:
    again = f"[ERROR] KeyError: 'TABLE'{TRACE}"
    lines = [
        *request(FIRST, 10),
        LogLine(NOON + 1, again, STREAM),
        *request(SECOND, 10, at=NOON + 2, more="\tStatus: error"),
    ]
    first, second = attempts(lines)
    assert (first.failed, second.failed, second.fault is not None) == (False, True, True)
