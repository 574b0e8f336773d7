"""Alarms of a Lambda Region's stack, and the topics that they notify."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from aws_cdk.assertions import Template

from patchbay.limits import STACK_RESOURCES_MAX
from tests.conftest import copy_project
from tests.stacks.conftest import Templates

Synthesize = Callable[..., Templates]
WEST, EAST = "patchbay-local-functions-us-west-2", "patchbay-local-functions-us-east-1"
TOPIC = "arn:aws:sns:{region}:000000000000:{name}"


def alarms(template: Template) -> dict[str, dict[str, Any]]:
    """Those on functions and on dead-letter queues; the others are of releases."""
    found = template.find_resources("AWS::CloudWatch::Alarm")
    ours = {name: alarm["Properties"] for name, alarm in found.items()}
    return {name: alarm for name, alarm in ours.items() if "Next: patchbay" in alarm["AlarmDescription"]}


def actions(template: Template) -> list[Any]:
    """Whom they notify, each once."""
    told: list[Any] = []
    for alarm in alarms(template).values():
        assert alarm["AlarmActions"] == alarm["OKActions"]
        told += [action for action in alarm["AlarmActions"] if action not in told]
    return told


def test_every_function_has_its_alarm_in_each_of_its_regions(local: Templates) -> None:
    for stack in (WEST, EAST):
        found = alarms(local[stack])
        watched = [_first_function(alarm) for name, alarm in found.items() if "Monitoring" not in name]
        functions = [
            name
            for function in local[stack].find_resources("AWS::Lambda::Function").values()
            if (name := function["Properties"].get("FunctionName"))
        ]
        assert functions
        assert sorted(watched) == sorted(functions)
        assert sum("Monitoring" in name for name in found) == 2, "throttles, and concurrency"


def _first_function(alarm: dict[str, Any]) -> str:
    """Of those that its metrics name."""
    stat = next(query["MetricStat"] for query in alarm["Metrics"] if "MetricStat" in query)
    dimensions = {one["Name"]: str(one["Value"]) for one in stat["Metric"]["Dimensions"]}
    return dimensions["FunctionName"]


def test_a_region_without_functions_has_none(synthesized: Synthesize) -> None:
    for name, template in synthesized("prod").items():
        if "-functions-" in name:
            assert alarms(template) == {}


def test_without_a_topic_in_the_file_the_stacks_own_is_told(local: Templates) -> None:
    topics = local[WEST].find_resources("AWS::SNS::Topic")
    assert actions(local[WEST]) == [{"Ref": name} for name in topics]


@pytest.fixture
def named(tmp_path: Path) -> Path:
    """A project whose environment local names a topic for one Region, and one of its instance's Region."""
    root = copy_project(tmp_path)
    file = root / "environments" / "local.toml"
    west = TOPIC.format(region="us-west-2", name="on-call")
    mine = TOPIC.format(region="us-east-1", name="contact-centre")
    text = file.read_text().replace(
        "[release]", f'[region_groups.americas.alarm_topics]\nus-west-2 = "{west}"\n\n[release]'
    )
    file.write_text(text.replace('alias = "', f'alarm_topic_arn = "{mine}"\nalias = "'))
    return root


def test_a_topic_of_the_group_or_else_the_instances_is_told(synthesized: Synthesize, named: Path) -> None:
    templates = synthesized("local", named)
    assert actions(templates[WEST]) == [TOPIC.format(region="us-west-2", name="on-call")]
    assert actions(templates[EAST]) == [TOPIC.format(region="us-east-1", name="contact-centre")]


def test_66_functions_fit_into_the_stack_of_a_region(local: Templates) -> None:
    """More than Connect's quota gives an instance. Without tables, with one instance and one time limit."""
    resources = local[WEST].to_json()["Resources"]
    functions = [
        one["Properties"]["FunctionName"].removeprefix("patchbay-local-")
        for one in resources.values()
        if one["Type"] == "AWS::Lambda::Function" and "FunctionName" in one["Properties"]
    ]
    of_a_function = [name for name in resources if name.startswith("Tutorial")]
    assert len(of_a_function) == 7, of_a_function
    tables = sum(one["Type"] == "AWS::DynamoDB::GlobalTable" for one in resources.values())
    shared = len(resources) - len(functions) * len(of_a_function) - tables
    throttle_alarms, policies_of_the_step = 66 // 10, 2
    assert shared + 66 * len(of_a_function) + throttle_alarms + policies_of_the_step <= STACK_RESOURCES_MAX


def test_queries_on_the_functions_of_a_region_read_their_log_groups(local: Templates) -> None:
    for stack in (WEST, EAST):
        groups = set(local[stack].find_resources("AWS::Logs::LogGroup"))
        queries = [
            one["Properties"] for one in local[stack].find_resources("AWS::Logs::QueryDefinition").values()
        ]
        named = {query["Name"].removeprefix("patchbay/patchbay-local/functions/") for query in queries}
        assert {"slowest runs", "runs of 3 s and longer"} <= named
        for query in queries:
            assert {group["Ref"] for group in query["LogGroupNames"]} <= groups
