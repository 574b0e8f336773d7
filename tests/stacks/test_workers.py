"""Functions of kind worker: who invokes them, how often a run is repeated, and what is left of a failure."""

import pytest
from aws_cdk.assertions import Match, Template

from tests.stacks.conftest import Templates
from tests.stacks.reading import WEST, allowed, function, logical_id


@pytest.fixture
def west(asking: Templates) -> Template:
    return asking[WEST]


def test_what_a_worker_cannot_do_waits_14_days_in_a_queue_of_its_own(west: Template) -> None:
    queue = logical_id(west, "SQS::Queue", "DoerDeadLetters")
    arn = {"Fn::GetAtt": [queue, "Arn"]}
    properties = west.find_resources("AWS::SQS::Queue")[queue]["Properties"]
    assert (properties["MessageRetentionPeriod"], properties["SqsManagedSseEnabled"]) == (1209600, True)
    west.resource_count_is("AWS::SQS::Queue", 2)
    west.resource_count_is("AWS::SQS::QueuePolicy", 2)
    west.all_resources_properties(
        "AWS::SQS::QueuePolicy",
        {
            "PolicyDocument": {
                "Statement": [
                    Match.object_like(
                        {"Effect": "Deny", "Condition": {"Bool": {"aws:SecureTransport": "false"}}}
                    )
                ]
            }
        },
    )
    assert function(west, "doer")["DeadLetterConfig"] == {"TargetArn": arn}
    assert "DeadLetterConfig" not in function(west, "asker")
    assert allowed(west, "DoerRole", "sqs") == {("sqs:SendMessage",): [arn]}


def test_lambda_may_write_to_the_queue_before_the_function_names_it(west: Template) -> None:
    found = west.find_resources(
        "AWS::Lambda::Function", {"Properties": {"FunctionName": "patchbay-local-doer"}}
    )
    (doer,) = found.values()
    role = doer["Properties"]["Role"]["Fn::GetAtt"][0]
    policies = west.find_resources("AWS::IAM::Role")[role]["Properties"]["Policies"]
    assert "sqs:SendMessage" in str(policies), "part of the role, so there with it"


def test_somebody_is_told_of_letters_in_the_queue(west: Template) -> None:
    queue = logical_id(west, "SQS::Queue", "DoerDeadLetters")
    west.has_resource_properties(
        "AWS::CloudWatch::Alarm",
        {
            "MetricName": "ApproximateNumberOfMessagesVisible",
            "Dimensions": [{"Name": "QueueName", "Value": {"Fn::GetAtt": [queue, "QueueName"]}}],
            "Threshold": 1,
            "TreatMissingData": "notBreaching",
            "AlarmActions": [{"Ref": logical_id(west, "SNS::Topic", "ReleasesNotices")}],
            "OKActions": [{"Ref": logical_id(west, "SNS::Topic", "ReleasesNotices")}],
            "AlarmDescription": Match.string_like_regexp("patchbay-local-doer in us-west-2.*Next: patchbay"),
        },
    )


@pytest.mark.parametrize(("name", "retries"), [("doer", 1), ("sweeper", 2)])
def test_the_alias_of_a_worker_says_how_often_a_run_is_repeated(
    west: Template, name: str, retries: int
) -> None:
    west.resource_count_is("AWS::Lambda::EventInvokeConfig", 2)
    alias = logical_id(west, "Lambda::EventInvokeConfig", f"{name.capitalize()}Live")
    config = west.find_resources("AWS::Lambda::EventInvokeConfig")[alias]
    assert config["Properties"] == {
        "FunctionName": {"Ref": logical_id(west, "Lambda::Function", f"{name.capitalize()}Function")},
        "Qualifier": "live",
        "MaximumRetryAttempts": retries,
        "MaximumEventAgeInSeconds": 3600,
    }
    assert config["DependsOn"][0].startswith(f"{name.capitalize()}Live")


def test_nobody_but_a_role_may_invoke_a_worker_and_no_instance_lists_it(asking: Templates) -> None:
    permissions = asking[WEST].find_resources("AWS::Lambda::Permission").values()
    assert not any("doer" in str(permission["Properties"]) for permission in permissions)
    (association,) = (
        asking["patchbay-local-connect-americas"].find_resources("Custom::LambdaAssociations").values()
    )
    assert not any("doer" in arn for arn in association["Properties"]["FunctionArns"])
    assert any("asker" in arn for arn in association["Properties"]["FunctionArns"])
