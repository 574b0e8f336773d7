"""Connect's side of an invocation: attempts, routing, limits."""

import random
from collections.abc import Sequence

import pytest

from common.response import RESPONSE_MAX_BYTES, ResponseType
from patchbay.simulator.functions import FunctionName, Reply
from patchbay.simulator.invoke import invoke
from patchbay.simulator.observers import Samples
from patchbay.simulator.verdicts import Block, Outcome, Verdict
from tests.simulator.world import (
    ALIAS,
    INSTANCE,
    THROTTLED,
    UNANSWERED,
    UNAVAILABLE,
    FakeFunctions,
    answer,
    failed,
    policy,
    statement,
)


def run(
    functions: FakeFunctions,
    *,
    limit_ms: int = 3000,
    chain_left_ms: int = 20_000,
    response_type: ResponseType = ResponseType.STRING_MAP,
    samples: Samples | None = None,
    seed: int = 1,
) -> Verdict:
    block = Block(FunctionName.parse(ALIAS), b"{}", limit_ms, chain_left_ms, response_type, INSTANCE)
    return invoke(block, functions, random.Random(seed), samples or Samples())


@pytest.mark.parametrize(
    ("replies", "outcome", "requests"),
    [
        ([answer({"a": "b"})], Outcome.SUCCESS, 1),
        ([failed(), answer({})], Outcome.SUCCESS, 2),
        ([THROTTLED, UNAVAILABLE, failed(), answer({})], Outcome.SUCCESS, 4),
        ([failed()], Outcome.FUNCTION_ERROR, 4),
        ([THROTTLED], Outcome.THROTTLED, 4),
        ([UNAVAILABLE], Outcome.SERVICE_ERROR, 4),
        ([Reply(403, 5)], Outcome.ACCESS_DENIED, 1),
        ([Reply(404, 5)], Outcome.NOT_FOUND, 1),
        ([Reply(413, 5)], Outcome.REQUEST_REFUSED, 1),
        ([answer([])], Outcome.RESPONSE_REFUSED, 1),
        ([answer(None)], Outcome.RESPONSE_REFUSED, 1),
        ([answer({"a": {"b": "c"}})], Outcome.RESPONSE_REFUSED, 1),
        ([answer({"a": "x" * RESPONSE_MAX_BYTES})], Outcome.RESPONSE_REFUSED, 1),
        ([Reply(200, 5, b"not json")], Outcome.RESPONSE_REFUSED, 1),
        ([UNANSWERED], Outcome.TIME_LIMIT, 1),
        ([answer({}, 3000)], Outcome.TIME_LIMIT, 1),
        ([failed(duration_ms=3500)], Outcome.TIME_LIMIT, 1),
    ],
)
def test_what_lambda_answers_decides_outcome_and_retries(
    replies: Sequence[Reply], outcome: Outcome, requests: int
) -> None:
    verdict = run(FakeFunctions(replies))

    assert (verdict.outcome, verdict.requests) == (outcome, requests)
    assert (verdict.reason is None) == (outcome is Outcome.SUCCESS)


def test_json_may_nest() -> None:
    verdict = run(FakeFunctions([answer({"a": {"b": ["c"]}})]), response_type=ResponseType.JSON)

    assert verdict.response == {"a": {"b": ["c"]}}


def test_the_reason_of_a_function_error_is_the_functions_own() -> None:
    assert "ValueError: no table" in str(run(FakeFunctions([failed("no table")])).reason)
    assert "gone" in str(run(FakeFunctions([Reply(200, 1, b"gone", "Unhandled")])).reason)


def test_the_time_limit_is_for_all_attempts_together() -> None:
    functions = FakeFunctions([failed(duration_ms=1200)])

    verdict = run(functions)

    assert [limit for _, limit in functions.invoked] == [3.0, 1.8, 0.6]
    assert (verdict.outcome, verdict.requests, verdict.duration_ms) == (Outcome.TIME_LIMIT, 3, 3000)


def test_the_caller_waits_no_longer_than_the_limit() -> None:
    assert run(FakeFunctions([answer({}, 60_000)])).duration_ms == 3000


def test_a_chain_that_took_its_20_seconds_invokes_nothing() -> None:
    functions = FakeFunctions()

    verdict = run(functions, chain_left_ms=0)

    assert (verdict.outcome, verdict.requests, functions.invoked) == (Outcome.CHAIN_LIMIT, 0, [])


def test_the_rest_of_the_chain_cuts_the_block_short() -> None:
    verdict = run(FakeFunctions([answer({}, 2500)]), chain_left_ms=2000)

    assert (verdict.outcome, verdict.duration_ms) == (Outcome.CHAIN_LIMIT, 2000)


@pytest.mark.parametrize(
    ("functions", "outcome"),
    [
        (FakeFunctions(weights=None), Outcome.NOT_FOUND),
        (FakeFunctions(document=None), Outcome.ACCESS_DENIED),
        (FakeFunctions(document=policy(statement(Effect="Deny"))), Outcome.ACCESS_DENIED),
    ],
)
def test_permission_and_existence_are_checked_before_anything_runs(
    functions: FakeFunctions, outcome: Outcome
) -> None:
    verdict = run(functions)

    assert (verdict.outcome, verdict.requests, verdict.version) == (outcome, 1, None)
    assert functions.invoked == []


def test_each_attempt_is_routed_anew() -> None:
    chosen = set()
    for seed in range(20):
        functions = FakeFunctions([failed()], weights={"3": 0.5, "4": 0.5})
        run(functions, seed=seed)
        chosen.add(tuple(version for version, _ in functions.invoked))

    assert any(len(set(versions)) == 2 for versions in chosen)


def test_weights_are_kept_to() -> None:
    functions = FakeFunctions(weights={"3": 0.9, "4": 0.1, "5": 0.0})
    for seed in range(1000):
        run(functions, seed=seed)

    counts = [version for version, _ in functions.invoked]
    assert 60 < counts.count("4") < 140
    assert counts.count("5") == 0


def test_every_attempt_is_counted() -> None:
    samples = Samples()

    run(FakeFunctions([THROTTLED, failed(), answer({})], weights={"3": 1.0, "4": 0.0}), samples=samples)

    assert [(s.throttled, s.error, s.split) for s in samples.samples] == [
        (True, False, True),
        (False, True, True),
        (False, False, True),
    ]
    assert samples.samples[0].function.unqualified == ALIAS.removesuffix(":live")


def test_a_refused_response_is_a_success_to_lambda() -> None:
    samples = Samples()

    run(FakeFunctions([answer([])]), samples=samples)

    assert [(s.error, s.split) for s in samples.samples] == [(False, False)]


def test_a_throttle_meets_no_version() -> None:
    assert run(FakeFunctions([THROTTLED])).version is None


@pytest.mark.parametrize(
    ("arn", "name", "alias", "region"),
    [
        (ALIAS, "lookup", "live", "us-west-2"),
        ("arn:aws:lambda:us-west-2:444455556666:function:lookup", "lookup", None, "us-west-2"),
        ("arn:aws:lambda:us-west-2:444455556666:function:lookup:7", "lookup", None, "us-west-2"),
        ("arn:aws:lambda:us-west-2:444455556666:function:lookup:$LATEST", "lookup", None, "us-west-2"),
        ("{{function:lookup}}", "{{function:lookup}}", None, None),
        ("PUT ARN HERE", "PUT ARN HERE", None, None),
    ],
)
def test_a_function_arn_is_taken_apart(arn: str, name: str, alias: str | None, region: str | None) -> None:
    function = FunctionName.parse(arn)

    assert (function.name, function.alias, function.region) == (name, alias, region)
