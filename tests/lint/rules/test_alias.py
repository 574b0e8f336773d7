"""Blocks name the alias that releases move."""

import pytest

from tests.lint.flows import found, invoke

RULE, OPEN = "function-alias", "function-arn"
OURS = "arn:aws:lambda:us-west-2:111122223333:function:app-dev-lookup"
THEIRS = "arn:aws:lambda:us-west-2:111122223333:function:theirs"


@pytest.mark.parametrize(
    ("arn", "said"),
    [
        (OURS, "the ARN of app-dev-lookup names no alias"),
        (THEIRS, "the ARN of theirs names no alias"),
        (f"{THEIRS}:$LATEST", "names $LATEST"),
        (f"{THEIRS}:12", "names version 12"),
        (f"{OURS}:blue", "names the alias blue, but releases move the alias live"),
    ],
)
def test_an_arn_without_the_alias_is_found(arn: str, said: str) -> None:
    assert said in found(RULE, invoke("Ask", LambdaFunctionARN=arn))["Ask"]


@pytest.mark.parametrize("arn", [f"{OURS}:live", f"{THEIRS}:blue", "{{function:lookup}}", "$.Attributes.arn"])
def test_an_alias_a_placeholder_and_a_reference_are_fine(arn: str) -> None:
    assert found(RULE, invoke("Ask", LambdaFunctionARN=arn)) == {}
    assert found(OPEN, invoke("Ask", LambdaFunctionARN=arn)) == {}


def test_a_text_that_another_tool_must_replace_is_found() -> None:
    assert (
        "'<<lookup>>', which is neither" in found(OPEN, invoke("Ask", LambdaFunctionARN="<<lookup>>"))["Ask"]
    )
