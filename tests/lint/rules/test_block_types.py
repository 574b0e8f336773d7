"""Types of blocks that Connect does not have."""

from patchbay.lint.action_types import ENDS, NO_CONDITIONS, QUESTIONS, TYPES, WAITING
from patchbay.simulator import actions
from tests.lint.flows import block, found, say

MISSPELT, UNKNOWN = "block-type", "block-type-unknown"


def test_a_misspelt_type_is_found_with_the_one_that_was_meant() -> None:
    said = found(MISSPELT, block("Greet", "MessageParticipants", then="End"))

    assert said == {"Greet": "has the Type MessageParticipants: did you mean MessageParticipant"}


def test_a_type_that_is_like_no_other_may_be_new() -> None:
    new = block("New", "SummonWizard", then="End")

    assert list(found(UNKNOWN, new)) == ["New"]
    assert found(MISSPELT, new) == {}


def test_a_type_of_the_developer_guide_is_fine() -> None:
    assert found(MISSPELT, say("Greet")) == {}
    assert found(UNKNOWN, say("Greet")) == {}


def test_every_type_that_the_rules_or_the_simulator_name_is_in_the_list() -> None:
    assert {*ENDS, *NO_CONDITIONS, *QUESTIONS, *WAITING, *actions.SIMULATED} <= TYPES
