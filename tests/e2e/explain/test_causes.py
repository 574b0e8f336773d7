"""For every cause a call that fails that way, and the sentence that explains it."""

import contextlib
import dataclasses
import time
from collections.abc import Iterator
from typing import Any

import pytest

from patchbay.explain import case as cases
from patchbay.explain.case import Kind
from patchbay.explain.causes import late
from patchbay.explain.join import SLACK_SECONDS
from patchbay.lambda_functions import LambdaFunctions
from patchbay.local.candidates import zipped
from patchbay.naming import LIVE
from patchbay.simulator.actions import requests
from patchbay.simulator.functions import Reply
from tests.e2e.by_hand import kept, lambda_of, move, publish, without_permission, wrong_permission
from tests.e2e.explain import moods
from tests.e2e.explain.conftest import TUTORIAL, Calls
from tests.e2e.reads import statements

OTHER_INSTANCE = "arn:aws:connect:us-east-1:000000000000:instance/ffffffff-0000-4000-8000-000000000000"


@contextlib.contextmanager
def _throttled(calls: Calls) -> Iterator[str]:
    """A function of its own, as throttles stay in a function's metrics; gives its ARN."""
    client, tutorial = lambda_of(calls.deployed, TUTORIAL)
    made = client.create_function(
        FunctionName="nobody-may-run-this",
        Role=client.get_function_configuration(FunctionName=tutorial)["Role"],
        Runtime="python3.13",
        Handler="tutorial.handler.handler",
        Code={"ZipFile": zipped(calls.deployed.root, TUTORIAL[1], {})},
    )
    name, instance = made["FunctionName"], calls.deployed.instance.arn
    client.add_permission(
        FunctionName=name,
        StatementId="connect",
        Action="lambda:InvokeFunction",
        Principal="connect.amazonaws.com",
        SourceAccount=instance.account,
        SourceArn=str(instance),
    )
    client.put_function_concurrency(FunctionName=name, ReservedConcurrentExecutions=0)
    try:
        yield made["FunctionArn"]
    finally:
        client.delete_function(FunctionName=name)


@contextlib.contextmanager
def _newer_version(calls: Calls, handler: str) -> Iterator[str]:
    with kept(calls.deployed, TUTORIAL):
        version = publish(calls.deployed, TUTORIAL, handler=handler)
        move(calls.deployed, TUTORIAL, version)
        yield version


def _apart() -> None:
    """What names no contact is told apart by its time."""
    time.sleep(SLACK_SECONDS)


def test_a_call_without_a_failure_has_no_cause_and_names_the_version_that_answered(calls: Calls) -> None:
    (block,) = calls.path(calls.place(mood="good")).blocks
    assert block.cause is None
    assert (block.case.version, len(block.case.attempts)) == (calls.version, 1)
    assert block.silence is not None
    assert block.silence.ms == block.case.attempts[0].total_ms


def test_a_handler_that_raises_is_named_with_its_place_and_without_the_callers_data(calls: Calls) -> None:
    cause = calls.cause(calls.place(mood="raises", card="4111111111111111"), Kind.RAISED)
    assert cause.sentence.startswith("the handler raised KeyError at tutorial/handler.py:12 in answer")
    assert cause.sentence.endswith(f"on version {calls.version} in 4 attempts")
    assert cause.certain
    assert '"outcome": "raised"' in "\n".join(cause.evidence)
    assert "4111111111111111" not in f"{cause}"


@pytest.mark.parametrize(
    ("mood", "reason"),
    [
        ("nested", "'customerBalance' is an object, but a STRING_MAP takes strings only"),
        ("large", "the response has 33815 bytes, but Connect takes fewer than 32768"),
    ],
)
def test_a_refused_response_says_what_is_wrong_with_it(calls: Calls, mood: str, reason: str) -> None:
    cause = calls.cause(calls.place(mood=mood), Kind.RESPONSE_REFUSED)
    assert cause.sentence == f"response refused: {reason}, on version {calls.version} in 4 attempts"
    assert cause.certain


