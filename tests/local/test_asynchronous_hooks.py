"""Asynchronous invocations on the embedded AWS: repeated as the alias says, then a letter for somebody."""

import inspect
import json
from typing import Any

import pytest
from ministack.services import lambda_svc, sqs
from ministack.services.cloudformation import provisioners

from patchbay.local.process import LocalAws
from tests.local import stacks
from tests.local.embedded import ACCOUNT, INSTANCE, client, create_function, publish
from tests.local.processes import until
from tests.local.stacks import Stack

stack = stacks.stack

FAILING = """
def handler(event, context):
    print("asked for", event["search"])
    raise ValueError("no such order")
"""
TLS_ONLY = {
    "Version": "2012-10-17",
    "Statement": [
        {
            "Effect": "Deny",
            "Principal": {"AWS": "*"},
            "Action": "sqs:*",
            "Resource": "*",
            "Condition": {"Bool": {"aws:SecureTransport": "false"}},
        }
    ],
}


@pytest.mark.parametrize(
    ("function", "parameters"),
    [
        (lambda_svc.invoke_async_with_retry, ["func", "event"]),
        (lambda_svc._route_async_failure, ["target_arn", "func_name", "event", "result"]),
        (sqs._queue_by_arn, ["arn"]),
        (sqs._queue_url, ["name"]),
        (sqs._act_send_message, ["data", "qurl"]),
    ],
)
def test_a_hooked_function_takes_what_patchbay_gives_it(function: Any, parameters: list[str]) -> None:
    assert list(inspect.signature(function).parameters) == parameters


def test_ministack_reads_settings_of_asynchronous_runs_off_the_record_that_it_invokes() -> None:
    source = inspect.getsource(lambda_svc.invoke_async_with_retry)
    assert 'func.get("event_invoke_config")' in source
    assert "_route_async_failure(on_failure_arn, fn_name, event, last_result)" in source
    assert "invoke_async_with_retry(exec_record, event)" in inspect.getsource(lambda_svc._invoke)
    assert "event_invoke_configs" in inspect.getsource(lambda_svc._put_event_invoke_config)


def test_ministack_provisions_a_function_from_properties_in_these_places() -> None:
    function = provisioners._RESOURCE_HANDLERS["AWS::Lambda::Function"]
    assert list(inspect.signature(function["create"]).parameters)[1] == "props"
    assert list(inspect.signature(function["update"]).parameters)[2] == "new_props"


@pytest.fixture
def queue(local_aws: LocalAws) -> str:
    """A queue that takes requests over TLS only; gives its URL."""
    made = client(local_aws.url, "sqs").create_queue(
        QueueName="dead-letters", Attributes={"Policy": json.dumps(TLS_ONLY), "SqsManagedSseEnabled": "true"}
    )
    return str(made["QueueUrl"])


def test_an_event_that_fails_is_repeated_as_often_as_its_alias_says_and_then_becomes_a_letter(
    local_aws: LocalAws, queue: str
) -> None:
    lambda_ = client(local_aws.url, "lambda")
    sqs_ = client(local_aws.url, "sqs")
    arn = sqs_.get_queue_attributes(QueueUrl=queue, AttributeNames=["QueueArn"])["Attributes"]["QueueArn"]
    create_function(lambda_, "worker", "def handler(event, context): return {}")
    lambda_.update_function_configuration(FunctionName="worker", DeadLetterConfig={"TargetArn": arn})
    lambda_.publish_version(FunctionName="worker")
    failing = publish(lambda_, "worker", FAILING)
    publish(lambda_, "worker", "def handler(event, context): return {}")
    lambda_.create_alias(FunctionName="worker", Name="live", FunctionVersion=failing)
    lambda_.put_function_event_invoke_config(
        FunctionName="worker", Qualifier="live", MaximumRetryAttempts=1, MaximumEventAgeInSeconds=60
    )
    asked = {"search": "C-1002"}
    answer = lambda_.invoke(
        FunctionName="worker", Qualifier="live", InvocationType="Event", Payload=json.dumps(asked)
    )
    assert answer["StatusCode"] == 202
    letters: list[Any] = []

    def received() -> bool:
        letters.extend(
            sqs_.receive_message(QueueUrl=queue, MessageAttributeNames=["All"]).get("Messages", [])
        )
        return bool(letters)

    assert until(received)
    (letter,) = letters
    assert json.loads(letter["Body"]) == asked
    said = {name: value["StringValue"] for name, value in letter["MessageAttributes"].items()}
    assert said == {"ErrorCode": "200", "ErrorMessage": "no such order"}
    assert runs(local_aws, "worker") == 2, "of the alias's version, first and once more"


def test_a_stack_gives_a_function_its_dead_letter_queue_and_takes_it_away(
    local_aws: LocalAws, stack: Stack
) -> None:
    lambda_ = client(local_aws.url, "lambda")
    stack.create(template("one"))
    assert dead_letters(lambda_) == f"arn:aws:sqs:{INSTANCE.region}:{ACCOUNT}:one"
    stack.update(template("two"))
    assert dead_letters(lambda_) == f"arn:aws:sqs:{INSTANCE.region}:{ACCOUNT}:two"
    stack.update(template(None))
    assert dead_letters(lambda_) is None


def template(queue: str | None) -> str:
    properties: dict[str, Any] = {
        "FunctionName": "templated",
        "Runtime": "python3.13",
        "Handler": "index.handler",
        "Role": f"arn:aws:iam::{ACCOUNT}:role/nothing",
        "Code": {"ZipFile": "def handler(event, context): return {}"},
    }
    resources = {"Function": {"Type": "AWS::Lambda::Function", "Properties": properties}}
    for name in ("one", "two"):
        resources[name] = {"Type": "AWS::SQS::Queue", "Properties": {"QueueName": name}}
    if queue:
        properties["DeadLetterConfig"] = {"TargetArn": {"Fn::GetAtt": [queue, "Arn"]}}
    return json.dumps({"Resources": resources})


def dead_letters(lambda_: Any) -> str | None:
    config = lambda_.get_function_configuration(FunctionName="templated")
    arn: str | None = config.get("DeadLetterConfig", {}).get("TargetArn")
    return arn


def runs(aws: LocalAws, name: str) -> int:
    lines = client(aws.url, "logs").filter_log_events(logGroupName=f"/aws/lambda/{name}")["events"]
    return sum("asked for C-1002" in line["message"] for line in lines)
