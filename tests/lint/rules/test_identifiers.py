"""Names of blocks."""

import pytest

from tests.lint.flows import found, say

RULE = "identifier"


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("Greet: again", "its Identifier holds ':'"),
        ("Greet (again)", "its Identifier holds '(' and ')'"),
        ("toString", "is a word that Connect keeps for itself"),
        ("x" * 51, "its Identifier has 51 characters, but AWS allows 50"),
    ],
)
def test_a_name_that_aws_does_not_allow_is_found(name: str, said: str) -> None:
    assert said in found(RULE, say(name))[name]


@pytest.mark.parametrize(
    "name", ["Say - it's Zoë's 2. try?", "0cd237b4-25a6-4c0b-9953-cd1e37346a10", "x" * 50]
)
def test_any_other_name_is_fine(name: str) -> None:
    assert found(RULE, say(name)) == {}