def test_an_answer_that_only_connect_refused_is_likely_and_not_certain(calls: Calls) -> None:
    _apart()
    cause = calls.cause(calls.place(mood="nested", decorated="no"), Kind.RESPONSE_REFUSED)
    assert cause.sentence.startswith("response refused, most likely: Lambda reports a success in time")
    assert "an answer of 32768 bytes or more, or one that is no flat object of strings" in cause.sentence
    assert not cause.certain


def test_a_bare_handler_that_raises_is_found_by_its_time(calls: Calls) -> None:
    _apart()
    cause = calls.cause(calls.place(mood="raises", decorated="no", card="hearts"), Kind.RAISED)
    assert cause.sentence.startswith("the handler raised KeyError: 'hearts'")
    assert "(by its time: none of these lines names the contact)" in cause.sentence


def test_a_handler_that_sleeps_past_the_limit_is_a_time_limit_and_not_an_error(calls: Calls) -> None:
    contact = calls.place(1, mood="sleeps")
    cause = calls.cause(contact, Kind.TIME_LIMIT)
    assert "but the block waits 1.0 s in all; the function's answer came too late" in cause.sentence
    (block,) = calls.path(contact).blocks
    assert block.silence is not None
    assert block.silence.ms == 1000


def test_a_slow_start_is_a_time_limit_of_the_version_that_started(calls: Calls) -> None:
    with _newer_version(calls, moods.SLOW_START) as version:
        cause = calls.cause(calls.place(1, mood="good"), Kind.TIME_LIMIT)
    assert f"version {version}" in cause.sentence


def test_a_version_that_cannot_be_imported_failed_before_its_handler(calls: Calls) -> None:
    _apart()
    with _newer_version(calls, moods.UNIMPORTABLE) as version:
        cause = calls.cause(calls.place(mood="good"), Kind.START_UP)
    assert cause.sentence.startswith(
        "the function could not start: Runtime.ImportModuleError: Unable to import"
    )
    assert "No module named 'a_package_that_nobody_packed'" in cause.sentence
    assert f"on version {version}" in cause.sentence


def test_functions_without_a_prompt_between_them_run_out_of_the_chains_time(
    calls: Calls, monkeypatch: pytest.MonkeyPatch
) -> None:
    calls.place(mood="good")  # so that the next one starts warm
    for module in (requests, cases, late):
        monkeypatch.setattr(module, "CHAIN_SECONDS", 2)
    contact = calls.place(8, 8, mood="sleeps")
    cause = calls.cause(contact, Kind.CHAIN_LIMIT)
    assert cause.sentence.startswith("time limit of the chain: functions took 1.")
    assert cause.sentence.endswith("Connect allows 2 s")
    assert calls.path(contact).blocks[0].cause is None


def test_a_process_that_ends_is_a_crash(calls: Calls) -> None:
    contact = calls.place(mood="exits")
    cause = calls.cause(contact, Kind.CRASHED)
    assert f"version {calls.version}" in cause.sentence


def test_a_throttle_names_the_reserved_concurrency(calls: Calls) -> None:
    with _throttled(calls) as arn:
        flow = moods.flow(calls.folder, 3, function=arn)
        cause = calls.cause(calls.place(flow=flow, mood="good"), Kind.THROTTLED)
    assert cause.sentence.endswith("its reserved concurrency is 0 now, which lets nobody invoke it")
    assert "reserved concurrency now: 0" in cause.evidence
    assert any(line.startswith("metric Throttles") and line.endswith(": 4") for line in cause.evidence)


