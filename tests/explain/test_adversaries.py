"""Logs that invite a wrong explanation: each is told right, or it is said that it could not be told."""

import dataclasses
import json

import pytest

from patchbay.explain.attempts import attempts
from patchbay.explain.case import Kind
from patchbay.explain.entries import ordered
from patchbay.explain.join import Joined, join
from patchbay.explain.model import Attempt, Concurrency, Entry, LogLine
from patchbay.explain.silence import before
from patchbay.live.model import Read
from tests.explain.cases import CONFIGURATION, cause, facts
from tests.explain.logs import ARN, CONTACT, FAILED, INSTANCE, NOON, STREAM, decorated, entry, report, request

FIRST, SECOND = "11111111-0000-4000-8000-000000000001", "22222222-0000-4000-8000-000000000002"
BARE = facts(configuration=Read({k: v for k, v in CONFIGURATION.items() if k != "Environment"}))
"""A function that is not the kit's: nothing is known of its handler."""
TRACE = "\nTraceback (most recent call last):\n  File x"


def _raised(name: str, duration: float, at: float = NOON) -> list[LogLine]:
    inside = (
        decorated(name, outcome="raised", duration_ms=duration),
        f"[ERROR] HandlerFailed: E at a.py:1{TRACE}",
    )
    return request(name, duration, *inside, at=at)


def test_an_error_that_comes_after_the_limit_is_a_time_limit() -> None:
    found = cause(_raised("r1", 3400))
    assert found.kind is Kind.TIME_LIMIT
    assert "that it failed in the end came too late as well" in found.sentence


def test_an_error_about_when_the_limit_is_up_says_both() -> None:
    found = cause(_raised("r1", 2990))
    assert found.kind is Kind.RAISED
    assert "the requests took 3.0 s, so the block's 3.0 s were about up as well" in found.sentence


def test_errors_that_use_up_the_time_by_repeats_are_errors() -> None:
    lines = [line for n in range(3) for line in _raised(f"r{n}", 1100, NOON + 1.2 * n)]
    assert cause(lines).kind is Kind.RAISED


def test_repeats_on_two_versions_are_told_apart() -> None:
    other = STREAM.replace("[3]", "[4]")
    imported = "[ERROR] Runtime.ImportModuleError: Unable to import module 'x': No module named 'y'"
    broken = [
        dataclasses.replace(line, stream=other) for line in request("r1", 9, imported, more="\tStatus: error")
    ]
    found = cause([*broken, *_raised("r2", 10, NOON + 1)], facts=BARE)
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
        *_raised("r1", 2000),
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


def _attempt(name: str, at: float, *, contact: bool = True, failed: bool = False) -> Attempt:
    inside = [decorated(name, "invocation started")] if contact else []
    (found,) = attempts(request(name, 300, *inside, at=at, more="\tStatus: error" if failed else ""))
    return found


@pytest.mark.parametrize("shift", [0.0, 0.35])
@pytest.mark.parametrize("apart", [0.5, 1.0, 3.0, 7.0])
def test_blocks_seconds_apart_keep_their_own_requests_wherever_entries_are_stamped(
    shift: float, apart: float
) -> None:
    blocks = [entry(NOON + n * apart + shift, limit=8000) for n in range(3)]
    own = [_attempt(f"r{n}", NOON + n * apart + 0.01) for n in range(3)]
    assert [[a.request for a in part.attempts] for part in join(blocks, own)] == [["r0"], ["r1"], ["r2"]]


def test_a_failed_block_between_two_that_answered_gets_the_failed_requests() -> None:
    blocks = [entry(NOON), entry(NOON + 2, FAILED), entry(NOON + 4)]
    own = [
        _attempt("r0", NOON + 0.01),
        *(_attempt(f"f{n}", NOON + 2.01 + n * 0.4, failed=True) for n in range(4)),
        _attempt("r2", NOON + 4.01),
    ]
    _, failed, _ = join(blocks, own)
    assert [a.request for a in failed.attempts] == ["f0", "f1", "f2", "f3"]


def test_requests_of_two_callers_at_once_are_nobodys_where_none_names_its_contact() -> None:
    theirs = [
        _attempt("r1", NOON, contact=False, failed=True),
        _attempt("r2", NOON + 0.1, contact=False, failed=True),
    ]
    (found,) = join([entry(NOON + 1, FAILED)], theirs)
    assert (found.attempts, len(found.nameless)) == ((), 2)


def test_a_success_of_that_time_before_a_failure_is_another_callers() -> None:
    theirs = [_attempt("r1", NOON, contact=False), _attempt("r2", NOON + 0.5, contact=False, failed=True)]
    (found,) = join([entry(NOON + 1, FAILED)], theirs)
    assert found.attempts == ()
    assert cause(joined=found).sentence.startswith("could not tell")


