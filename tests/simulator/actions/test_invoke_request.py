"""What an Invoke block asks for: function, parameters, time limit, response type."""

from typing import Any

import pytest

from patchbay.errors import UserError
from patchbay.simulator.stubs import StubFunctions
from tests.simulator.world import ALIAS, FakeFunctions, answer, call, contact, invokes


def test_parameters_reach_the_function_with_references_read() -> None:
    functions = FakeFunctions()

    call(
        invokes(
            LambdaInvocationAttributes={
                "who": "$.Attributes.name",
                "$.Attributes.name": {"all": "$.Attributes"},
            }
        ),
        functions=functions,
        caller=contact(attributes={"name": "Ana"}),
    )

    assert functions.events[0]["Details"]["Parameters"] == {"who": "Ana", "Ana": {"all": {"name": "Ana"}}}


def test_the_function_may_be_named_by_a_reference() -> None:
    result = call(invokes(LambdaFunctionARN="$.Attributes.arn"), caller=contact(attributes={"arn": ALIAS}))

    assert result.invocations[0].function == "lookup"


@pytest.mark.parametrize(
    ("parameters", "limit"),
    [
        ({"InvocationTimeLimitSeconds": "3"}, 3.0),
        ({"InvocationTimeLimitSeconds": "{{time_limit:lookup}}"}, 8.0),
        ({"InvocationTimeLimitSeconds": "60"}, 8.0),
        ({"InvocationTimeLimitSeconds": "2.5"}, 8.0),
        ({"InvocationTimeLimitSeconds": "0"}, 8.0),
        ({"InvocationTimeLimitSeconds": ""}, 8.0),
    ],
)
def test_the_block_states_its_time_limit_and_8_seconds_are_the_most(
    parameters: dict[str, Any], limit: float
) -> None:
    functions = FakeFunctions()

    call(invokes(**parameters), functions=functions)

    assert functions.invoked[0][1] == limit


@pytest.mark.parametrize(
    ("validation", "outcome"),
    [
        ({}, "response-refused"),
        ({"ResponseValidation": {"ResponseType": "STRING_MAP"}}, "response-refused"),
        ({"ResponseValidation": {"ResponseType": "JSON"}}, "success"),
        ({"ResponseValidation": {"ResponseType": "{{response:lookup}}"}}, "success"),
    ],
)
def test_a_nested_response_needs_the_response_type_json(validation: dict[str, Any], outcome: str) -> None:
    result = call(invokes(**validation), functions=FakeFunctions([answer({"a": {"b": "c"}})]))

    assert result.invocations[0].outcome == outcome


def test_a_missing_stub_is_an_error_that_names_block_and_option() -> None:
    with pytest.raises(UserError, match=r"block 'invoke' of flow test .* add --stub lookup=FILE\.json$"):
        call(invokes(), functions=StubFunctions({}))
