"""Values are strings, and none is empty."""

import pytest

from tests.lint.flows import block, found, invoke, keep, loop, operation, say

NUMBER, EMPTY = "number-not-string", "empty-value"


def test_a_time_limit_as_a_number_is_found() -> None:
    said = found(NUMBER, invoke("Ask", InvocationTimeLimitSeconds=3))

    assert said == {"Ask": "InvocationTimeLimitSeconds is 3 without quotation marks"}


def test_a_truth_value_inside_an_object_is_found_with_its_place() -> None:
    given = {"InputValidation": {"CustomValidation": {"MaximumLength": "5", "Encrypted": True}}}

    said = found(NUMBER, block("Key", "GetParticipantInput", given, then="End"))

    assert said == {"Key": "InputValidation.CustomValidation.Encrypted is true without quotation marks"}


def test_numbers_in_strings_are_fine() -> None:
    assert found(NUMBER, loop("Count", "3", again="End")) == {}
    assert found(NUMBER, loop("Count", 3, again="End")) != {}


def test_a_functions_parameters_may_be_any_json() -> None:
    assert found(NUMBER, invoke("Ask", LambdaInvocationAttributes={"age": 10, "known": True})) == {}


def test_a_type_of_block_that_takes_numbers_is_left_alone() -> None:
    given = {"RoutingCriteria": {"Steps": [{"Expiry": {"DurationInSeconds": 30}}]}}

    assert found(NUMBER, block("Route", "UpdateRoutingCriteria", given, then="End")) == {}


@pytest.mark.parametrize(
    ("broken", "what"),
    [
        (invoke("X", LambdaFunctionARN=""), "LambdaFunctionARN"),
        (invoke("X", **operation("")), "LambdaInvocationAttributes.operation"),
        (keep("X", ""), "Attributes.kept"),
        (say("X", ""), "Text"),
        (block("X", "UpdateContactTargetQueue", {"QueueId": ""}, then="End"), "QueueId"),
    ],
)
def test_an_empty_value_is_found(broken: dict[str, object], what: str) -> None:
    assert found(EMPTY, broken) == {"X": f"{what} is an empty string"}


def test_values_that_say_something_are_fine() -> None:
    assert (
        found(EMPTY, invoke("X", then="Y", **operation("check")), keep("Y", "none", then="Z"), say("Z")) == {}
    )
    assert found(EMPTY, block("X", "MessageParticipant", {"Text": "", "SSML": "<speak/>"}, then="End")) == {}
