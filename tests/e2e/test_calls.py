"""Calls through the deployed flows: what the caller hears."""

import json
from pathlib import Path

import pytest

from common.response import refusal
from patchbay.environments import ROOT
from patchbay.main import run
from patchbay.simulator.transcript import Who
from tests.e2e.deployed import Deployed
from tests.e2e.reads import function_log, said
from tests.few_samples import FUNCTIONS

EVENTS = [path for name in FUNCTIONS for path in sorted((ROOT / "lambdas" / name).glob("events/*.json"))]


def test_a_known_caller_hears_her_name_and_her_balance(deployed: Deployed) -> None:
    result = deployed.call("check_balance", "+14165550011")
    assert "Hello, Océane Tremblay." in said(result)
    assert "Your savings account holds $3018.19" in said(result)
    assert result.ended == "disconnected by flow"


def test_an_unknown_caller_waits_in_the_instances_queue(deployed: Deployed) -> None:
    result = deployed.call("check_balance", "+14165559999")
    assert "I do not find an account for this number." in said(result)
    assert "$" not in said(result)
    assert result.ended == "transferred to queue"
    assert deployed.instance.resources["queue_support"] in said(result, Who.FLOW)


def test_each_invocation_names_the_version_and_the_preferred_region(deployed: Deployed) -> None:
    result = deployed.call("check_balance", "+14165550011")
    assert [(i.function, i.alias, i.region, i.version, i.outcome) for i in result.invocations] == [
        (
            f"patchbay-local-{function}",
            "live",
            "us-west-2",
            deployed.live()["us-west-2", function].version,
            "success",
        )
        for function in ("customer_lookup", "account_service")
    ]


def test_each_invocation_leaves_a_line_at_its_start_and_end_with_the_contact_and_no_phone_number(
    deployed: Deployed,
) -> None:
    result = deployed.call("check_balance", "+14165550011")
    for invocation in result.invocations:
        lines = function_log(deployed.aws, "us-west-2", invocation.function)
        started, ended = [json.loads(line) for line in lines if result.contact_id in line]
        assert (started["message"], ended["message"]) == ("invocation started", "invocation")
        written = ended
        assert written["function_version"] == invocation.version
        assert (written["channel"], written["outcome"]) == ("VOICE", "ok")
        assert not [line for line in lines if "4165550011" in line]


@pytest.mark.parametrize("channel", ["VOICE", "CHAT", "TASK", "EMAIL"])
@pytest.mark.parametrize("function", FUNCTIONS)
def test_invoking_a_function_on_any_channel_gives_an_answer_that_connect_takes(
    deployed: Deployed,
    function: str,
    channel: str,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.setenv("AWS_ENDPOINT_URL", deployed.local.url)
    options = ["--env", "local", "--channel", channel, "--parameter", "operation=checkBalance", "--json"]
    assert run(["invoke", function, *options]) == 0
    answer = json.loads(capsys.readouterr().out)
    assert (answer["outcome"], answer["error"], answer["region"]) == ("success", None, "us-west-2")
    assert refusal(answer["response"], deployed.environment.function(function).response) is None


@pytest.mark.parametrize("region", ["us-west-2", "us-east-1"])
@pytest.mark.parametrize("path", EVENTS, ids=lambda path: f"{path.parts[-3]}-{path.stem}")
def test_the_sample_events_succeed_on_the_alias_of_either_region(
    deployed: Deployed, path: Path, region: str
) -> None:
    function = path.parts[-3]
    answer = deployed.aws.client("lambda", region).invoke(
        FunctionName=f"patchbay-local-{function}:live", Payload=path.read_bytes()
    )
    response = json.loads(answer["Payload"].read())
    assert "FunctionError" not in answer, response
    assert refusal(response, deployed.environment.function(function).response) is None
