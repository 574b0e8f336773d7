"""What CloudFormation tells the alias's custom resource about releases."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from aws_cdk.assertions import Template

from tests.stacks.conftest import Templates, statements

Synthesize = Callable[..., Templates]
Edit = Callable[[str, str, str], Path]
MACHINE = "arn:aws:states:us-west-2:000000000000:stateMachine:patchbay-local-releases"
WEST, EAST = "patchbay-local-functions-us-west-2", "patchbay-local-functions-us-east-1"


@pytest.fixture
def canary(synthesized: Synthesize, edit: Edit) -> Templates:
    root = edit("environments/local.toml", 'strategy = "all-at-once"', 'strategy = "canary"')
    edit("lambdas/tutorial/function.toml", "time_limit", 'strategy = "all-at-once"\ntime_limit')
    return synthesized("local", root)


def test_a_canary_brings_the_settings_of_its_release_and_the_log_group_to_read(canary: Templates) -> None:
    resource = _alias(canary[EAST], "CustomerLookup")
    release = _text(resource["Release"])
    assert resource["Strategy"] == "canary"
    assert json.loads(release) | {"log_group": ""} == {
        "name": "customer_lookup",
        "log_group": "",
        "time_limit_seconds": 3,
        "response": "STRING_MAP",
        "effects": False,
        "lead": {"region": "us-west-2", "mode": "follow"},
        "max_hours": 24,
        "watch_hours": 0.005,
        "period_seconds": 1,
        "settle_seconds": 1,
        "watch_period_seconds": 1,
        "history_events": 20000,
    }
    group = json.loads(release)["log_group"]
    assert canary[EAST].to_json()["Resources"][group]["Type"] == "AWS::Logs::LogGroup"
    assert group.startswith("CustomerLookupLogs")


def test_a_function_that_says_so_is_released_all_at_once_and_brings_no_settings(canary: Templates) -> None:
    resource = _alias(canary[WEST], "Tutorial")
    assert resource["Strategy"] == "all-at-once"
    assert "Release" not in resource


@pytest.mark.parametrize("function", ["Tutorial", "CustomerLookup", "AccountService"])
def test_every_alias_comes_after_the_machine_and_goes_before_it(local: Templates, function: str) -> None:
    """By the reference: a release could not start before, and no release outlives its machine."""
    machines = local[WEST].find_resources("AWS::StepFunctions::StateMachine")
    assert _alias(local[WEST], function)["StateMachineArn"] == {"Ref": next(iter(machines))}


def test_the_handler_may_start_that_machine_and_no_other(local: Templates) -> None:
    found = [s for s in statements(local[WEST], "LiveAliasesRole") if "states:" in str(s["Action"])]
    assert found == [{"Action": "states:StartExecution", "Effect": "Allow", "Resource": MACHINE}]


def _alias(template: Template, function: str) -> dict[str, Any]:
    found = template.find_resources("Custom::LiveAlias")
    properties: dict[str, Any] = next(
        resource["Properties"] for name, resource in found.items() if name.startswith(f"{function}Live")
    )
    return properties


def _text(joined: dict[str, Any]) -> str:
    """Fn::Join, with the logical id in place of a Ref."""
    separator, parts = joined["Fn::Join"]
    return str(separator).join(part if isinstance(part, str) else part["Ref"] for part in parts)
