"""Entries as AWS's own course shows them."""

import json

from patchbay.explain.entries import may_miss_some, ordered, parse
from patchbay.explain.model import LogLine, Target
from tests.explain.logs import CONTACT, NOON, entry

# AWS's course on Lambda integrations, "Using Invoke AWS Lambda function block logs".
SUCCESS = """
{
    "ContactId": "fba006bc-e6ed-4f17-b7a1-000000000000",
    "ContactFlowId": "arn:aws:connect:us-east-1:111122223333:instance/44444444/contact-flow/1",
    "ContactFlowName": "Sample Flow name",
    "ContactFlowModuleType": "InvokeExternalResource",
    "Identifier": "0c51520c-6249-4ff9-9feb-000000000000",
    "Timestamp": "2024-05-04T22:28:30.474Z",
    "ExternalResults": {"customerName": "Arnav Desai", "accountTYpe": "Gold", "Age" : "30"},
    "Parameters": {
       "FunctionArn": "arn:aws:lambda:us-west-2:111122223333:function:lookup",
       "ResponseValidation": "ResponseType=STRING_MAP",
       "TimeLimit": "3000"
    }
}
"""


def _failure() -> str:
    raw = json.loads(SUCCESS)
    del raw["ExternalResults"]
    return json.dumps({"Results": "The Lambda Function Returned An Error.", **raw})


def test_a_successful_block_has_its_function_and_its_limit() -> None:
    found = parse(LogLine(NOON, SUCCESS), "americas")
    assert found is not None
    assert (found.is_lambda, found.failed, found.limit_ms) == (True, False, 3000)
    assert found.target == Target(
        found.parameters["FunctionArn"], "us-west-2", "111122223333", "lookup", None
    )
    assert found.at == 1714861710.474


def test_a_failed_block_has_results() -> None:
    found = parse(LogLine(NOON, _failure()), "americas")
    assert found is not None
    assert (found.failed, found.results) == (True, "The Lambda Function Returned An Error.")


def test_a_result_of_another_block_is_no_failure() -> None:
    raw = {"ContactFlowModuleType": "CheckAttribute", "Results": "true", "ContactId": CONTACT}
    found = parse(LogLine(NOON, json.dumps(raw)), "americas")
    assert found is not None
    assert not found.failed
    assert found.at == NOON


def test_what_is_no_entry_is_passed_over() -> None:
    for message in ("not JSON", "[1]", '{"ContactId": "1"}', '{"ContactFlowModuleType": 1}'):
        assert parse(LogLine(NOON, message), "americas") is None


def test_entries_are_in_order_each_once_and_of_the_contact_alone() -> None:
    other = _failure().replace(CONTACT, "00000000-e6ed-4f17-b7a1-000000000000")
    later = _failure().replace("22:28:30", "22:28:31")
    lines = [
        LogLine(NOON, later, id="2"),
        LogLine(NOON, SUCCESS, id="1"),
        LogLine(NOON, SUCCESS, id="1"),
        LogLine(NOON, other, id="3"),
    ]
    found = ordered(lines, "americas", CONTACT)
    assert [entry.failed for entry in found] == [False, True]


def test_logging_that_is_switched_on_late_or_a_path_without_an_end_may_miss_entries() -> None:
    start, block = entry(kind="SetLoggingBehavior"), entry(NOON + 1)
    end = entry(NOON + 2, kind="Disconnect")
    assert not may_miss_some([start, block, end])
    assert may_miss_some([start, block])
    assert may_miss_some([block, entry(NOON + 1.5, kind="SetLoggingBehavior"), end])