def test_connects_clock_may_differ_from_that_of_the_logs() -> None:
    late = dataclasses.replace(entry(NOON + 0.3), written=NOON + 45)
    (found,) = join([late], [_attempt("r1", NOON)])
    assert [a.request for a in found.attempts] == ["r1"]


def test_entries_are_put_in_order_and_need_no_identifier() -> None:
    def line(second: int, **more: object) -> LogLine:
        told = {"ContactId": CONTACT, "ContactFlowModuleType": "PlayPrompt", **more}
        stamp = f"2026-01-31T12:00:{second:02}.000Z"
        return LogLine(NOON + 59 - second, json.dumps({**told, "Timestamp": stamp}), id=str(second))

    found = ordered([line(2), line(0, Identifier=None), line(1, Parameters=None)], "americas", CONTACT)
    assert [(each.at, each.block) for each in found] == [(NOON, ""), (NOON + 1, ""), (NOON + 2, "")]


def test_a_thousand_blocks_are_joined_one_by_one() -> None:
    blocks: list[Entry] = [
        entry(NOON + n * 3, FAILED if n % 7 == 0 else None, limit=1000) for n in range(1000)
    ]
    own = [_attempt(f"r{n}", NOON + n * 3 - 0.4, failed=n % 7 == 0) for n in range(1000)]
    assert [[a.request for a in part.attempts] for part in join(blocks, own)] == [
        [f"r{n}"] for n in range(1000)
    ]


def test_a_reserved_concurrency_is_not_the_only_reason_to_throttle() -> None:
    throttled = "Status Code: 429; Error Code: TooManyRequestsException"
    found = cause(results=throttled, facts=facts(concurrency=Concurrency(Read(5), Read(1000), Read(1.0))))
    assert not found.certain
    assert "either as many requests ran at that moment, or 50 came within a second" in found.sentence


DENIED = "Status Code: 403; Error Code: AccessDeniedException"


def _allowing(sid: str, instance: str) -> dict[str, object]:
    return {
        "Sid": sid,
        "Effect": "Allow",
        "Principal": {"Service": "connect.amazonaws.com"},
        "Action": "lambda:InvokeFunction",
        "Resource": ARN,
        "Condition": {
            "StringEquals": {"AWS:SourceAccount": "111122223333"},
            "ArnLike": {"AWS:SourceArn": instance},
        },
    }


def test_right_statements_of_other_instances_are_not_called_wrong() -> None:
    others = [_allowing(f"of-{n}", INSTANCE[:-1] + str(n)) for n in range(3)]
    found = cause(results=DENIED, facts=facts(policy=Read({"Statement": others})))
    assert (
        "no statement fits, the nearest of 3 in this: the instance's ARN of statement 'of-0'"
        in found.sentence
    )


@pytest.mark.parametrize(
    ("gone", "words"),
    [
        ({"configuration": Read(None)}, "has no function patchbay-dev-tutorial in us-west-2 now"),
        ({"leads_to": Read(None)}, "it has no alias or version live now"),
    ],
)
def test_a_refusal_for_what_is_not_there_says_so(gone: dict[str, object], words: str) -> None:
    found = cause(results=DENIED, facts=facts(policy=Read(None), **gone))
    assert found.kind is Kind.ACCESS_DENIED
    assert found.sentence.endswith(f"{words}, and what is not there has no policy")


def test_functions_before_a_block_do_not_make_a_handlers_error_a_chains() -> None:
    found = cause(_raised("r1", 500), chain_ms=19_700.0, limit=8000)
    assert found.kind is Kind.RAISED


def test_a_chain_that_was_found_by_time_is_not_certain() -> None:
    joined = Joined(attempts(request("r1", 500)), by_time=True)
    found = cause(joined=joined, chain_ms=19_700.0, limit=8000)
    assert (found.kind, found.certain) == (Kind.CHAIN_LIMIT, False)


@pytest.mark.parametrize(
    ("kind", "after", "chained"),
    [("SetAttributes", 1, 1), ("PlayPrompt", 1, 0), ("SomethingNew", 1, 0), ("SetAttributes", 3600, 0)],
)
def test_a_chain_goes_on_only_over_blocks_that_take_no_time(kind: str, after: int, chained: int) -> None:
    """Music on hold, a queue or an agent need not be in the flow log."""
    entries = [entry(NOON), entry(NOON + after, kind=kind), entry(NOON + after + 1)]
    assert len(before(entries, entries[-1])) == chained