def test_lambda_that_fails_itself_is_no_fault_of_the_function(
    calls: Calls, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(LambdaFunctions, "invoke", lambda *_: Reply(500, 10))
    cause = calls.cause(calls.place(mood="good"), Kind.SERVICE_ERROR)
    assert "Lambda answered 500 ServiceException" in cause.sentence


def test_no_permission_at_all_says_that_the_policy_names_nobody(calls: Calls) -> None:
    with without_permission(calls.deployed, TUTORIAL):
        cause = calls.cause(calls.place(mood="good"), Kind.ACCESS_DENIED)
    assert cause.sentence.endswith("no statement of this ARN's policy names Connect")
    assert cause.certain


@pytest.mark.parametrize(
    ("different", "wrong"),
    [
        (
            {"SourceAccount": "111122223333"},
            "the account of statement 'by-hand' is 111122223333, but Connect comes with 000000000000",
        ),
        (
            {"SourceArn": OTHER_INSTANCE},
            f"the instance's ARN of statement 'by-hand' is {OTHER_INSTANCE}, but Connect comes with "
            "arn:aws:connect:us-east-1:000000000000:instance/11111111-2222-3333-4444-555555555555",
        ),
        (
            {"Qualifier": ""},
            "the qualifier does not match: statement 'by-hand' is on the function itself, but the block "
            "names live, which has a policy of its own",
        ),
    ],
)
def test_a_wrong_permission_says_which_part_of_it_does_not_match(
    calls: Calls, different: dict[str, Any], wrong: str
) -> None:
    with wrong_permission(calls.deployed, TUTORIAL, **different):
        cause = calls.cause(calls.place(mood="good"), Kind.ACCESS_DENIED)
    assert cause.sentence.endswith(f": {wrong}")
    assert cause.certain


def test_a_block_that_names_the_function_itself_is_told_where_the_permission_is(calls: Calls) -> None:
    flow = moods.flow(calls.folder, 3, function=calls.deployed.environment.function_arn(*reversed(TUTORIAL)))
    cause = calls.cause(calls.place(flow=flow, mood="good"), Kind.ACCESS_DENIED)
    assert cause.sentence.endswith(
        f"the qualifier does not match: statement '{_sid(calls)}' is on the alias live, but the block "
        "names the function itself, which has a policy of its own"
    )


def test_a_permission_that_was_mended_since_says_that_it_fits_now(calls: Calls) -> None:
    with without_permission(calls.deployed, TUTORIAL):
        contact = calls.place(mood="good")
    cause = calls.cause(contact, Kind.ACCESS_DENIED)
    assert "; its policy fits now, so it was changed since" in cause.sentence
    assert not cause.certain


def test_an_alias_that_is_gone_is_not_found(calls: Calls) -> None:
    client, name = lambda_of(calls.deployed, TUTORIAL)
    arn = calls.deployed.environment.alias_arn("tutorial", "us-west-2").removesuffix(LIVE)
    flow = moods.flow(calls.folder, 3, function=f"{arn}nobody")
    cause = calls.cause(calls.place(flow=flow, mood="good"), Kind.NOT_FOUND)
    assert cause.sentence.endswith("the function is there, but it has no alias or version nobody")
    client.create_alias(FunctionName=name, Name="nobody", FunctionVersion=calls.version)
    try:
        later = calls.cause(calls.place(flow=flow, mood="good"), Kind.ACCESS_DENIED)
    finally:
        client.delete_alias(FunctionName=name, Name="nobody")
    assert f"statement '{_sid(calls)}' is on the alias live" in later.sentence


def test_a_function_that_is_not_in_the_region_is_not_found(calls: Calls) -> None:
    arn = calls.deployed.environment.alias_arn("tutorial", "us-west-2").replace("us-west-2", "eu-west-1")
    flow = moods.flow(calls.folder, 3, function=arn)
    cause = calls.cause(calls.place(flow=flow, mood="good"), Kind.NOT_FOUND)
    assert cause.sentence.endswith("has no function patchbay-local-tutorial in eu-west-1")


def test_lines_that_are_gone_leave_it_untold(calls: Calls) -> None:
    contact = calls.place(mood="raises", card="hearts")
    client, name = lambda_of(calls.deployed, TUTORIAL)
    group = client.get_function_configuration(FunctionName=name)["LoggingConfig"]["LogGroup"]
    logs = calls.deployed.aws.client("logs", TUTORIAL[0])
    for stream in logs.describe_log_streams(logGroupName=group)["logStreams"]:
        logs.delete_log_stream(logGroupName=group, logStreamName=stream["logStreamName"])
    (block,) = calls.path(contact).blocks
    assert block.cause is not None
    assert block.cause.sentence.startswith("could not tell")
    assert not block.cause.certain
    assert dataclasses.astuple(block.case.joined) == ((), False, ())


def _sid(calls: Calls) -> str:
    (statement,) = statements(calls.deployed.aws, calls.deployed.environment, *TUTORIAL, LIVE)
    return str(statement["Sid"])
