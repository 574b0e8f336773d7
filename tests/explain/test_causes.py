"""Causes that a written log shows; those of a deployment are in tests/e2e/explain."""

import pytest

from patchbay.explain.attempts import attempts
from patchbay.explain.case import Kind
from patchbay.explain.join import Joined
from patchbay.explain.model import Concurrency, LogLine
from patchbay.live.model import Read, Unread
from tests.explain.cases import cause, facts
from tests.explain.logs import ARN, INSTANCE, NOON, decorated, request

DENIED = (
    "Status Code: 403; Error Code: AccessDeniedException; RequestId: 0f5b7f2a-0000-4000-8000-000000000000"
)
IMPORT = "[ERROR] Runtime.ImportModuleError: Unable to import module 'tutorial.handler': No module named 'x'"


def _ok(
    name: str = "r1", duration: float = 12.0, init: float | None = None, at: float = NOON
) -> list[LogLine]:
    return request(name, duration, decorated(name, outcome="ok", duration_ms=duration), at=at, init=init)


def test_duration_and_init_together_just_below_the_limit_are_a_time_limit() -> None:
    """A published support case: limit 3 s, Duration 2694 ms, Init 303 ms, and nothing wrong in the log."""
    found = cause(_ok(duration=2694, init=303))
    assert found.kind is Kind.TIME_LIMIT
    assert found.sentence == (
        "time limit: the request took 2.997 s (version 3, Duration 2694 ms + Init 303 ms), but the block "
        "waits 3.0 s in all; the function's answer came too late"
    )


def test_several_attempts_share_the_limit() -> None:
    failed = request("r1", 1600, decorated("r1", outcome="raised", duration_ms=1600))
    found = cause([*failed, *_ok("r2", 1500, at=NOON + 1.7)])
    assert found.kind is Kind.TIME_LIMIT
    assert "2 requests took 3.100 s together" in found.sentence


def test_a_handler_that_raises_slowly_has_raised_all_the_same() -> None:
    lines = request("r1", 2990, decorated("r1", outcome="raised", duration_ms=2990), "[ERROR] ValueError: no")
    assert cause(lines).kind is Kind.RAISED


def test_a_timeout_of_the_function_below_the_blocks_limit_is_its_own() -> None:
    late = request("r1", 1000, "2026-01-31T12:00:01Z r1 Task timed out after 1.00 seconds")
    found = cause(late)
    assert found.kind is Kind.FUNCTION_TIMEOUT
    assert found.sentence == (
        "the function's own Timeout ended the request on version 3 after 1.0 s, before the block's 3.0 s "
        "were up"
    )


def test_a_timeout_of_the_function_at_the_blocks_limit_is_the_blocks() -> None:
    found = cause(request("r1", 3000, more="\tStatus: timeout"))
    assert found.kind is Kind.TIME_LIMIT


def test_a_request_that_had_not_ended_when_the_limit_was_up_is_a_time_limit() -> None:
    found = cause(request("r1", 12, decorated("r1", "invocation started"))[:2])
    assert found.kind is Kind.TIME_LIMIT
    assert "had not ended when the block's 3.0 s were up, 3.0 s after it began" in found.sentence


def test_a_request_without_an_end_in_time_is_not_guessed_at() -> None:
    lines = request("r1", 12, decorated("r1", "invocation started"), at=NOON + 2)[:2]
    found = cause(lines)
    assert (found.kind, found.certain) == (Kind.UNKNOWN, False)


def test_an_import_that_fails_is_a_start_up_with_lambdas_own_words() -> None:
    found = cause(request("r1", 300, IMPORT, more="\tStatus: error\tError Type: Runtime.ImportModuleError"))
    assert found.kind is Kind.START_UP
    assert "Unable to import module 'tutorial.handler': No module named 'x' on version 3" in found.sentence
    assert any(IMPORT in line for line in found.evidence)


def test_a_process_that_was_killed_is_a_crash() -> None:
    exit_line = "RequestId: r1 Error: Runtime exited with error: signal: killed\nRuntime.ExitError"
    started = decorated("r1", "invocation started")
    found = cause(
        request("r1", 300, started, exit_line, more="\tStatus: error\tError Type: Runtime.ExitError")
    )
    assert found.kind is Kind.CRASHED
    assert "Runtime exited with error: signal: killed" in found.sentence


def test_a_block_that_takes_another_type_than_the_function_checks_is_likely_the_reason() -> None:
    other = {"Environment": {"Variables": {"PATCHBAY_RESPONSE_TYPE": "JSON"}}, "FunctionName": "f"}
    found = cause(_ok(), facts=facts(configuration=Read(other)))
    assert (found.kind, found.certain) == (Kind.RESPONSE_REFUSED, False)
    assert found.sentence.endswith("the block takes STRING_MAP, but the function checks its answers as JSON")


