"""`patchbay call` as a user types it: another process, its output and its exit code."""

import json
import os
import subprocess
from typing import Any

from patchbay.environments import ROOT
from tests.e2e.deployed import Deployed

INVOCATION = ["function", "alias", "version", "region", "attempts", "duration_ms", "outcome", "error"]


def _call(deployed: Deployed, *arguments: str, **variables: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [ROOT / ".venv" / "bin" / "patchbay", "call", *arguments, "--env", "local"],
        env={**os.environ, "AWS_ENDPOINT_URL": deployed.local.url, **variables},
        capture_output=True,
        text=True,
        check=False,
    )


def _json(done: subprocess.CompletedProcess[str]) -> dict[str, Any]:
    assert done.returncode == 0, done.stderr
    found: dict[str, Any] = json.loads(done.stdout)
    return found


def _heard(call: dict[str, Any]) -> list[str]:
    return [entry["text"] for entry in call["transcript"] if entry["who"] == "prompt"]


def test_the_tutorial_greets_and_says_the_number_that_the_function_returned(deployed: Deployed) -> None:
    call = _json(_call(deployed, "tutorial", "--from", "+14165550011", "--json"))
    greeting, balance = _heard(call)
    event = (ROOT / "lambdas" / "tutorial" / "events" / "voice.json").read_bytes()
    answer = deployed.aws.client("lambda", "us-west-2").invoke(
        FunctionName="patchbay-local-tutorial:live", Payload=event
    )
    number = json.loads(answer["Payload"].read())["customerBalance"]
    assert "thank you for calling GGG" in greeting
    assert f"Your remaining balance is {number}." in balance
    assert call["ended"] == "disconnected by flow"


def test_the_balance_flow_says_what_is_in_the_table(deployed: Deployed) -> None:
    call = _json(_call(deployed, "check_balance", "--from", "+14165550011", "--json"))
    assert "Your savings account holds $3018.19" in _heard(call)[-1]


def test_the_json_object_has_the_keys_that_are_promised(deployed: Deployed) -> None:
    call = _json(_call(deployed, "tutorial", "--json"))
    assert list(call) == ["contact_id", "flow", "transcript", "invocations", "attributes", "ended"]
    assert {tuple(entry) for entry in call["transcript"]} == {("at_ms", "who", "text")}
    assert [list(invocation) for invocation in call["invocations"]] == [INVOCATION]


def test_without_json_the_transcript_is_text(deployed: Deployed) -> None:
    done = _call(deployed, "tutorial")
    assert done.returncode == 0, done.stderr
    assert "thank you for calling GGG" in done.stdout
    assert done.stdout.splitlines()[-1] == "ended: disconnected by flow"


def test_a_flow_that_is_not_there_is_one_sentence_and_exit_code_2(deployed: Deployed) -> None:
    done = _call(deployed, "no_such_flow")
    assert done.returncode == 2
    assert done.stdout == ""
    (sentence,) = done.stderr.splitlines()
    assert sentence.startswith("patchbay: flow 'no_such_flow' is not on instance americas")


def test_aws_settings_of_the_users_shell_do_not_reach_the_embedded_aws(deployed: Deployed) -> None:
    settings = {
        "AWS_PROFILE": "nowhere",
        "AWS_ACCESS_KEY_ID": "AKIAIOSFODNN7EXAMPLE",
        "AWS_REGION": "eu-north-1",
    }
    done = _call(deployed, "tutorial", **settings)
    assert done.returncode == 0, done.stderr
    assert "thank you for calling GGG" in done.stdout
