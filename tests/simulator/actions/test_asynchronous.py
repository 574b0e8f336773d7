"""Functions that run while the flow goes on, and what a flow reads of them later."""

import json
import threading
from collections.abc import Mapping
from dataclasses import dataclass, field

import pytest

from patchbay.errors import UserError
from patchbay.simulator.flowlog import Entries
from patchbay.simulator.functions import Reply
from patchbay.simulator.transcript import CallResult, Invocation, Who
from tests.simulator.world import (
    LOGGING,
    THROTTLED,
    FakeFunctions,
    answer,
    block,
    call,
    failed,
    heard,
    invokes,
    says,
)

START = invokes("start", "meanwhile", InvocationType="ASYNCHRONOUS", InvocationTimeLimitSeconds="60")
MEANWHILE = says("meanwhile", "One moment, please, while we look up your orders.", "load")
LOAD = block(
    "load",
    "InvokeLambdaFunction",
    {"LambdaInvocationId": "$.LambdaInvocation.InvocationId"},
    next_="tell",
    errors={"NoMatchingError": "sorry"},
)
TELL = says("tell", "You have $.External.orders orders.")


def searched(
    *replies: Reply, blocks: tuple[dict[str, object], ...] = (START, MEANWHILE, LOAD, TELL)
) -> CallResult:
    return call(*blocks, functions=FakeFunctions(replies or [answer({"orders": "2"}, 900)]))


def test_the_flow_goes_on_and_loads_the_result_later() -> None:
    result = searched()

    assert heard(result)[-1] == "You have 2 orders."
    assert heard(result, Who.SILENCE) == []
    assert "lookup runs in the background for up to 60.0 s" in heard(result, Who.LAMBDA)[0]
    assert result.invocations == (Invocation("lookup", "live", "3", "us-west-2", 1, 900, "success", None),)


def test_what_aws_does_not_publish_is_said_where_it_is_used() -> None:
    (line,) = [text for text in heard(searched(), Who.FLOW) if "'load'" in text]

    assert "taken as Load Lambda result" in line
    assert "AWS does not publish how a flow writes that action" in line


def test_a_function_that_takes_longer_than_the_flow_has_gone_on_still_runs() -> None:
    result = searched(answer({"orders": "2"}, 30_000))

    assert heard(result)[-1] == "Sorry."
    assert heard(result, Who.BRANCH)[-1].endswith("lookup still runs: wait for it first")


def test_the_result_replaces_external_only_when_it_is_loaded() -> None:
    first = says("meanwhile", "Now $.External.orders, after $.External.orders.", "load")

    assert heard(searched(blocks=(START, first, LOAD, TELL)))[0] == "Now , after ."


def test_throttles_and_errors_are_tried_again_in_the_background() -> None:
    result = searched(THROTTLED, failed(), answer({"orders": "2"}))

    assert heard(result)[-1] == "You have 2 orders."
    assert result.invocations[0].attempts == 3


def test_a_function_that_failed_takes_the_error_branch_of_the_load() -> None:
    result = searched(failed())

    assert heard(result)[-1] == "Sorry."
    assert result.invocations[0].outcome == "function-error"


@pytest.mark.parametrize("functions", [FakeFunctions(document=None), FakeFunctions(weights=None)])
def test_what_lambda_refuses_at_once_is_the_error_branch_of_the_start(functions: FakeFunctions) -> None:
    log = Entries()

    result = call(
        {**LOGGING, "Transitions": {"NextAction": "start"}},
        START,
        MEANWHILE,
        LOAD,
        TELL,
        functions=functions,
        log=log,
    )

    assert heard(result) == ["Sorry."]
    assert functions.invoked == []
    assert "Status Code: 40" in str(log.entries[1]["Results"])


def test_a_load_before_any_start_is_an_error() -> None:
    assert heard(searched(blocks=(LOAD, TELL))) == ["Sorry."]