def test_a_success_that_the_decorator_checked_is_not_guessed_at() -> None:
    found = cause(_ok())
    assert (found.kind, found.certain) == (Kind.UNKNOWN, False)
    assert found.sentence.startswith("could not tell: Lambda reports a success in time")


@pytest.mark.parametrize(
    ("more", "why"),
    [
        ({}, "its log has no request of that time"),
        ({"age_seconds": 5.0}, "its log has no request yet, 5 s later: ask again in a minute"),
        ({"log": Read(None)}, "its log group tutorial-lines is not there"),
        (
            {"log": Unread("FilterLogEvents answered AccessDeniedException", "logs:FilterLogEvents")},
            "its log could not be read: FilterLogEvents answered AccessDeniedException",
        ),
        (
            {"facts": facts(configuration=Read(None))},
            "there is no function patchbay-dev-tutorial in us-west-2 now",
        ),
    ],
)
def test_a_log_without_a_request_leaves_it_untold_and_says_why(more: dict[str, object], why: str) -> None:
    found = cause(**more)
    assert (found.kind, found.certain) == (Kind.UNKNOWN, False)
    assert (
        found.sentence == f'could not tell: Connect says "The Lambda Function Returned An Error.", and {why}'
    )


def test_requests_that_name_nobody_are_shown_and_not_taken() -> None:
    others = attempts([line for n in range(5) for line in request(f"r{n}", 9, at=NOON + n / 9)])
    found = cause(joined=Joined(nameless=others))
    assert "of the 5 requests of that time none names its contact (0 of them failed)" in found.sentence
    assert "request r0: version 3, Duration 9 ms, answered" in found.evidence[1]


def test_a_policy_that_could_not_be_read_leaves_the_reason_untold() -> None:
    unread = Unread("GetPolicy answered AccessDeniedException", "lambda:GetPolicy")
    found = cause(results=DENIED, facts=facts(policy=unread))
    assert (found.kind, found.certain) == (Kind.ACCESS_DENIED, False)
    assert "(the right lambda:GetPolicy is missing)" in found.sentence


def test_another_principal_is_named() -> None:
    statement = {
        "Sid": "by-hand",
        "Effect": "Allow",
        "Principal": {"Service": "lex.amazonaws.com"},
        "Action": "lambda:InvokeFunction",
        "Resource": ARN,
        "Condition": {"ArnLike": {"AWS:SourceArn": INSTANCE}},
    }
    found = cause(results=DENIED, facts=facts(policy=Read({"Statement": [statement]})))
    assert found.sentence.endswith(
        "the principal of statement 'by-hand' is lex.amazonaws.com, but Connect is connect.amazonaws.com"
    )


def test_a_statement_that_denies_wins() -> None:
    allow = {"Sid": "a", "Effect": "Allow", "Principal": "*", "Action": "lambda:*", "Resource": ARN}
    deny = {**allow, "Sid": "d", "Effect": "Deny"}
    found = cause(results=DENIED, facts=facts(policy=Read({"Statement": [allow, deny]})))
    assert found.sentence.endswith("statement 'd' denies it")


def test_a_throttle_without_reserved_concurrency_is_the_accounts() -> None:
    throttled = "Status Code: 429; Error Code: TooManyRequestsException; RequestId: 1"
    known = facts(concurrency=Concurrency(Read(None), Read(1000), Read(12.0)))
    found = cause(results=throttled, facts=known)
    assert found.kind is Kind.THROTTLED
    assert "most likely all functions of the account used up the Region's (1000)" in found.sentence
    assert not found.certain


def test_the_instances_own_limit_is_told_from_a_throttle_of_lambda() -> None:
    found = cause(results="Instance has reached concurrent Lambda thread access limit")
    assert found.kind is Kind.INSTANCE_LIMIT


def test_a_text_that_nobody_knows_is_shown_as_it_is() -> None:
    found = cause(results="Something new")
    assert (found.kind, found.sentence) == (
        Kind.UNKNOWN,
        'could not tell more than what Connect says: "Something new"',
    )


def test_what_was_found_by_its_time_is_never_certain() -> None:
    slow, raised = request("r1", 3000), request("r1", 10, "[ERROR] ValueError: no\nTraceback ")
    for lines in (slow, raised):
        found = cause(joined=Joined(attempts(lines), by_time=True))
        assert found.sentence.endswith("(by its time: none of these lines names the contact)")
        assert not found.certain
