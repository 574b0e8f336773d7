"""What an Invoke block may hold."""

import pytest

from tests.lint.flows import block, found, invoke

RULE, UNKNOWN = "invoke-block", "invoke-parameter"


@pytest.mark.parametrize(
    ("broken", "said"),
    [
        (invoke("Ask", LambdaFunctionARN=None), "has no LambdaFunctionARN"),
        (invoke("Ask", LambdaFunctionArn="x"), "did you mean LambdaFunctionARN"),
        (invoke("Ask", InvocationType="ASYNC"), "'ASYNC', but Connect knows SYNCHRONOUS and ASYNCHRONOUS"),
        (
            block("Ask", "InvokeLambdaFunction", {"LambdaFunctionARN": "x"}, when={"ok": "End"}),
            "has Conditions",
        ),
    ],
)
def test_what_connect_refuses_is_found(broken: dict[str, object], said: str) -> None:
    assert said in found(RULE, broken)["Ask"]


def test_a_parameter_that_is_like_no_other_may_be_new() -> None:
    assert "the parameter Priority" in found(UNKNOWN, invoke("Ask", Priority="1"))["Ask"]
    assert found(RULE, invoke("Ask", Priority="1")) == {}


@pytest.mark.parametrize("kind", ["SYNCHRONOUS", "ASYNCHRONOUS", None])
def test_every_parameter_of_the_page_is_fine(kind: str | None) -> None:
    whole = invoke("Ask", InvocationType=kind, LambdaInvocationAttributes={"day": "Monday"})

    assert found(RULE, whole) == {}
    assert found(UNKNOWN, whole) == {}
