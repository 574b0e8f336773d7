"""The state machine of the release controller, and the rules that look after it."""

import json
from typing import Any

import pytest
from aws_cdk.assertions import Match, Template

from live_alias.limits import TARGET_INPUT_MAX_CHARS
from stacks.components.release_sweep import chunks
from tests.stacks.conftest import Templates, statements

WEST = "patchbay-local-functions-us-west-2"
FUNCTIONS = [f"patchbay-local-{name}" for name in ("tutorial", "customer_lookup", "account_service")]
MACHINE = "arn:aws:states:us-west-2:000000000000:stateMachine:patchbay-local-releases"


@pytest.fixture
def west(local: Templates) -> Template:
    return local[WEST]


def test_the_machine_steps_waits_as_long_as_the_step_says_and_steps_again(west: Template) -> None:
    definition = _definition(west)
    states = definition["States"]
    step = states["Step"]
    assert definition["StartAt"] == "Step"
    assert "Catch" not in step
    assert step["Resource"] == _logical_id(west, "AWS::Lambda::Function", "ReleasesStep")
    assert step["Retry"] == [
        {"ErrorEquals": ["States.ALL"], "IntervalSeconds": 5, "MaxAttempts": 5, "BackoffRate": 2}
    ]
    choice = states[step["Next"]]
    assert choice["Choices"] == [{"Variable": "$.done", "BooleanEquals": True, "Next": "Ended"}]
    assert states["Ended"]["Type"] == "Succeed"
    wait = states[choice["Default"]]
    assert (wait["SecondsPath"], wait["Next"]) == ("$.wait", "Step")


def test_the_machine_logs_errors_without_their_data_and_is_traced(west: Template) -> None:
    west.has_resource_properties(
        "AWS::StepFunctions::StateMachine",
        {
            "StateMachineName": "patchbay-local-releases",
            "LoggingConfiguration": Match.object_like({"Level": "ERROR"}),
            "TracingConfiguration": {"Enabled": True},
        },
    )


def test_the_machine_logs_where_no_policy_of_the_account_grows_and_a_failed_deploy_leaves_nothing(
    west: Template,
) -> None:
    name = "/aws/vendedlogs/states/patchbay-local-releases"
    west.has_resource(
        "AWS::Logs::LogGroup", {"Properties": {"LogGroupName": name}, "DeletionPolicy": "Delete"}
    )


def test_the_machine_may_invoke_the_step_and_nothing_else(west: Template) -> None:
    step = _logical_id(west, "AWS::Lambda::Function", "ReleasesStep")
    invoking = [s for s in statements(west, "ReleasesMachineRole") if "lambda" in str(s["Action"])]
    assert invoking == [
        {
            "Action": "lambda:InvokeFunction",
            "Effect": "Allow",
            "Resource": {"Fn::GetAtt": [step, "Arn"]},
        }
    ]


def test_the_machine_has_its_rights_before_it_exists(west: Template) -> None:
    machine = next(iter(west.find_resources("AWS::StepFunctions::StateMachine").values()))
    role = machine["Properties"]["RoleArn"]["Fn::GetAtt"][0]
    assert "lambda:InvokeFunction" in str(
        west.find_resources("AWS::IAM::Role")[role]["Properties"]["Policies"]
    )


def test_every_quarter_of_an_hour_and_when_an_execution_fails_releases_are_looked_after(
    west: Template,
) -> None:
    step = {"Fn::GetAtt": [_logical_id(west, "AWS::Lambda::Function", "ReleasesStep"), "Arn"]}
    rules = [rule["Properties"] for rule in west.find_resources("AWS::Events::Rule").values()]
    assert [rule.get("ScheduleExpression") for rule in rules].count("rate(15 minutes)") == 1
    failure = next(rule["EventPattern"] for rule in rules if "EventPattern" in rule)
    assert failure == {
        "source": ["aws.states"],
        "detail-type": ["Step Functions Execution Status Change"],
        "detail": {"stateMachineArn": [MACHINE], "status": ["FAILED", "TIMED_OUT", "ABORTED"]},
    }
    for rule in rules:
        (target,) = rule["Targets"]
        assert target["Arn"] == step
        assert json.loads(target["Input"]) == {"sweep": FUNCTIONS}


def test_names_are_handed_over_in_portions_that_a_target_can_hold() -> None:
    names = [f"{number:064}" for number in range(250)]
    portions = list(chunks(names))
    assert [len(portion) for portion in portions] == [100, 100, 50]
    assert [name for portion in portions for name in portion] == names
    assert all(len(json.dumps({"sweep": portion})) <= TARGET_INPUT_MAX_CHARS for portion in portions)


def _definition(template: Template) -> dict[str, Any]:
    machine = next(iter(template.find_resources("AWS::StepFunctions::StateMachine").values()))
    separator, parts = machine["Properties"]["DefinitionString"]["Fn::Join"]
    text = str(separator).join(part if isinstance(part, str) else part["Fn::GetAtt"][0] for part in parts)
    found: dict[str, Any] = json.loads(text)
    return found


def _logical_id(template: Template, kind: str, prefix: str) -> str:
    return next(name for name in template.find_resources(kind) if name.startswith(prefix))
