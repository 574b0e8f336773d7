"""What the release controller of a Lambda Region leaves for people: reports, alarms, a topic."""

from collections.abc import Callable

import pytest
from aws_cdk.assertions import Match, Template

from patchbay.local import metric_math
from tests.stacks.conftest import Templates

Synthesize = Callable[..., Templates]
WEST = "patchbay-local-functions-us-west-2"


@pytest.fixture
def west(local: Templates) -> Template:
    return local[WEST]


def test_every_region_has_one_also_without_functions_or_canaries(synthesized: Synthesize) -> None:
    for environment, stacks in (("local", 2), ("dev", 1), ("prod", 2)):
        templates = [t for name, t in synthesized(environment).items() if "-functions-" in name]
        assert len(templates) == stacks
        for template in templates:
            template.resource_count_is("AWS::StepFunctions::StateMachine", 1)
            assert {"ReleaseReports", "ReleaseNotices"} <= template.to_json()["Outputs"].keys()


def test_reports_are_private_encrypted_kept_for_400_days_and_survive_the_stack(west: Template) -> None:
    west.has_resource(
        "AWS::S3::Bucket",
        {
            "Properties": {
                "BucketEncryption": Match.any_value(),
                "PublicAccessBlockConfiguration": {
                    name: True
                    for name in (
                        "BlockPublicAcls",
                        "BlockPublicPolicy",
                        "IgnorePublicAcls",
                        "RestrictPublicBuckets",
                    )
                },
                "LifecycleConfiguration": {"Rules": [{"ExpirationInDays": 400, "Status": "Enabled"}]},
            },
            "DeletionPolicy": "RetainExceptOnCreate",
        },
    )


def test_an_alarm_for_each_release_that_needs_somebody_notifies_the_topic(west: Template) -> None:
    topic = next(iter(west.find_resources("AWS::SNS::Topic")))
    every = [alarm["Properties"] for alarm in west.find_resources("AWS::CloudWatch::Alarm").values()]
    alarms = [one for one in every if "Next: patchbay" not in one["AlarmDescription"]]
    simple = {
        (one["Namespace"], one["MetricName"], one["Statistic"]) for one in alarms if "MetricName" in one
    }
    assert simple == {("Patchbay/Releases", "RolledBack", "Sum"), ("Patchbay/Releases", "Stuck", "Sum")}
    (math,) = [one["Metrics"] for one in alarms if "Metrics" in one]
    counted = {query["MetricStat"]["Metric"]["MetricName"] for query in math if "MetricStat" in query}
    assert counted == {"ExecutionsFailed", "ExecutionsTimedOut", "ExecutionsAborted"}
    for id_ in (query["Id"] for query in math if "MetricStat" in query):
        values = {id_: 1.0}
        assert metric_math.evaluate(math[0]["Expression"], values.get, values.get) == 1
    for alarm in alarms:
        assert alarm["AlarmActions"] == [{"Ref": topic}]
        assert (alarm["Threshold"], alarm["TreatMissingData"]) == (1, "notBreaching")


def test_alarms_of_this_account_may_publish_although_the_topic_has_a_policy_of_its_own(
    west: Template,
) -> None:
    west.has_resource_properties(
        "AWS::SNS::TopicPolicy",
        {
            "PolicyDocument": {
                "Statement": Match.array_with(
                    [
                        Match.object_like(
                            {
                                "Action": "sns:Publish",
                                "Effect": "Allow",
                                "Principal": {"Service": "cloudwatch.amazonaws.com"},
                                "Condition": Match.object_like(
                                    {"StringEquals": {"aws:SourceAccount": "000000000000"}}
                                ),
                            }
                        )
                    ]
                )
            }
        },
    )
