"""How long a block waits for its function."""

import pytest

from tests.lint.flows import found, invoke

RULE, LONG = "time-limit", "asynchronous-time-limit"


@pytest.mark.parametrize(
    ("limit", "said"),
    [
        (None, "has no InvocationTimeLimitSeconds"),
        ("0", "'0', but it must be 1 to 8 whole seconds"),
        ("9", "'9', but it must be 1 to 8 whole seconds"),
        ("2.5", "'2.5'"),
        ("-1", "'-1'"),
        ("soon", "'soon'"),
        ("$.Attributes.limit", "'$.Attributes.limit'"),
        ("", "''"),
        (True, "True"),
        (9, "is 9"),
        ("4", "is 4, but lookup has time_limit_seconds = 3"),
        ("{{time_limit:slow}}", "is 8, but lookup has time_limit_seconds = 3"),
    ],
)
def test_a_limit_that_is_not_the_functions_own_is_found(limit: object, said: str) -> None:
    assert said in found(RULE, invoke("Ask", InvocationTimeLimitSeconds=limit))["Ask"]


@pytest.mark.parametrize("limit", ["{{time_limit:lookup}}", "3", 3])
def test_the_functions_own_limit_is_fine(limit: object) -> None:
    assert found(RULE, invoke("Ask", InvocationTimeLimitSeconds=limit)) == {}


def test_of_a_function_that_is_not_known_only_the_range_is_checked() -> None:
    elsewhere = "arn:aws:lambda:us-west-2:444455556666:function:theirs:live"

    assert found(RULE, invoke("Ask", LambdaFunctionARN=elsewhere, InvocationTimeLimitSeconds="7")) == {}


def test_an_asynchronous_block_may_take_up_to_60_seconds_with_a_warning_above_8() -> None:
    def block(limit: str) -> dict[str, object]:
        return invoke("Ask", "vague", InvocationType="ASYNCHRONOUS", InvocationTimeLimitSeconds=limit)

    assert found(RULE, block("61")) != {}
    assert found(RULE, block("60")) == {}
    assert "60 s" in found(LONG, block("60"))["Ask"]
    assert found(LONG, block("8")) == {}
    assert found(LONG, invoke("Ask", "slow")) == {}
