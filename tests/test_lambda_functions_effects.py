"""A function that changes something runs on a real account only where that is allowed."""

import json

import pytest

from patchbay.aws import Aws
from patchbay.config import Environment
from patchbay.errors import UserError
from patchbay.lambda_functions import LambdaFunctions
from tests import few_samples


@pytest.fixture
def real(monkeypatch: pytest.MonkeyPatch) -> Aws:
    """A real account that must not be called."""
    aws = Aws(few_samples.load("dev"))

    def refuse(*_: object, **__: object) -> None:
        raise AssertionError("a client was made")

    monkeypatch.setattr(aws, "client", refuse)
    return aws


def alias(environment: Environment, function: str) -> str:
    return environment.alias_arn(function, environment.regions[0])


def test_a_function_with_effects_does_not_run_on_a_real_account(real: Aws) -> None:
    environment = few_samples.load("dev")
    functions = LambdaFunctions(real, environment)
    for arn in (
        alias(environment, "account_service"),
        environment.function_arn("account_service", "us-east-1"),
    ):
        with pytest.raises(UserError) as caught:
            functions.invoke(arn, "1", b"{}", 5)
        assert "patchbay-dev-account_service changes something on each call but for checkBalance" in str(
            caught.value
        )
        assert "stub it with --stub, or add --allow-effects" in str(caught.value)


@pytest.mark.parametrize(
    ("function", "allowed"), [("account_service", True), ("customer_lookup", False), ("tutorial", False)]
)
def test_other_functions_run_and_so_does_what_is_allowed(real: Aws, function: str, allowed: bool) -> None:
    environment = few_samples.load("dev")
    functions = LambdaFunctions(real, environment, allow_effects=allowed)
    with pytest.raises(AssertionError, match="a client was made"):
        functions.invoke(alias(environment, function), "1", b"{}", 5)


def event(**parameters: str) -> bytes:
    return json.dumps({"Details": {"ContactData": {}, "Parameters": parameters}}).encode()


@pytest.mark.parametrize("operation", ["checkBalance", "requestState"])
def test_an_operation_that_changes_nothing_runs_on_a_real_account(real: Aws, operation: str) -> None:
    environment = few_samples.load("dev")
    functions = LambdaFunctions(real, environment)
    with pytest.raises(AssertionError, match="a client was made"):
        functions.invoke(alias(environment, "account_service"), "1", event(operation=operation), 5)


@pytest.mark.parametrize(
    "payload", [event(operation="fundsTransfer"), event(), event(of="checkBalance"), b"[]", b'{"Details": 1}']
)
def test_another_operation_and_none_are_refused_with_those_that_are_harmless(
    real: Aws, payload: bytes
) -> None:
    environment = few_samples.load("dev")
    with pytest.raises(UserError, match="changes something on each call but for checkBalance, requestState"):
        LambdaFunctions(real, environment).invoke(alias(environment, "account_service"), "1", payload, 5)
