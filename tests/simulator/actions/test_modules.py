"""Invoke module and Return."""

import pytest

from patchbay.simulator.flow import Flow
from patchbay.simulator.flowlog import Entries
from patchbay.simulator.given import Given
from patchbay.simulator.transcript import CallResult, Who
from tests.simulator.world import (
    INSTANCE,
    LOGGING,
    RETURN,
    FakeFunctions,
    answer,
    block,
    call,
    contact,
    flow,
    heard,
    invokes,
    module,
    says,
)


def runs(
    target: str = "module", conditions: tuple[tuple[str, str, str], ...] = (), **more: object
) -> dict[str, object]:
    """The block that invokes a module."""
    errors = {"NoMatchingError": "sorry", **({"NoMatchingCondition": "no branch"} if conditions else {})}
    parameters = {"FlowModuleId": target, **more}
    return block("run", "InvokeFlowModule", parameters, next_="back", errors=errors, conditions=conditions)


def through(*blocks: dict[str, object], flows: dict[str, Flow], **options: object) -> CallResult:
    return call(*blocks, says("back", "Back $.Modules.ResultData.answer."), flows=flows, **options)  # type: ignore[arg-type]


def test_a_module_runs_and_the_flow_goes_on_behind_the_block_that_invoked_it() -> None:
    result = through(runs(), flows={"module": module(says("a", "Inside.", "return"), RETURN)})

    assert heard(result) == ["Inside.", "Back ."]
    assert "the module module runs" in heard(result, Who.FLOW)
    assert heard(result, Who.BRANCH) == ["'run': Success branch, to 'back'"]
    assert result.ended == "disconnected by flow"


@pytest.mark.parametrize(
    "target", ["arn:x/flow-module/7", "arn:x/flow-module/7:$LATEST", "$.Attributes.module"]
)
def test_a_module_is_found_by_arn_with_a_version_and_by_reference(target: str) -> None:
    known = {"arn:x/flow-module/7": module(says("a", "Inside.", "return"), RETURN)}
    caller = contact(attributes={"module": "arn:x/flow-module/7"})

    assert heard(through(runs(target), flows=known, caller=caller))[0] == "Inside."


def test_a_module_reads_its_input_and_gives_its_result_data() -> None:
    inner = block(
        "return", "EndFlowModuleExecution", {"ResultData": {"answer": "$.Modules.Input.ask"}}, next_=None
    )

    result = through(
        runs(Input={"ask": "$.Attributes.word"}),
        flows={"module": module(inner)},
        caller=contact(attributes={"word": "hello"}),
    )

    assert heard(result) == ["Back hello."]


@pytest.mark.parametrize(("result", "heard_then"), [("known", "Known."), ("other", "No branch.")])
def test_the_result_of_a_module_is_a_branch_of_the_block(result: str, heard_then: str) -> None:
    inner = block("return", "EndFlowModuleExecution", {"Result": result}, next_=None)

    done = through(
        runs(conditions=(("Equals", "known", "known"),)),
        says("known", "Known."),
        says("no branch", "No branch."),
        flows={"module": module(inner)},
    )

    assert heard(done) == [heard_then]


def test_a_module_neither_sees_nor_changes_what_is_local_to_the_flow() -> None:
    functions = FakeFunctions([answer({"name": "Ana"}), answer({"name": "Bo"})])
    inner = module(
        says("before", "Inside: $.External.name.", "invoke"),
        invokes(next_="after"),
        says("after", "Then: $.External.name.", "keep"),
        block("keep", "UpdateContactAttributes", {"Attributes": {"met": "$.External.name"}}, next_="return"),
        RETURN,
    )

    result = call(
        invokes("first", "run"),
        runs(),
        says("back", "$.External.name met $.Attributes.met."),
        flows={"module": inner},
        functions=functions,
    )

    assert heard(result) == ["Inside: .", "Then: Bo.", "Ana met Bo."]


@pytest.mark.parametrize(
    ("flows", "reason"),
    [
        ({}, "the module module is not at hand"),
        ({"module": flow(says("a", "Hi."))}, "the module module is a flow, not a module"),
        (
            {
                "module": module(
                    says("a", "Hi.", "stop"), block("stop", "MessageParticipant", {"Text": "x"}, next_=None)
                )
            },
            "the module module ended at 'stop' without returning",
        ),
    ],
)
def test_a_module_that_does_not_return_is_an_error(flows: dict[str, Flow], reason: str) -> None:
    result = through(runs(), flows=flows)

    assert heard(result)[-1] == "Sorry."
    assert heard(result, Who.BRANCH) == [f"'run': Error branch (NoMatchingError), to 'sorry': {reason}"]


def test_a_module_that_hangs_up_ends_the_call() -> None:
    result = through(runs(), flows={"module": module(says("a", "Bye."))})

    assert heard(result) == ["Bye."]
    assert result.ended == "disconnected by flow"


def test_a_module_that_transfers_leaves_its_return_behind() -> None:
    away = block("away", "TransferToFlow", {"ContactFlowId": "other"})
    other = flow(block("x", "MessageParticipant", {"Text": "There."}, next_=None), name="other")
    log = Entries()

    result = through(
        runs(), flows={"module": module(away), "other": other}, log=log, caller=contact(logging=True)
    )

    assert heard(result) == ["There."]
    assert result.ended == "no next block"
    assert ["ModuleExecutionStack" in entry for entry in log.entries] == [True, False]


def test_modules_nest_with_a_word_of_doubt_and_not_without_end() -> None:
    again = block(
        "again",
        "InvokeFlowModule",
        {"FlowModuleId": "module"},
        next_="return",
        errors={"NoMatchingError": "deep"},
    )
    deep = says("deep", "Too deep.", "return")

    result = through(runs(), flows={"module": module(again, deep, RETURN)})

    assert heard(result) == ["Too deep.", "Back ."]
    doubts = [text for text in heard(result, Who.FLOW) if "a module invokes another" in text]
    assert len(doubts) == 4
    assert "AWS's guide of modules says that it cannot" in doubts[0]


def test_the_flow_log_names_the_modules_that_run() -> None:
    log = Entries()

    through(
        {**LOGGING, "Transitions": {"NextAction": "run"}},
        runs(),
        flows={"module": module(says("a", "Inside.", "return"), RETURN)},
        log=log,
    )

    inside = next(entry for entry in log.entries if entry["Identifier"] == "a")
    arn, around = f"{INSTANCE}/flow-module/module", f"{INSTANCE}/contact-flow/test"
    assert (inside["ContactFlowId"], inside["ModuleExecutionStack"]) == (arn, [arn, around])
    assert "ModuleExecutionStack" not in next(entry for entry in log.entries if entry["Identifier"] == "back")


def test_a_module_that_was_called_by_itself_ends_with_its_return() -> None:
    assert call(RETURN).ended == "module ended"


def test_of_a_module_that_is_not_at_hand_the_call_may_say_what_came_of_it() -> None:
    given = {"run": Given(data={"Modules": {"ResultData": {"answer": "yes"}}})}

    result = through(runs("elsewhere"), flows={}, given=given)

    assert heard(result) == ["Back yes."]
    assert "InvokeFlowModule is not simulated; given for this call: success" in heard(result, Who.FLOW)
