"""The whole templates: one reviewed snapshot a stack, and the rules of CloudFormation and of cdk-nag."""

import json
import re
from collections.abc import Callable
from functools import cache
from typing import Any

import pytest
from aws_cdk.assertions import Template
from cfnlint.config import ConfigMixIn, ManualArgs
from cfnlint.decode import decode_str
from cfnlint.helpers import REGION_PRIMARY
from cfnlint.rules import Rules
from cfnlint.runner import Runner, run_template_by_data
from syrupy.assertion import SnapshotAssertion
from syrupy.extensions.json import JSONSnapshotExtension

from patchbay import environments
from patchbay.environments import ROOT
from tests.stacks.conftest import Templates

_HASH = re.compile(r"[0-9a-f]{64}")
_VERSION = re.compile(r"(CurrentVersion[0-9A-F]{8})[0-9a-f]{32}")

LOGICAL_IDS = {
    "AWS::DynamoDB::GlobalTable": {
        "TablesCustomersB22215AC",
        "TablesAccounts2D520C9A",
        "TablesRequests3CA232D6",
    },
    "AWS::Lambda::Function": {
        "TutorialFunction6D9CA2D3",
        "CustomerLookupFunction9F0CED96",
        "AccountServiceFunction9A27FFB4",
    },
    "AWS::Logs::LogGroup": {"ReleasesMachineLogsE6127BB2"},
    "AWS::StepFunctions::StateMachine": {"ReleasesMachineD29B0FB9"},
    "Custom::LiveAlias": {"TutorialLiveF1AF4D10", "CustomerLookupLive68573E08", "AccountServiceLive7592EB86"},
}

# W3005: CDK writes dependencies that a reference enforces already.
SETTINGS = ManualArgs(ignore_checks=["W3005"])

NAMES = {"FunctionName", "LogGroupName", "TableName", "StateMachineName"}


@pytest.mark.parametrize("environment", ["local", "dev", "prod"])
def test_the_templates_are_as_reviewed(
    synthesized: Callable[..., Templates], environment: str, snapshot: SnapshotAssertion
) -> None:
    for name, template in synthesized(environment).items():
        masked = _VERSION.sub(r"\1", _HASH.sub("ASSET", json.dumps(template.to_json())))
        masked = re.sub(r'"Fingerprint": "[0-9a-f]+"', '"Fingerprint": "FINGERPRINT"', masked)
        assert json.loads(masked) == snapshot(name=name, extension_class=JSONSnapshotExtension)


def test_named_resources_keep_their_logical_ids(local: Templates) -> None:
    """A named resource that moves to another logical id collides with itself on the next deploy."""
    resources: dict[str, Any] = local["patchbay-local-functions-us-west-2"].to_json()["Resources"]
    for kind, expected in LOGICAL_IDS.items():
        named = {
            logical_id
            for logical_id, resource in resources.items()
            if resource["Type"] == kind and NAMES & resource["Properties"].keys()
        }
        assert named == expected


@pytest.mark.parametrize("environment", environments.available())
def test_cfn_lint_has_nothing_to_say(synthesized: Callable[..., Templates], environment: str) -> None:
    """Of the project's own environments, as they are."""
    for name, template in synthesized(environment, ROOT).items():
        region = next((r for r in environments.load(environment).regions if name.endswith(r)), None)
        assert linted(template, region) == []


def test_cfn_lint_has_nothing_to_say_of_what_functions_may_ask_for(asking: Templates) -> None:
    region = "us-west-2"
    assert linted(asking[f"patchbay-local-functions-{region}"], region) == []


def linted(template: Template, region: str | None) -> list[str]:
    read, errors = decode_str(json.dumps(template.to_json()))
    config = ConfigMixIn(regions=[region or REGION_PRIMARY], **SETTINGS)
    return [str(match) for match in errors or run_template_by_data(read, config, _rules())]


@cache
def _rules() -> Rules:
    """All of cfn-lint's, read once, as for the files of one run of its command."""
    return Runner(ConfigMixIn(**SETTINGS)).rules
