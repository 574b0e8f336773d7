"""For every cause in a function a call that fails that way, and the sentence that explains it."""

import contextlib
import dataclasses
import time
from collections.abc import Iterator

import pytest

from patchbay.explain import case as cases
from patchbay.explain.case import Kind
from patchbay.explain.causes import late
from patchbay.explain.join import SLACK_SECONDS
from patchbay.simulator.actions import requests
from tests.e2e.by_hand import kept, lambda_of, move, publish
from tests.e2e.explain import moods
from tests.e2e.explain.conftest import TUTORIAL, Calls


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
