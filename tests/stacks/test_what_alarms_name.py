"""Every alarm and every saved query of every environment names what AWS knows, within what AWS takes."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from aws_cdk.assertions import Template

from patchbay import environments
from patchbay.limits import ALARM_RANGE_MAX_SECONDS, MATH_ALARM_METRICS_MAX, METRICS_INSIGHTS_ALARM_SECONDS
from tests.conftest import copy_project
from tests.monitoring.insights import OF_FLOW_LOG, OF_LAMBDA, unknown
from tests.monitoring.named import in_alarm, is_known
from tests.stacks.conftest import Templates

Synthesize = Callable[..., Templates]
HOUR_SECONDS = 3_600


@pytest.fixture(params=["local", "dev", "prod", "everything"])
def made(
    request: pytest.FixtureRequest, synthesized: Synthesize, tmp_path: Path
) -> tuple[set[str], Templates]:
    """The namespaces of an environment's own counts, and its templates; in every one there are functions."""
    if request.param == "everything":
        name, root = "local", request.getfixturevalue("everything")
    else:
        name, root = request.param, _with_functions(copy_project(tmp_path))
    environment = environments.load(name, root)
    own = {environment.names.flow_metrics(instance.name) for instance in environment.instances}
    return own, synthesized(name, root)


def _with_functions(root: Path) -> Path:
    """prod lists none of the samples."""
    prod = root / "environments/prod.toml"
    text = prod.read_text()
    assert "functions = []" in text
    prod.write_text(text.replace("functions = []", 'functions = ["tutorial", "customer_lookup"]'))
    return root


def _alarms(templates: Templates) -> Iterator[tuple[str, dict[str, Any]]]:
    for stack, template in templates.items():
        for name, alarm in template.find_resources("AWS::CloudWatch::Alarm").items():
            yield f"{stack} {name}", alarm["Properties"]


def test_every_metric_and_its_dimensions_are_documented_or_made_here(
    made: tuple[set[str], Templates],
) -> None:
    own, templates = made
    seen = set()
    for name, alarm in _alarms(templates):
        named = list(in_alarm(alarm))
        assert named, name
        assert [one for one in named if not any(is_known(one, namespace) for namespace in own)] == [], name
        seen |= {one[1] for one in named}
    assert {"Errors", "Duration", "Throttles", "ClaimedAccountConcurrency", "ContactFlowErrors"} <= seen


def test_an_alarm_looks_back_no_further_than_cloudwatch_does(made: tuple[set[str], Templates]) -> None:
    for name, alarm in _alarms(made[1]):
        periods = _periods(alarm)
        assert periods, name
        most = ALARM_RANGE_MAX_SECONDS[min(periods) >= HOUR_SECONDS]
        if any("SELECT" in query.get("Expression", "") for query in alarm.get("Metrics", ())):
            most = METRICS_INSIGHTS_ALARM_SECONDS
        assert max(periods) * alarm["EvaluationPeriods"] <= most, name
        assert alarm.get("DatapointsToAlarm", 1) <= alarm["EvaluationPeriods"], name


def test_an_alarm_on_metric_math_has_one_answer_a_period_for_all_and_ten_metrics_at_most(
    made: tuple[set[str], Templates],
) -> None:
    for name, alarm in _alarms(made[1]):
        queries = alarm.get("Metrics", [])
        assert sum("MetricStat" in query for query in queries) <= MATH_ALARM_METRICS_MAX, name
        assert not any("SEARCH" in query.get("Expression", "") for query in queries), name
        if queries:
            assert sum(query.get("ReturnData", True) for query in queries) == 1, name
            assert len(set(_periods(alarm))) == 1, name


def test_saved_queries_use_what_logs_insights_and_the_logs_have(made: tuple[set[str], Templates]) -> None:
    for stack, template in made[1].items():
        fields = OF_LAMBDA if "-functions-" in stack else OF_FLOW_LOG
        texts = [one["QueryString"] for one in _queries(template)]
        assert texts
        assert [unknown(text, fields) for text in texts] == [[]] * len(texts)


def test_every_query_on_a_flow_log_comes_after_its_log_group(made: tuple[set[str], Templates]) -> None:
    for stack, template in made[1].items():
        if "-connect-" in stack:
            group = next(iter(template.find_resources("Custom::FlowLogGroup")))
            queries = template.find_resources("AWS::Logs::QueryDefinition").values()
            assert all(group in query["DependsOn"] for query in queries)


def _queries(template: Template) -> list[dict[str, Any]]:
    return [one["Properties"] for one in template.find_resources("AWS::Logs::QueryDefinition").values()]


def _periods(alarm: dict[str, Any]) -> list[int]:
    """Of each metric, in seconds; a Metrics Insights query has one of its own."""
    if "Period" in alarm:
        return [alarm["Period"]]
    stats = [query.get("MetricStat", query) for query in alarm["Metrics"]]
    return [stat["Period"] for stat in stats if "Period" in stat]
