"""Blocks that choose a branch."""

import pytest

from patchbay.simulator.flowlog import Entries
from patchbay.simulator.transcript import Who
from tests.simulator.world import block, call, contact, heard, says

YES, NO = says("yes", "Yes."), says("no", "No.")


@pytest.mark.parametrize(
    ("value", "operator", "operand", "said"),
    [
        ("ok", "Equals", "ok", "Yes."),
        ("ok", "Equals", "OK", "No."),
        ("ok", "Equals", "$.Attributes.same", "Yes."),
        ("gold-card", "TextStartsWith", "gold", "Yes."),
        ("gold-card", "TextEndsWith", "gold", "No."),
        ("gold-card", "TextEndsWith", "card", "Yes."),
        ("gold-card", "TextContains", "d-c", "Yes."),
        ("10", "NumberGreaterThan", "9", "Yes."),
        ("9", "NumberGreaterThan", "9", "No."),
        ("9", "NumberGreaterOrEqualTo", "9", "Yes."),
        ("8.5", "NumberLessThan", "9", "Yes."),
        ("9", "NumberLessOrEqualTo", "9.0", "Yes."),
        ("many", "NumberGreaterThan", "9", "No."),
        ("NaN", "NumberLessThan", "9", "No."),
        ("", "NumberLessThan", "9", "No."),
    ],
)
def test_compare_takes_the_condition_that_holds(value: str, operator: str, operand: str, said: str) -> None:
    checks = block(
        "check",
        "Compare",
        {"ComparisonValue": "$.Attributes.value"},
        errors={"NoMatchingCondition": "no"},
        conditions=[(operator, operand, "yes")],
    )

    assert heard(call(checks, YES, NO, caller=contact(attributes={"value": value, "same": "ok"}))) == [said]


def test_the_first_condition_that_holds_wins() -> None:
    checks = block(
        "check",
        "Compare",
        {"ComparisonValue": "$.Channel"},
        errors={"NoMatchingCondition": "no"},
        conditions=[("Equals", "CHAT", "no"), ("TextContains", "VOI", "yes"), ("Equals", "VOICE", "no")],
    )

    assert heard(call(checks, YES, NO)) == ["Yes."]


def test_an_unknown_operator_is_named_and_not_met() -> None:
    checks = block(
        "check",
        "Compare",
        {"ComparisonValue": "1"},
        errors={"NoMatchingCondition": "no"},
        conditions=[("Resembles", "1", "yes")],
    )

    result = call(checks, YES, NO)

    assert heard(result) == ["No."]
    assert "operator Resembles is not simulated" in heard(result, Who.FLOW)[0]


def test_each_comparison_is_logged() -> None:
    log = Entries()
    checks = block(
        "check", "Compare", {"ComparisonValue": "$.Channel"}, conditions=[("TextContains", "VOICE", "end")]
    )

    call(checks, caller=contact(logging=True), log=log)

    assert log.entries[0]["ContactFlowModuleType"] == "CheckAttribute"
    assert log.entries[0]["Results"] == "true"
    assert log.entries[0]["Parameters"] == {
        "ComparisonMethod": "Contains",
        "Value": "VOICE",
        "SecondValue": "VOICE",
    }


def loop(count: str) -> dict[str, object]:
    return block(
        "loop",
        "Loop",
        {"LoopCount": count},
        conditions=[("Equals", "ContinueLooping", "again"), ("Equals", "DoneLooping", "done")],
    )


def test_a_loop_runs_its_count_and_then_is_done() -> None:
    result = call(loop("2"), says("again", "Again.", "loop"), says("done", "Done."))

    assert heard(result) == ["Again.", "Again.", "Done."]


def test_a_loop_of_none_is_done_at_once() -> None:
    assert heard(call(loop("0"), says("again", "Again.", "loop"), says("done", "Done."))) == ["Done."]


def test_a_loop_that_was_done_starts_anew() -> None:
    result = call(loop("1"), says("again", "Again.", "loop"), says("done", "Done.", "loop"), step_limit=10)

    assert heard(result)[:5] == ["Again.", "Done.", "Again.", "Done.", "Again."]


@pytest.mark.parametrize(("is_open", "said"), [(True, "Yes."), (False, "No.")])
def test_the_hours_of_operation_are_as_the_call_is_told(is_open: bool, said: str) -> None:
    checks = block(
        "hours",
        "CheckHoursOfOperation",
        {},
        conditions=[("Equals", "True", "yes"), ("Equals", "False", "no")],
    )

    assert heard(call(checks, YES, NO, hours_open=is_open)) == [said]


@pytest.mark.parametrize("operator", ["NumberLessThan", "NumericLessThan"])
def test_percentages_are_kept_to(operator: str) -> None:
    splits = block(
        "split",
        "DistributeByPercentage",
        {},
        errors={"NoMatchingCondition": "no"},
        conditions=[(operator, "21", "yes")],
    )

    said = [heard(call(splits, YES, NO, seed=seed))[0] for seed in range(500)]

    assert 60 < said.count("Yes.") < 140
