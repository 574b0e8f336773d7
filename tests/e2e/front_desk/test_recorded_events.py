"""The recorded events of every flow function are answered by the deployed aliases, in either Region."""

import json
from pathlib import Path

import pytest

from common.response import refusal
from patchbay import environments
from patchbay.environments import ROOT
from tests.e2e.deployed import Deployed

FUNCTIONS = environments.load("local").functions
EVENTS = [path for name in FUNCTIONS for path in sorted((ROOT / "lambdas" / name / "events").glob("*.json"))]


@pytest.mark.parametrize("region", ["us-west-2", "us-east-1"])
@pytest.mark.parametrize("path", EVENTS, ids=lambda path: f"{path.parts[-3]}-{path.stem}")
def test_a_recorded_event_gets_an_answer_that_connect_takes(
    whole_environment: Deployed, path: Path, region: str
) -> None:
    environment, function = whole_environment.environment, path.parts[-3]
    answer = whole_environment.aws.client("lambda", region).invoke(
        FunctionName=environment.alias_arn(function, region), Payload=path.read_bytes()
    )
    response = json.loads(answer["Payload"].read())
    assert "FunctionError" not in answer, response
    assert refusal(response, environment.function(function).response) is None
