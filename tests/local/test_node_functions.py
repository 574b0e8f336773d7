"""A Node.js function on the embedded AWS: how it answers and fails, and what it leaves in its log group."""

import json
import sys
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from patchbay.environments import ROOT
from patchbay.functions import Runtime
from patchbay.local import candidates
from patchbay.local.process import LocalAws
from release.log_lines import Begun, Ended, Fact, Report, Started, parse
from stacks.runtime import handler_of, runtime_of
from tests.lambdas.invocations import contact_event, recorded_events, settings_of
from tests.lambdas.invocations import invoke as in_python
from tests.local.embedded import client, create_function, local_aws

__all__ = ["local_aws"]

NAME, PYTHONS = "tutorial_node", "in_python"
RAISING = """
import { contactHandler } from "../common/handler.mjs";
let served = 0;
export const handler = contactHandler(async (event) => {
  served += 1;
  if (event.text("does") === "throw") {
    throw new TypeError("no customer +14165550011");
  }
  if (event.text("does") === "sleep") {
    await new Promise((resolve) => setTimeout(resolve, 60_000));
  }
  if (event.text("does") === "exit") {
    process.exit(1);
  }
  return { served: String(served), node: process.version, executable: process.execPath };
});
"""
AT_ONCE = "export const handler = (event) => { throw Object.assign(new RangeError('at once'), event); };"


@dataclass(frozen=True)
class Reply:
    """What `invoke` got."""

    body: dict[str, Any]
    failed: bool


@pytest.fixture(scope="module")
def lambda_(local_aws: LocalAws) -> Any:
    """A client, with the sample as version 1 and a handler that fails on demand as version 2."""
    lambda_ = client(local_aws.url, "lambda")
    create_function(lambda_, PYTHONS, "def handler(event, context): raise KeyError('id')")
    lambda_.create_function(
        FunctionName=NAME,
        Runtime=runtime_of(Runtime.NODE).name,
        Role=lambda_.get_function_configuration(FunctionName=PYTHONS)["Role"],
        Handler=handler_of(settings_of(NAME)),
        Timeout=1,
        Code={"ZipFile": candidates.zipped(ROOT, NAME, {})},
        Environment={"Variables": {"PATCHBAY_RESPONSE_TYPE": "STRING_MAP", "POWERTOOLS_SERVICE_NAME": NAME}},
    )
    lambda_.publish_version(FunctionName=NAME)
    for source in (RAISING, AT_ONCE):
        lambda_.update_function_code(
            FunctionName=NAME, ZipFile=candidates.zipped(ROOT, NAME, {"handler": source})
        )
        lambda_.publish_version(FunctionName=NAME)
    return lambda_


def invoke(lambda_: Any, version: str, event: dict[str, Any], name: str = NAME) -> Reply:
    answer = lambda_.invoke(FunctionName=name, Qualifier=version, Payload=json.dumps(event).encode())
    return Reply(json.loads(answer["Payload"].read()), "FunctionError" in answer)


def does(what: str, contact: str) -> dict[str, Any]:
    return contact_event({"does": what}, ContactId=contact)


def facts(aws: LocalAws, contact: str) -> list[Fact]:
    """What a release reads of the one invocation for this contact."""
    events = client(aws.url, "logs").filter_log_events(logGroupName=f"/aws/lambda/{NAME}")["events"]
    streams = {line["logStreamName"] for line in events if contact in line["message"]}
    (stream,) = streams
    found = (
        parse(line["message"], stream, time.time()) for line in events if line["logStreamName"] == stream
    )
    return [line.fact for line in found if line]


def test_the_sample_answers_as_its_twin_in_python(lambda_: Any) -> None:
    event = recorded_events(NAME)["voice"]
    assert invoke(lambda_, "1", event) == Reply(in_python("tutorial", event), failed=False)


