"""Alarms on the embedded AWS go off as CloudWatch's do: by their own metric, or by math over several."""

import inspect
import json
from typing import Any

import pytest
from ministack.services import cloudwatch, lambda_svc
from ministack.services.cloudformation import provisioners

from patchbay.local.process import LocalAws
from tests.local import stacks
from tests.local.embedded import client, local_aws
from tests.local.processes import until
from tests.local.stacks import Stack

__all__ = ["local_aws"]

stack = stacks.stack

FIRING = {
    "EvaluationPeriods": 1,
    "Threshold": 1,
    "ComparisonOperator": "GreaterThanOrEqualToThreshold",
    "TreatMissingData": "notBreaching",
}


@pytest.mark.parametrize(
    ("function", "parameters"),
    [
        (provisioners._cw_metric_alarm_record, ["name", "props"]),
        (cloudwatch._evaluate_alarm, ["alarm"]),
        (cloudwatch._evaluate_all_alarms, []),
        (cloudwatch._describe_alarms, ["params", "cbor_data", "is_cbor", "is_json"]),
        (cloudwatch._dims_from_list, ["dimensions"]),
        (cloudwatch._dims_key, ["dims"]),
        (cloudwatch._stat_value, ["stats", "stat_name", "points"]),
        (cloudwatch._calc_stats, ["points"]),
        (cloudwatch._evaluate_parent_alarms, ["child", "seen"]),
        (cloudwatch._dispatch_alarm_actions, ["alarm", "old_state", "new_state", "reason"]),
    ],
)
def test_a_hooked_function_takes_what_patchbay_gives_it(function: Any, parameters: list[str]) -> None:
    assert list(inspect.signature(function).parameters) == parameters


def test_ministack_uses_the_hooked_functions_by_their_module_names() -> None:
    assert "_evaluate_all_alarms()" in inspect.getsource(cloudwatch._put_metric_data)
    assert "_evaluate_alarm(alarm)" in inspect.getsource(cloudwatch._evaluate_all_alarms)
    assert "_cw_metric_alarm_record(name, props)" in inspect.getsource(provisioners._cw_metric_alarm_put)
    assert '"DescribeAlarms": _describe_alarms' in inspect.getsource(cloudwatch.handle_request)
    read = "_dims_key(req_dims) if req_dims else None"
    assert read in inspect.getsource(cloudwatch._get_metric_data)
    assert read in inspect.getsource(cloudwatch._get_metric_statistics)
    assert isinstance(lambda_svc._ACCOUNT_CONCURRENCY_CAP, int)


def template(**alarms: dict[str, Any]) -> str:
    resources = {
        name: {"Type": "AWS::CloudWatch::Alarm", "Properties": {**FIRING, **properties}}
        for name, properties in alarms.items()
    }
    outputs = {name: {"Value": {"Ref": name}} for name in alarms}
    return json.dumps({"Resources": resources, "Outputs": outputs})


def metric(name: str, **dimensions: str) -> dict[str, Any]:
    named = [{"Name": key, "Value": value} for key, value in dimensions.items()]
    return {"Namespace": "Ours", "MetricName": name, "Dimensions": named}


def queried(id_: str, name: str) -> dict[str, Any]:
    stat = {"Metric": metric(name), "Period": 300, "Stat": "Sum"}
    return {"Id": id_, "MetricStat": stat, "ReturnData": False}


def put(aws: LocalAws, name: str, value: float = 1, **dimensions: str) -> None:
    datum = {**metric(name, **dimensions), "Value": value}
    client(aws.url, "cloudwatch").put_metric_data(Namespace=datum.pop("Namespace"), MetricData=[datum])


def states(aws: LocalAws, stack: Stack) -> dict[str, str]:
    found = client(aws.url, "cloudwatch").describe_alarms()["MetricAlarms"]
    names = {name: key for key, name in stack.outputs().items()}
    return {names[one["AlarmName"]]: one["StateValue"] for one in found if one["AlarmName"] in names}


def test_an_alarm_goes_off_by_the_metric_with_its_dimensions_alone(local_aws: LocalAws, stack: Stack) -> None:
    each = {"Statistic": "Sum", "Period": 300}
    alarms = {
        "One": {**metric("Errors", Function="one"), **each},
        "Two": {**metric("Errors", Function="two"), **each},
        "All": {**metric("Errors"), **each},
    }
    stack.create(template(**alarms))
    assert set(states(local_aws, stack).values()) == {"OK"}
    put(local_aws, "Errors", Function="one")
    assert states(local_aws, stack) == {"One": "ALARM", "Two": "OK", "All": "OK"}