class Echo(FakeFunctions):
    """A function that answers with what it was asked."""

    def invoke(self, arn: str, version: str, payload: bytes, time_limit: float) -> Reply:
        return answer({"orders": json.loads(payload)["Details"]["Parameters"]["asked"]}, 0)


def test_two_functions_run_side_by_side_and_each_result_is_found_by_its_id() -> None:
    def start(identifier: str, next_: str, asked: str) -> dict[str, object]:
        asks = {"LambdaInvocationAttributes": {"asked": asked}, "InvocationType": "ASYNCHRONOUS"}
        return invokes(identifier, next_, **asks)

    first = {"Attributes": {"first": "$.LambdaInvocation.InvocationId"}}

    result = call(
        start("start", "keep", "2"),
        block("keep", "UpdateContactAttributes", first, next_="again"),
        start("again", "talk", "3"),
        says("talk", "Thank you for your patience.", "load"),
        {**LOAD, "Parameters": {"LambdaInvocationId": "$.Attributes.first"}},
        says("tell", "You have $.External.orders orders.", "other"),
        {**LOAD, "Identifier": "other", "Transitions": {"NextAction": "tell too"}},
        says("tell too", "And $.External.orders more."),
        functions=Echo(),
    )

    assert heard(result)[1:] == ["You have 2 orders.", "And 3 more."]


@dataclass
class Hanging(FakeFunctions):
    """A function that answers only when the test lets it."""

    released: threading.Event = field(default_factory=threading.Event)

    def invoke(self, arn: str, version: str, payload: bytes, time_limit: float) -> Reply:
        self.released.wait(5)
        return super().invoke(arn, version, payload, time_limit)


def test_the_call_waits_for_a_running_function_no_longer_than_the_call_went_on() -> None:
    functions = Hanging()
    short = block("meanwhile", "UpdateContactAttributes", {"Attributes": {"a": "b"}}, next_="load")

    result = call(START, short, LOAD, TELL, functions=functions)
    functions.released.set()

    assert heard(result) == ["Sorry."]
    assert result.invocations == ()


def waits(seconds: str, event: str = "SomethingUnpublished") -> Mapping[str, object]:
    parameters = {"TimeLimitSeconds": seconds, "Of": "$.LambdaInvocation.InvocationId"}
    return block(
        "meanwhile",
        "Wait",
        parameters,
        next_=None,
        errors={"NoMatchingError": "sorry"},
        conditions=[("Equals", "WaitCompleted", "late"), ("Equals", event, "load")],
    )


def test_a_wait_for_the_function_ends_when_it_is_done_on_voice_too() -> None:
    result = searched(
        answer({"orders": "2"}, 12_000), blocks=(START, dict(waits("20")), LOAD, TELL, says("late", "Late."))
    )

    assert heard(result) == ["You have 2 orders."]
    assert heard(result, Who.SILENCE) == ["12.0 s of silence: the flow waits for lookup"]
    assert len(result.invocations) == 1
    assert any(
        "AWS does not publish how a flow writes that event" in text for text in heard(result, Who.FLOW)
    )


def test_a_wait_that_is_shorter_than_the_function_completes() -> None:
    result = searched(
        answer({"orders": "2"}, 12_000), blocks=(START, dict(waits("3")), LOAD, TELL, says("late", "Late."))
    )

    assert heard(result) == ["Late."]
    assert heard(result, Who.SILENCE) == ["3.0 s of silence: the flow waits for a function in vain"]


class Guarded(FakeFunctions):
    """A function that nobody may run here."""

    def invoke(self, arn: str, version: str, payload: bytes, time_limit: float) -> Reply:
        raise UserError("it has effects")


def test_a_function_that_may_not_run_here_is_an_error_although_nobody_asks_for_its_result() -> None:
    with pytest.raises(UserError, match="it has effects"):
        call({**START, "Transitions": {"NextAction": "end"}}, functions=Guarded())
