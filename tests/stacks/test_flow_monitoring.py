"""What watches a Connect instance, in its Region and account."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import aws_cdk as cdk
import pytest
from aws_cdk.assertions import Match, Template

from patchbay.config import Environment
from patchbay.limits import TEMPLATE_MAX_BYTES
from patchbay.monitoring import flow_metrics
from stacks.components.flow_monitoring import FlowMonitoring
from tests import few_samples
from tests.monitoring.test_dashboard import with_functions
from tests.stacks.conftest import UNSTAGED, Templates, statements
from tests.stacks.test_templates import linted

Synthesize = Callable[..., Templates]
GROUP = "/aws/connect/patchbay-local"
NAMESPACE = "Patchbay/patchbay-local/americas"
TOPIC = "arn:aws:sns:us-east-1:000000000000:on-call"


@pytest.fixture
def connect(local: Templates) -> Template:
    return local["patchbay-local-connect-americas"]


def test_the_log_group_is_ensured_with_rights_on_it_alone(connect: Template) -> None:
    connect.has_resource_properties("Custom::FlowLogGroup", {"LogGroupName": GROUP, "RetentionDays": 90})
    arn = f"arn:aws:logs:us-east-1:000000000000:log-group:{GROUP}"
    found = statements(connect, "MonitoringLogGroupProviderRole")
    (ours,) = [one for one in found if "logs:CreateLogGroup" in one["Action"]]
    assert ours["Action"] == ["logs:CreateLogGroup", "logs:PutRetentionPolicy"]
    assert ours["Resource"] == [arn, f"{arn}:*"]


def test_filters_come_after_the_group_and_count_with_and_without_the_function(connect: Template) -> None:
    group = next(iter(connect.find_resources("Custom::FlowLogGroup")))
    filters = connect.find_resources("AWS::Logs::MetricFilter").values()
    assert all(group in one["DependsOn"] for one in filters)
    made = [(one["Properties"]["FilterPattern"], *_counted(one["Properties"])) for one in filters]
    by_function = {"Key": "FunctionArn", "Value": "$.Parameters.FunctionArn"}
    assert sorted(made, key=str) == sorted(
        [
            (pattern, {"MetricName": name, **rest})
            for name, pattern in flow_metrics.PATTERNS.items()
            for rest in ({"DefaultValue": 0}, {"Dimensions": [by_function]})
        ],
        key=str,
    )


def _counted(properties: dict[str, Any]) -> list[dict[str, Any]]:
    common = {"MetricNamespace": NAMESPACE, "MetricValue": "1", "Unit": "Count"}
    (made,) = properties["MetricTransformations"]
    assert common.items() <= made.items()
    return [{key: value for key, value in made.items() if key not in common}]


def test_without_a_topic_alarms_tell_nobody(connect: Template) -> None:
    alarms = connect.find_resources("AWS::CloudWatch::Alarm")
    assert len(alarms) == 4
    for alarm in alarms.values():
        assert not {"AlarmActions", "OKActions", "AlarmName"} & alarm["Properties"].keys()
        assert alarm["Properties"]["TreatMissingData"] == "notBreaching"


def test_the_topic_hears_when_an_alarm_begins_and_when_it_is_over(
    synthesized: Synthesize, edit: Callable[[str, str, str], Path]
) -> None:
    key = 'alias = "patchbay-local"'
    root = edit("environments/local.toml", key, f'{key}\nalarm_topic_arn = "{TOPIC}"')
    connect = synthesized("local", root)["patchbay-local-connect-americas"]
    for alarm in connect.find_resources("AWS::CloudWatch::Alarm").values():
        assert alarm["Properties"]["AlarmActions"] == [TOPIC]
        assert alarm["Properties"]["OKActions"] == [TOPIC]
    assert linted(connect, "us-east-1") == []


def test_a_share_alarm_adds_up_an_hour_of_both_counts(connect: Template) -> None:
    connect.has_resource_properties(
        "AWS::CloudWatch::Alarm",
        {
            "EvaluationPeriods": 1,
            "Metrics": Match.array_with(
                [
                    {
                        "Id": id_,
                        "MetricStat": {
                            "Metric": {"MetricName": name, "Namespace": NAMESPACE},
                            "Period": 3600,
                            "Stat": "Sum",
                        },
                        "ReturnData": False,
                    }
                    for id_, name in (("total", "LambdaBlocks"), ("failed", "LambdaBlocksFailed"))
                ]
            ),
        },
    )


def test_queries_are_in_the_instances_folder_and_on_its_flow_log(connect: Template) -> None:
    queries = [one["Properties"] for one in connect.find_resources("AWS::Logs::QueryDefinition").values()]
    folder = "patchbay/patchbay-local/americas/"
    assert all(query["Name"].startswith(folder) for query in queries)
    assert all(query["LogGroupNames"] == [GROUP] for query in queries)
    assert {query["Name"].removeprefix(folder) for query in queries} == {
        "errors by function and reason",
        "access denied",
        "contacts longest in flows",
        "path of one contact",
    }


def test_the_stack_says_where_its_dashboard_is(connect: Template) -> None:
    dashboard = next(iter(connect.find_resources("AWS::CloudWatch::Dashboard")))
    (output,) = connect.find_outputs("*", {"Value": {"Fn::Join": Match.any_value()}}).values()
    assert output["Value"]["Fn::Join"][1] == [
        "https://console.aws.amazon.com/cloudwatch/home?region=us-east-1#dashboards:name=",
        {"Ref": dashboard},
    ]


def test_an_instance_without_functions_is_watched_too(synthesized: Synthesize) -> None:
    connect = synthesized("prod")["patchbay-prod-connect-europe"]
    connect.resource_count_is("AWS::Logs::MetricFilter", 4)
    connect.resource_count_is("AWS::CloudWatch::Alarm", 4)
    connect.resource_count_is("AWS::Logs::QueryDefinition", 4)
    connect.resource_count_is("AWS::CloudWatch::Dashboard", 1)


@pytest.mark.parametrize("count", [100, 300])
def test_the_stack_of_very_many_functions_is_a_template_that_cloudformation_takes(
    count: int, tmp_path: Path
) -> None:
    environment = with_functions(few_samples.load("local"), count)
    template = _watched(environment, tmp_path)
    assert len(json.dumps(template.to_json())) < TEMPLATE_MAX_BYTES * 2 / 3


def _watched(environment: Environment, out: Path) -> Template:
    instance = environment.instances[0]
    stack = cdk.Stack(
        cdk.App(outdir=str(out), context=UNSTAGED),
        "Stack",
        env=cdk.Environment(account=instance.arn.account, region=instance.arn.region),
    )
    FlowMonitoring(stack, "Monitoring", environment=environment, instance=instance)
    return Template.from_stack(stack)
