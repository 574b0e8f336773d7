"""The Invoke block in a call: what the caller hears, the Error branch, the flow log."""

import json
from collections.abc import Sequence
from typing import Any

import pytest

from patchbay.simulator.flowlog import FUNCTION_FAILED, Entries
from patchbay.simulator.functions import Reply
from patchbay.simulator.transcript import CallResult, Invocation, Who
from tests.simulator.world import (
    ALIAS,
    INSTANCE,
    LOGGING,
    THROTTLED,
    UNANSWERED,
    UNAVAILABLE,
    FakeFunctions,
    answer,
    call,
    failed,
    heard,
    invokes,
    policy,
    says,
    statement,
)


def invocation_entries(log: Entries) -> list[Any]:
    return [e for e in log.entries if e["ContactFlowModuleType"] == "InvokeExternalResource"]


def test_a_success_is_timed_told_and_logged() -> None:
    log = Entries()

    result = call(
        LOGGING,
        invokes(next_="tell"),
        says("tell", "You are $.External.name."),
        functions=FakeFunctions([answer({"name": "Ana"}, 1400)]),
        log=log,
    )

    assert heard(result) == ["You are Ana."]
    assert heard(result, Who.SILENCE) == ["1.4 s of silence: lookup runs"]
    assert "lookup version 3 in us-west-2: answered in 1400 ms" in heard(result, Who.LAMBDA)[0]
    assert heard(result, Who.BRANCH) == ["'invoke': Success branch, to 'tell'"]
    assert result.invocations == (Invocation("lookup", "live", "3", "us-west-2", 1, 1400, "success", None),)
    assert invocation_entries(log) == [
        {
            "ContactId": "contact-1",
            "ContactFlowId": f"{INSTANCE}/contact-flow/test",
            "ContactFlowName": "test",
            "ContactFlowModuleType": "InvokeExternalResource",
            "Identifier": "invoke",
            "Timestamp": "2026-01-02T03:04:06.400Z",
            "Parameters": {
                "FunctionArn": ALIAS,
                "ResponseValidation": "ResponseType=STRING_MAP",
                "TimeLimit": "3000",
            },
            "ExternalResults": {"name": "Ana"},
        }
    ]


@pytest.mark.parametrize(
    ("functions", "outcome", "logged"),
    [
        (FakeFunctions([failed()]), "function-error", FUNCTION_FAILED),
        (FakeFunctions([UNANSWERED]), "time-limit", FUNCTION_FAILED),
        (FakeFunctions([answer([])]), "response-refused", FUNCTION_FAILED),
        (FakeFunctions([answer({"a": {}})]), "response-refused", FUNCTION_FAILED),
        (FakeFunctions([answer({"a": "x" * 33_000})]), "response-refused", FUNCTION_FAILED),
        (FakeFunctions([THROTTLED]), "throttled", "Status Code: 429; Error Code: TooManyRequestsException"),
        (FakeFunctions([UNAVAILABLE]), "service-error", "Status Code: 500; Error Code: ServiceException"),
        (FakeFunctions(weights=None), "not-found", "Status Code: 404; Error Code: ResourceNotFoundException"),
        (
            FakeFunctions(document=None),
            "access-denied",
            "Status Code: 403; Error Code: AccessDeniedException",
        ),
        (
            FakeFunctions(document=policy(statement(Resource=ALIAS.removesuffix(":live")))),
            "access-denied",
            "Status Code: 403; Error Code: AccessDeniedException; RequestId: ",
        ),
    ],
)
def test_a_failure_takes_the_error_branch_with_its_reason_and_is_logged(
    functions: FakeFunctions, outcome: str, logged: str
) -> None:
    log = Entries()

    result = call(LOGGING, invokes(), functions=functions, log=log)

    assert heard(result) == ["Sorry."]
    assert heard(result, Who.BRANCH)[0].startswith(
        f"'invoke': Error branch (NoMatchingError), to 'sorry': {outcome}: "
    )
    assert result.invocations[0].outcome == outcome
    assert result.invocations[0].error
    (entry,) = invocation_entries(log)
    assert entry["Results"].startswith(logged)
    assert "ExternalResults" not in entry


def chain(*replies: Reply, between: Sequence[dict[str, object]] = ()) -> CallResult:
    """Three blocks of 8 s each, with `between` after the second."""
    third = str(between[0]["Identifier"]) if between else "c"
    return call(
        invokes("a", "b", InvocationTimeLimitSeconds="8"),
        invokes("b", third, InvocationTimeLimitSeconds="8"),
        *between,
        invokes("c", InvocationTimeLimitSeconds="8"),
        functions=FakeFunctions(replies),
    )


def test_functions_may_take_20_seconds_without_a_prompt_between() -> None:
    result = chain(answer({}, 7500))

    assert [i.outcome for i in result.invocations] == ["success", "success", "chain-limit"]
    assert sum(i.duration_ms for i in result.invocations) == 20_000


def test_a_prompt_breaks_the_chain() -> None:
    result = chain(answer({}, 7500), between=[says("pause", "One moment.", "c")])

    assert [i.outcome for i in result.invocations] == ["success", "success", "success"]


def test_the_transcript_tells_each_attempt() -> None:
    result = call(invokes(), functions=FakeFunctions([THROTTLED, failed("boom"), answer({})]))

    told = heard(result, Who.LAMBDA)
    assert told[0].startswith("lookup in us-west-2, attempt 1: throttled")
    assert told[1].startswith("lookup version 3 in us-west-2, attempt 2: function-error after 0.1 s: ")
    assert told[2].startswith("lookup version 3 in us-west-2, attempt 3: answered")
    assert result.invocations[0].attempts == 3


def test_external_is_replaced_whole() -> None:
    result = call(
        invokes("first", "second"),
        invokes("second", "tell"),
        says("tell", "$.External.a and $.External.b"),
        functions=FakeFunctions([answer({"a": "1"}), answer({"b": "2"})]),
    )

    assert heard(result) == [" and 2"]


def test_a_failure_leaves_the_last_response() -> None:
    result = call(
        invokes("first", "second"),
        invokes("second"),
        says("sorry", "$.External.a"),
        functions=FakeFunctions([answer({"a": "1"}), answer([])]),
    )

    assert heard(result) == ["1"]


def test_keys_that_a_flow_cannot_address_are_warned_of() -> None:
    result = call(invokes(), functions=FakeFunctions([answer({"a key": "x"})]))

    assert any("a key" in line for line in heard(result, Who.FLOW))


def test_nothing_is_logged_before_logging_is_on() -> None:
    log = Entries()

    call(invokes(), log=log)

    assert log.entries == []


def test_the_response_is_not_printed_without_end() -> None:
    result = call(invokes(), functions=FakeFunctions([answer({"a": "x" * 5000})]))

    assert len(heard(result, Who.LAMBDA)[0]) < 500
    assert json.dumps(result.as_dict())
