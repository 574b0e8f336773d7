"""`patchbay invoke`: one function on an embedded AWS, the verdict on its response, the exit code."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from patchbay.local.process import LocalAws
from tests.commands.conftest import Cli
from tests.local.embedded import PREFERRED, client, create_function, wire

Edit = Callable[[str, str, str], Path]
HANDLER = """
import time
def handler(event, context):
    details = event["Details"]
    parameters = details["Parameters"]
    answers = {
        "echo": {"channel": str(details["ContactData"]["Channel"]), **parameters},
        "contact": details["ContactData"],
        "list": ["a", "b"],
        "nested": {"balance": {"amount": "5"}},
        "number": {"balance": 5},
        "long": {"text": "x" * 33 * 1024},
        "spaced": {"first name": "Ada"},
        "nothing": None,
    }
    time.sleep(float(parameters.get("sleep", 0)))
    if "fail" in parameters:
        raise ValueError(parameters["fail"])
    return answers[parameters.get("mode", "echo")]
"""


@pytest.fixture
def functions(deployed: LocalAws) -> LocalAws:
    """tutorial answers as it is told; customer_lookup has no permission; account_service is not there."""
    lambda_ = client(deployed.url, "lambda", PREFERRED)
    if not lambda_.list_functions()["Functions"]:
        for name in ("patchbay-local-tutorial", "patchbay-local-customer_lookup"):
            create_function(lambda_, name, HANDLER)
            lambda_.publish_version(FunctionName=name)
        wire(lambda_, "patchbay-local-tutorial", "1")
        lambda_.create_alias(FunctionName="patchbay-local-customer_lookup", Name="live", FunctionVersion="1")
    return deployed


def asked(cli: Cli, *arguments: str, function: str = "tutorial") -> tuple[int, dict[str, Any]]:
    """Exit code and the object that --json prints."""
    answer = cli("invoke", function, "--env", "local", "--json", *arguments)
    assert answer.err == ""
    verdict: dict[str, Any] = json.loads(answer.out)
    return answer.code, verdict


@pytest.mark.usefixtures("functions")
def test_an_accepted_response_is_exit_code_0_with_its_verdict(cli: Cli) -> None:
    answer = cli("invoke", "tutorial", "--env", "local", "--parameter", "companyName=GGG")
    assert (answer.code, answer.err) == (0, "")
    assert answer.out.startswith("patchbay-local-tutorial version 1 in us-west-2, ")
    assert " ms of 3000 ms\n" in answer.out
    assert '"companyName": "GGG"' in answer.out
    assert answer.out.endswith("Success branch: a STRING_MAP that Connect takes\n")


@pytest.mark.usefixtures("functions")
def test_json_is_one_object_with_the_verdict(cli: Cli) -> None:
    code, verdict = asked(cli, "--parameter", "companyName=a=b", "--channel", "CHAT")
    assert code == 0
    assert 0 < verdict.pop("duration_ms") < 3000
    assert verdict == {
        "function": "patchbay-local-tutorial",
        "alias": "live",
        "version": "1",
        "region": "us-west-2",
        "attempts": 1,
        "outcome": "success",
        "error": None,
        "response": {"channel": "CHAT", "companyName": "a=b"},
        "warnings": [],
    }


@pytest.mark.usefixtures("functions")
def test_the_event_carries_caller_attributes_and_channel(cli: Cli, edit: Edit, functions: LocalAws) -> None:
    edit("lambdas/tutorial/function.toml", '"STRING_MAP"', '"JSON"')
    contact = ["--from", "+442079460000", "--attribute", "language=fr", "--attribute", "vip=yes"]
    _, verdict = asked(cli, "--parameter", "mode=contact", *contact)
    data = verdict["response"]
    assert data["CustomerEndpoint"] == {"Address": "+442079460000", "Type": "TELEPHONE_NUMBER"}
    assert data["Attributes"] == {"language": "fr", "vip": "yes"}
    assert data["Channel"] == "VOICE"
    _, task = asked(cli, "--parameter", "mode=contact", "--channel", "TASK")
    assert task["response"]["CustomerEndpoint"] is None


@pytest.mark.usefixtures("functions")
@pytest.mark.parametrize(
    ("parameters", "outcome", "reason"),
    [
        (["mode=list"], "response-refused", "the response is an array, but Connect takes an object"),
        (["mode=nothing"], "response-refused", "the response is null"),
        (["mode=nested"], "response-refused", "'balance' is an object, but a STRING_MAP takes strings only"),
        (["mode=number"], "response-refused", "'balance' is a number"),
        (["mode=long"], "response-refused", "Connect takes fewer than 32768"),
        (["fail=no such table"], "function-error", "no such table"),
    ],
)
def test_what_takes_the_error_branch_is_exit_code_1_with_its_reason(
    cli: Cli, parameters: list[str], outcome: str, reason: str
) -> None:
    options = [option for parameter in parameters for option in ("--parameter", parameter)]
    code, verdict = asked(cli, *options)
    assert (code, verdict["outcome"]) == (1, outcome)
    assert reason in verdict["error"]
    assert verdict["response"] == {}
    text = cli("invoke", "tutorial", "--env", "local", *options)
    assert text.code == 1
    assert f"Error branch: {outcome}: " in text.out
    assert reason in text.out


@pytest.mark.usefixtures("functions")
def test_a_function_that_is_late_takes_the_error_branch(cli: Cli, edit: Edit) -> None:
    edit("lambdas/tutorial/function.toml", "time_limit_seconds = 3", "time_limit_seconds = 1")
    code, verdict = asked(cli, "--parameter", "sleep=1.5")
    assert (code, verdict["outcome"], verdict["duration_ms"]) == (1, "time-limit", 1000)
    assert "no answer within 1.0 s" in verdict["error"]


@pytest.mark.usefixtures("functions")
def test_a_failing_function_shows_its_attempts(cli: Cli) -> None:
    answer = cli("invoke", "tutorial", "--env", "local", "--parameter", "fail=boom")
    assert ", 4 attempts\n" in answer.out


@pytest.mark.usefixtures("functions")
def test_a_function_without_connects_permission_is_denied(cli: Cli) -> None:
    code, verdict = asked(cli, function="customer_lookup")
    assert (code, verdict["outcome"], verdict["version"]) == (1, "access-denied", None)
    assert "no resource policy" in verdict["error"]


@pytest.mark.usefixtures("functions")
def test_a_function_that_is_not_deployed_is_not_found(cli: Cli) -> None:
    code, verdict = asked(cli, function="account_service")
    assert (code, verdict["outcome"]) == (1, "not-found")
    code, verdict = asked(cli, "--region", "us-east-1")
    assert (code, verdict["outcome"], verdict["region"]) == (1, "not-found", "us-east-1")


@pytest.mark.usefixtures("functions")
def test_what_a_flow_cannot_address_is_a_warning_and_no_error(cli: Cli) -> None:
    answer = cli("invoke", "tutorial", "--env", "local", "--parameter", "mode=spaced")
    assert answer.code == 0
    assert "warning: a flow cannot address the key 'first name'" in answer.out
    assert len(asked(cli, "--parameter", "mode=spaced")[1]["warnings"]) == 1


@pytest.mark.usefixtures("functions")
def test_the_attempts_are_counted_as_metrics_of_the_alias(cli: Cli, functions: LocalAws) -> None:
    cli("invoke", "tutorial", "--env", "local")
    metrics = client(functions.url, "cloudwatch", PREFERRED).list_metrics(
        Namespace="AWS/Lambda",
        Dimensions=[{"Name": "Resource", "Value": "patchbay-local-tutorial:live"}],
    )["Metrics"]
    assert {metric["MetricName"] for metric in metrics} >= {"Invocations", "Errors", "Duration"}


@pytest.mark.usefixtures("functions")
@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (["nothing", "--env", "local"], "function 'nothing' is not in environment local: there are tutorial"),
        (["tutorial", "--env", "stage"], "environment 'stage' does not exist"),
        (
            ["tutorial", "--env", "local", "--region", "eu-west-1"],
            "has no functions for americas: there are us-",
        ),
        (["tutorial", "--env", "local", "--instance", "emea"], "instance 'emea' is not in environment local"),
        (["tutorial", "--env", "local", "--parameter", "name"], "--parameter 'name' is not KEY=VALUE"),
        (["tutorial", "--env", "local", "--attribute", "name"], "--attribute 'name' is not KEY=VALUE"),
        (["tutorial", "--env", "local", "--from", "nobody"], "--from 'nobody' is neither a number"),
        (["tutorial"], "missing option '--env': see `patchbay invoke --help`"),
    ],
)
def test_bad_input_is_one_sentence_and_exit_code_2(cli: Cli, arguments: list[str], sentence: str) -> None:
    assert sentence in cli("invoke", *arguments).complaint


def test_effects_on_a_real_account_are_refused_before_any_call(
    cli: Cli, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("botocore.httpsession.URLLib3Session.send", _no_request)
    complaint = cli("invoke", "account_service", "--env", "dev").complaint
    assert "patchbay-dev-account_service changes something on each call" in complaint
    assert "--allow-effects" in complaint


def _no_request(*_: object) -> None:
    raise AssertionError("a request was sent")
