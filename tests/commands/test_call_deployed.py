"""`patchbay call` of flows on an instance: by name, with what explains a failed block."""

import json
import re
from pathlib import Path
from typing import Any

import pytest

from patchbay.local.process import LocalAws
from tests.commands.conftest import Cli
from tests.local.embedded import FLOW, INSTANCE, client


def test_a_deployed_flow_is_called_by_name(cli: Cli, deployed: LocalAws) -> None:
    client(deployed.url, "connect").create_contact_flow(
        InstanceId=INSTANCE.instance_id, Name="patchbay-local-short", Type="CONTACT_FLOW", Content=FLOW
    )
    for name in ("short", "patchbay-local-short"):
        answer = cli("call", name, "--env", "local")
        assert answer.code == 0
        assert answer.out.startswith("flow patchbay-local-short, contact ")


def _failing(aws: LocalAws) -> None:
    """A flow `failing`, whose block names a function that is not there."""
    arn = f"arn:aws:lambda:us-west-2:{INSTANCE.account}:function:nobody-made-this:live"
    bye: dict[str, Any] = json.loads(FLOW)["Actions"][0]
    ask = {
        "Identifier": "ask",
        "Type": "InvokeLambdaFunction",
        "Parameters": {"LambdaFunctionARN": arn, "InvocationTimeLimitSeconds": "3"},
        "Transitions": {
            "NextAction": "bye",
            "Errors": [{"ErrorType": "NoMatchingError", "NextAction": "bye"}],
        },
    }
    content = {"Version": "2019-10-30", "StartAction": "ask", "Actions": [ask, bye]}
    connect = client(aws.url, "connect")
    listed = connect.list_contact_flows(InstanceId=INSTANCE.instance_id)["ContactFlowSummaryList"]
    if "patchbay-local-failing" not in [flow["Name"] for flow in listed]:
        connect.create_contact_flow(
            InstanceId=INSTANCE.instance_id,
            Name="patchbay-local-failing",
            Type="CONTACT_FLOW",
            Content=json.dumps(content),
        )


def test_a_call_with_a_failed_block_says_what_explains_it(cli: Cli, deployed: LocalAws) -> None:
    _failing(deployed)
    answer = cli("call", "failing", "--env", "local")
    contact = answer.out.splitlines()[0].rpartition(" ")[2]
    assert (answer.code, answer.err) == (0, f"why: patchbay explain {contact} --env local\n")


def test_a_written_call_with_a_failed_block_says_it_too(cli: Cli, deployed: LocalAws, tmp_path: Path) -> None:
    _failing(deployed)
    script = tmp_path / "failing.call"
    script.write_text("call failing from +14165550044\n\nends disconnected by flow\n")
    answer = cli("call", "--script", str(script), "--env", "local")
    assert answer.code == 0
    assert re.fullmatch(r"why: patchbay explain [0-9a-f-]{36} --env local\n", answer.err)


def test_json_of_a_call_with_a_failed_block_says_nothing_beside_it(cli: Cli, deployed: LocalAws) -> None:
    _failing(deployed)
    answer = cli("call", "failing", "--env", "local", "--json")
    assert (answer.code, answer.err) == (0, "")
    (invocation,) = json.loads(answer.out)["invocations"]
    assert invocation["outcome"] == "not-found"


def test_an_unknown_flow_is_answered_with_those_that_exist(cli: Cli, deployed: LocalAws) -> None:
    complaint = cli("call", "nothing", "--env", "local").complaint
    assert "flow 'nothing' is not on instance americas: there are " in complaint


def test_an_aws_that_does_not_answer_is_exit_code_1_without_a_traceback(
    cli: Cli, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("AWS_ENDPOINT_URL", "http://127.0.0.1:1")
    monkeypatch.setattr("botocore.endpoint.time.sleep", lambda _seconds: None)
    answer = cli("call", "tutorial", "--env", "local")
    assert answer.code == 1
    assert len(answer.err.splitlines()) == 1
    assert answer.err.startswith("patchbay: AWS did not answer as needed: ")
