"""Blocks that nothing leads to, and blocks that lead nowhere."""

import pytest

from tests.lint.flows import block, compare, found, invoke, say

DEAD, UNREACHABLE = "dead-end", "unreachable"


def test_a_block_that_nothing_leads_to_is_found() -> None:
    assert list(found(UNREACHABLE, say("Greet"), say("Forgotten"))) == ["Forgotten"]


def test_blocks_that_lead_only_to_each_other_are_found() -> None:
    said = found(UNREACHABLE, say("Greet"), say("One", then="Two"), say("Two", then="One"))

    assert list(said) == ["One", "Two"]


def test_a_block_that_is_reached_by_an_error_branch_only_is_fine() -> None:
    assert found(UNREACHABLE, invoke("Ask", error="Sorry"), say("Sorry")) == {}


def test_a_block_with_no_way_on_is_found() -> None:
    assert "leads nowhere" in found(DEAD, block("Key", "GetParticipantInput"))["Key"]


def test_a_block_with_an_error_branch_only_is_found() -> None:
    broken = block("Greet", "MessageParticipant", {"Text": "Hello"}, errors={"NoMatchingError": "End"})

    assert found(DEAD, broken) == {"Greet": "leads nowhere when it succeeds: it has no NextAction"}


@pytest.mark.parametrize(
    "end", ["DisconnectParticipant", "EndFlowExecution", "EndFlowModuleExecution", "TransferToFlow"]
)
def test_a_type_that_ends_a_flow_may_lead_nowhere(end: str) -> None:
    assert found(DEAD, say("Greet", then="Last"), block("Last", end)) == {}


def test_conditions_may_stand_for_a_next_action() -> None:
    assert found(DEAD, compare("Which", "$.Channel", {"VOICE": "End"})) == {}


def test_of_a_type_that_is_not_known_nothing_is_said() -> None:
    assert found(DEAD, block("New", "SomethingNew")) == {}