def test_an_alarm_on_metric_math_goes_off_and_goes_with_its_stack(local_aws: LocalAws, stack: Stack) -> None:
    share = {"Id": "share", "Expression": "IF(total >= 4, 100 * failed / total, 0)", "ReturnData": True}
    alarm = {"Metrics": [share, queried("total", "Total"), queried("failed", "Failed")], "Threshold": 50}
    stack.create(template(Share=alarm))
    put(local_aws, "Total", 3)
    put(local_aws, "Failed", 2)
    assert states(local_aws, stack) == {"Share": "OK"}
    put(local_aws, "Total", 1)
    assert states(local_aws, stack) == {"Share": "ALARM"}
    stack.update(template(Share={**alarm, "Threshold": 60}))
    assert states(local_aws, stack) == {"Share": "OK"}
    name = stack.outputs()["Share"]
    (found,) = client(local_aws.url, "cloudwatch").describe_alarms(AlarmNames=[name])["MetricAlarms"]
    assert [query["Id"] for query in found["Metrics"]] == ["share", "total", "failed"]
    assert "MetricName" not in found
    stack.delete()
    assert client(local_aws.url, "cloudwatch").describe_alarms(AlarmNames=[name])["MetricAlarms"] == []


def test_an_alarm_on_a_query_adds_up_what_it_selects(local_aws: LocalAws, stack: Stack) -> None:
    text = "SELECT SUM(Dropped) FROM \"Ours\" WHERE Instance = 'mine'"
    query = {"Id": "q", "Expression": text, "Period": 300, "ReturnData": True}
    stack.create(template(Query={"Metrics": [query], "Threshold": 2}))
    put(local_aws, "Dropped", Instance="other", Flow="first")
    put(local_aws, "Dropped", Instance="mine", Flow="first")
    assert states(local_aws, stack) == {"Query": "OK"}
    put(local_aws, "Dropped", Instance="mine", Flow="second")
    assert states(local_aws, stack) == {"Query": "ALARM"}


def test_math_that_the_embedded_aws_does_not_know_fails_the_deploy_with_its_words(stack: Stack) -> None:
    unknown = {"Id": "e", "Expression": "RATE(total)", "ReturnData": True}
    with pytest.raises(Exception, match="terminal failure"):
        stack.create(template(Unknown={"Metrics": [unknown, queried("total", "Total")]}))
    assert "the embedded AWS does not know 'RATE(total)'" in stack.reasons()


def test_the_topic_is_told_when_an_alarm_goes_off_and_when_it_is_over(
    local_aws: LocalAws, stack: Stack
) -> None:
    sns, sqs = client(local_aws.url, "sns"), client(local_aws.url, "sqs")
    topic = sns.create_topic(Name="told")["TopicArn"]
    queue = sqs.create_queue(QueueName="told")["QueueUrl"]
    arn = sqs.get_queue_attributes(QueueUrl=queue, AttributeNames=["QueueArn"])["Attributes"]["QueueArn"]
    may = {"Effect": "Allow", "Principal": "*", "Action": "sqs:SendMessage", "Resource": arn}
    policy = json.dumps({"Version": "2012-10-17", "Statement": [may]})
    sqs.set_queue_attributes(QueueUrl=queue, Attributes={"Policy": policy})
    sns.subscribe(TopicArn=topic, Protocol="sqs", Endpoint=arn)
    told = {"AlarmActions": [topic], "OKActions": [topic], "Statistic": "Sum", "Period": 300}
    stack.create(template(Told={**metric("Heard"), **told}))
    put(local_aws, "Heard", 1)
    put(local_aws, "Heard", -1)
    heard: list[str] = []

    def everything() -> bool:
        messages = sqs.receive_message(QueueUrl=queue, MaxNumberOfMessages=10).get("Messages", [])
        heard.extend(json.loads(json.loads(one["Body"])["Message"])["NewStateValue"] for one in messages)
        return len(heard) == 3

    assert until(everything)
    assert sorted(heard) == ["ALARM", "OK", "OK"]