def test_an_invocation_leaves_the_lines_that_releases_are_judged_by(
    local_aws: LocalAws, lambda_: Any
) -> None:
    invoke(lambda_, "1", contact_event({"companyName": "GGG"}, ContactId="contact-1"))
    begun, started, ended, report = facts(local_aws, "contact-1")
    assert isinstance(begun, Begun)
    assert begun.version == "1"
    assert started == Started(begun.request, "1", "contact-1")
    assert isinstance(ended, Ended)
    assert (ended.request, ended.version, ended.outcome) == (begun.request, "1", "ok")
    assert isinstance(report, Report)
    assert (report.request, report.failed) == (begun.request, False)


def test_what_a_handler_throws_is_told_with_its_class_and_keeps_the_environment(
    local_aws: LocalAws, lambda_: Any
) -> None:
    before = invoke(lambda_, "2", does("answer", "before"))
    failed = invoke(lambda_, "2", does("throw", "thrown"))
    after = invoke(lambda_, "2", does("answer", "after"))
    assert failed.failed
    assert failed.body["errorType"] == "HandlerFailed"
    assert failed.body["errorMessage"].startswith(f"TypeError at {NAME}/handler.mjs:")
    assert int(after.body["served"]) == int(before.body["served"]) + 2
    *_, ended, report = facts(local_aws, "thrown")
    assert isinstance(ended, Ended)
    assert ended.outcome == "raised"
    assert isinstance(report, Report)
    assert report.failed


@pytest.mark.parametrize(("event", "error_type"), [({}, "RangeError"), ({"name": ""}, "Error")])
def test_what_a_handler_throws_before_it_promises_anything_is_told_too(
    lambda_: Any, event: dict[str, Any], error_type: str
) -> None:
    failed = invoke(lambda_, "3", event)
    assert failed.failed
    assert (failed.body["errorType"], failed.body["errorMessage"]) == (error_type, "at once")


def test_a_python_function_tells_the_class_of_its_error_too(lambda_: Any) -> None:
    failed = invoke(lambda_, "$LATEST", {}, PYTHONS)
    assert (failed.body["errorType"], failed.body["errorMessage"]) == ("KeyError", "'id'")


def test_a_timeout_ends_the_environment_after_the_first_line(local_aws: LocalAws, lambda_: Any) -> None:
    began = time.monotonic()
    failed = invoke(lambda_, "2", does("sleep", "late"))
    assert 1 <= time.monotonic() - began < 5
    assert "Task timed out after 1.00 seconds" in failed.body["errorMessage"]
    assert [type(fact) for fact in facts(local_aws, "late")] == [Begun, Started, Report]
    assert invoke(lambda_, "2", does("answer", "next")).body["served"] == "1"


def test_an_environment_that_ends_fails_its_invocation_and_no_other(
    local_aws: LocalAws, lambda_: Any
) -> None:
    assert invoke(lambda_, "2", does("exit", "gone")).failed
    assert [type(fact) for fact in facts(local_aws, "gone")] == [Begun, Started, Report]
    assert not invoke(lambda_, "2", does("answer", "here")).failed


def test_it_runs_on_the_projects_own_node_of_the_version_that_is_deployed(lambda_: Any) -> None:
    told = invoke(lambda_, "2", does("answer", "which")).body
    assert Path(told["executable"]).is_relative_to(Path(sys.prefix).resolve())
    assert told["node"].split(".")[0] == f"v{runtime_of(Runtime.NODE).name.removeprefix('nodejs')[:2]}"


def test_latest_is_the_version_of_what_is_not_published(local_aws: LocalAws, lambda_: Any) -> None:
    invoke(lambda_, "$LATEST", does("answer", "latest"))
    lambda_.update_function_code(FunctionName=NAME, ZipFile=candidates.zipped(ROOT, NAME, {}))
    invoke(lambda_, "$LATEST", contact_event({}, ContactId="unpublished"))
    assert [fact.version for fact in facts(local_aws, "unpublished") if isinstance(fact, Started)] == [
        "$LATEST"
    ]
