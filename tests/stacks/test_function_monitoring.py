"""Alarms of a Lambda Region's stack, and the topics that they notify."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from aws_cdk.assertions import Template

from tests.conftest import copy_project
from tests.stacks.conftest import Templates

Synthesize = Callable[..., Templates]
WEST, EAST = "patchbay-local-functions-us-west-2", "patchbay-local-functions-us-east-1"
TOPIC = "arn:aws:sns:{region}:000000000000:{name}"


def alarms(template: Template) -> dict[str, dict[str, Any]]:
    """Those on functions; the others are of releases and of dead-letter queues."""
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


def test_every_function_has_its_alarms_in_each_of_its_regions(local: Templates) -> None:
    for stack in (WEST, EAST):
        found = alarms(local[stack]).values()
        watched = {
            (alarm["Dimensions"][0]["Value"], alarm["MetricName"]) for alarm in found if "MetricName" in alarm
        }
        functions = {
            name
            for function in local[stack].find_resources("AWS::Lambda::Function").values()
            if (name := function["Properties"].get("FunctionName"))
        }
        assert functions
        assert watched == {(f, metric) for f in functions for metric in ("Errors", "Duration")}
        assert sum("Metrics" in alarm for alarm in found) == 2, "throttles, and concurrency"


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


def test_fifty_functions_fit_into_the_stack_of_a_region(local: Templates) -> None:
    """As many as Connect's quota gives an instance; CloudFormation takes 500 resources."""
    resources = local[WEST].to_json()["Resources"]
    functions = len(
        [
            one
            for one in resources.values()
            if "patchbay-local-" in str(one["Properties"].get("FunctionName"))
            and one["Type"] == "AWS::Lambda::Function"
        ]
    )
    of_a_function = sum(name.startswith("Tutorial") for name in resources)
    shared = len(resources) - functions * of_a_function
    assert shared + 50 * of_a_function + 50 // 10 <= 500


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
