"""How long functions may keep a caller in silence."""

import json

import pytest

from patchbay.lint import run
from tests.lint.flows import END, Made, ask, block, compare, flow, found, invoke, loop, say

LONG, SILENT = "chain-limit", "long-silence"


def test_three_slow_functions_in_a_row_are_too_many() -> None:
    said = found(LONG, invoke("A", "slow", then="B"), invoke("B", "slow", then="C"), invoke("C", "slow"))

    assert said == {"C": "'A' and 'B' and 'C' may take 24 s with no prompt between them"}


def test_a_prompt_in_between_begins_a_new_chain() -> None:
    parts = (invoke("A", "slow", then="Wait"), say("Wait", then="B"), invoke("B", "slow"))

    assert found(LONG, *parts) == {}
    assert found(SILENT, *parts) == {}


def test_error_branches_count_as_well() -> None:
    said = found(LONG, invoke("A", "slow", error="B"), invoke("B", "slow", error="C"), invoke("C", "slow"))

    assert list(said) == ["C"]


def test_the_longest_of_several_ways_counts() -> None:
    said = found(
        LONG,
        invoke("A", "slow", then="Which"),
        compare("Which", "$.Attributes.x", {"1": "Short", "2": "Slow"}, otherwise="Last"),
        invoke("Short", "vague", then="Last"),
        invoke("Slow", "slow", then="Last"),
        invoke("Last", "slow"),
    )

    assert said == {"Last": "'A' and 'Slow' and 'Last' may take 24 s with no prompt between them"}


def test_two_ways_that_exclude_each_other_are_not_added_up() -> None:
    assert not found(
        LONG,
        compare("Which", "$.Attributes.x", {"1": "A", "2": "B"}, otherwise="C"),
        invoke("A", "slow"),
        invoke("B", "slow"),
        invoke("C", "slow"),
    )


def test_more_than_8_seconds_of_silence_are_found_once() -> None:
    said = found(SILENT, invoke("A", "accounts", then="B"), invoke("B", "accounts"))

    assert said == {"B": "'A' and 'B' may take 10 s with no prompt between them"}


def test_a_lookup_and_its_fallback_within_8_seconds_are_fine() -> None:
    assert found(SILENT, invoke("A", error="B"), invoke("B", "lookup:fallback")) == {}


def test_a_silent_circle_of_functions_is_found() -> None:
    said = found(
        LONG,
        invoke("Poll", then="Done?"),
        compare("Done?", "$.External.status", {"ok": END}, otherwise="Poll"),
    )

    assert said == {"Poll": "round and round with no prompt between: 'Poll'"}


@pytest.mark.parametrize(("count", "seconds"), [("2", 24), ("3", 32)])
def test_a_bounded_circle_counts_its_rounds(count: str, seconds: int) -> None:
    said = found(LONG, invoke("Try", "slow", error="Count"), loop("Count", count, again="Try"))

    assert said == {"Try": f"'Try' may take {seconds} s with no prompt between them"}


def test_a_circle_that_begins_with_its_loop_block_has_one_round_less() -> None:
    assert found(LONG, loop("Count", "2", again="Try"), invoke("Try", "slow", error="Count")) == {}


def test_ways_that_exclude_each_other_inside_a_circle_are_not_added_up() -> None:
    assert not found(
        LONG,
        loop("Count", "2", again="Which"),
        compare("Which", "$.Attributes.x", {"1": "A", "2": "B"}, otherwise="C"),
        invoke("A", "slow", then="Count"),
        invoke("B", "slow", then="Count"),
        invoke("C", "slow", then="Count"),
    )


@pytest.mark.parametrize("count", ["$.Attributes.count", "two"])
def test_a_circle_whose_rounds_are_not_known_counts_once(count: str) -> None:
    assert found(LONG, invoke("Try", "slow", error="Count"), loop("Count", count, again="Try")) == {}


@pytest.mark.parametrize("between", ["Wait", "ShowView"])
def test_what_waits_for_something_else_ends_a_chain(between: str) -> None:
    assert not found(
        LONG,
        invoke("A", "slow", then="B"),
        invoke("B", "slow", then="Between"),
        block("Between", between, then="C"),
        invoke("C", "slow"),
    )


def test_a_question_without_words_is_no_prompt() -> None:
    said = found(
        SILENT,
        invoke("A", "slow", then="Key"),
        block("Key", "GetParticipantInput", {"StoreInput": "True"}, then="B"),
        invoke("B", "slow"),
    )

    assert list(said) == ["B"]


def test_an_asynchronous_function_keeps_nobody_waiting() -> None:
    assert not found(
        SILENT, invoke("A", "slow", InvocationType="ASYNCHRONOUS", then="B"), invoke("B", "slow")
    )


def test_a_dense_flow_of_100_blocks_is_judged_at_once() -> None:
    """Each block leads to every other: no way of listing paths would end."""
    names = [f"b{n}" for n in range(100)]
    every = {str(place): name for place, name in enumerate(names)}
    blocks = [
        invoke(name, "slow", then=names[place - 1])
        if place % 3 == 0
        else ask(name, every)
        if place % 3 == 1
        else compare(name, "$.External.name", every)
        for place, name in enumerate(names)
    ]

    findings = run.lint(flow(*blocks), "x", Made())

    assert LONG in {finding.rule.id for finding in findings}
    assert json.dumps([finding.as_dict() for finding in findings])
