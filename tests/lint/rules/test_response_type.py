"""What a block expects its function to answer."""

import pytest

from tests.lint.flows import found, invoke

RULE, MISSING = "response-type", "response-type-missing"


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ("JSON", "is JSON, but lookup has response = STRING_MAP"),
        ("{{response:accounts}}", "is JSON, but lookup has response = STRING_MAP"),
        ("XML", "'XML', but Connect knows STRING_MAP and JSON"),
    ],
)
def test_a_type_that_is_not_the_functions_own_is_found(written: str, said: str) -> None:
    assert said in found(RULE, invoke("Ask", ResponseValidation={"ResponseType": written}))["Ask"]


@pytest.mark.parametrize("written", ["{{response:lookup}}", "STRING_MAP"])
def test_the_functions_own_type_is_fine(written: str) -> None:
    assert found(RULE, invoke("Ask", ResponseValidation={"ResponseType": written})) == {}
    assert found(MISSING, invoke("Ask", ResponseValidation={"ResponseType": written})) == {}


@pytest.mark.parametrize("validation", [None, {}])
def test_a_block_that_does_not_say_its_type_is_found(validation: object) -> None:
    assert list(found(MISSING, invoke("Ask", ResponseValidation=validation))) == ["Ask"]
