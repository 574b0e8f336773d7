"""What a dashboard shows, and that CloudWatch takes it."""

import json
from typing import Any

import pytest

from patchbay.arns import InstanceArn
from patchbay.config import Environment
from patchbay.functions import Kind
from patchbay.limits import (
    DASHBOARD_METRICS_MAX,
    DASHBOARD_WIDGETS_MAX,
    TEMPLATE_MAX_BYTES,
    WIDGET_METRICS_MAX,
)
from patchbay.monitoring import dashboard
from tests import few_samples
from tests.monitoring.named import graphs, is_known

INSTANCE = "arn:aws:connect:us-east-1:444455556666:instance/11111111-2222-3333-4444-555555555555"


@pytest.mark.parametrize("name", ["local", "dev", "prod"])
def test_every_metric_is_documented_or_made_by_the_filters(name: str) -> None:
    environment = few_samples.load(name)
    if not environment.functions:
        environment = _with_samples(environment)
    for instance in environment.instances:
        namespace = environment.names.flow_metrics(instance.name)
        named = list(graphs(dashboard.body(environment, instance)))
        assert named
        assert [one for one in named if not is_known(one, namespace)] == []


def _with_samples(environment: Environment) -> Environment:
    """prod lists none of its own."""
    samples = few_samples.load("local").functions
    instances = tuple(one.model_copy(update={"functions": tuple(samples)}) for one in environment.instances)
    return environment.model_copy(update={"functions": samples, "instances": instances})


def test_every_widget_names_its_region_and_lies_on_the_grid() -> None:
    taken: set[tuple[int, int]] = set()
    for widget in _body(few_samples.load("local"))["widgets"]:
        assert widget["type"] == "text" or widget["properties"]["region"] in ("us-west-2", "us-east-1")
        cells = {
            (x, y)
            for x in range(widget["x"], widget["x"] + widget["width"])
            for y in range(widget["y"], widget["y"] + widget["height"])
        }
        assert not cells & taken
        assert all(x < 24 for x, _ in cells)
        taken |= cells


def test_each_function_has_its_graphs_in_every_region_the_one_with_the_calls_first() -> None:
    titles = _titles(_body(few_samples.load("local")), "duration")
    assert titles == [
        f"{name} in {region}: duration"
        for region in ("us-west-2 (carries the calls)", "us-east-1 (fallback)")
        for name in few_samples.FUNCTIONS
    ]


def test_versions_are_drawn_apart_beside_what_callers_meet() -> None:
    calls = _widget(_body(few_samples.load("local")), "tutorial in us-west-2 (carries the calls): calls")
    alias = ["FunctionName", "patchbay-local-tutorial", "Resource", "patchbay-local-tutorial:live"]
    *totals, versions = calls["metrics"]
    assert [entry[:-1] for entry in totals] == [
        ["AWS/Lambda", name, *alias] for name in ("Invocations", "Errors", "Throttles")
    ]
    assert versions[0]["expression"] == (
        "SEARCH('{AWS/Lambda,ExecutedVersion,FunctionName,Resource} "
        'MetricName="Errors" FunctionName="patchbay-local-tutorial"\', \'Sum\', 300)'
    )


def test_the_time_limit_is_a_line_across_the_duration() -> None:
    duration = _widget(
        _body(few_samples.load("local")), "tutorial in us-west-2 (carries the calls): duration"
    )
    assert duration["stat"] == "p99"
    assert duration["annotations"]["horizontal"] == [{"value": 3000, "label": "the block's time limit, 3 s"}]


def test_functions_of_another_account_carry_it_and_the_text_says_what_is_needed() -> None:
    environment = few_samples.load("local")
    instance = environment.instances[0].model_copy(update={"arn": InstanceArn.parse(INSTANCE)})
    body = dashboard.body(environment, instance)
    calls = _widget(body, "tutorial in us-west-2 (carries the calls): calls")
    assert {entry[-1]["accountId"] for entry in calls["metrics"]} == {"000000000000"}
    flows = _widget(body, "Lambda blocks in flows")
    assert all("accountId" not in entry[-1] for entry in flows["metrics"])
    assert "cross-account observability" in body["widgets"][0]["properties"]["markdown"]
    assert "cross-account" not in _body(environment)["widgets"][0]["properties"]["markdown"]


def test_an_instance_without_functions_shows_its_flows_alone() -> None:
    environment = few_samples.load("prod")
    assert environment.instances[0].functions == ()
    assert len(_body(environment)["widgets"]) == 6


@pytest.mark.parametrize(("count", "left_out"), [(100, 0), (300, 600 - dashboard.MOST_SITES)])
def test_many_functions_stay_within_what_a_dashboard_has(count: int, left_out: int) -> None:
    body = _body(with_functions(few_samples.load("local"), count))
    metrics = [len(widget["properties"].get("metrics", ())) for widget in body["widgets"]]
    assert len(body["widgets"]) <= DASHBOARD_WIDGETS_MAX
    assert sum(metrics) <= DASHBOARD_METRICS_MAX
    assert max(metrics) <= WIDGET_METRICS_MAX
    markdown = body["widgets"][0]["properties"]["markdown"]
    assert (f"{left_out} graphs" in markdown) is bool(left_out)
    if not left_out:
        assert len(body["widgets"]) == 6 + count * 2 * 2


def with_functions(environment: Environment, count: int) -> Environment:
    """`count` flow functions with long names, all listed by the instance."""
    sample = environment.functions["tutorial"].model_copy(update={"kind": Kind.FLOW})
    names = [f"a_function_with_quite_a_long_name_{i:03}" for i in range(count)]
    functions = {name: sample.model_copy(update={"name": name}) for name in names}
    instance = environment.instances[0].model_copy(update={"functions": tuple(names)})
    return environment.model_copy(update={"functions": functions, "instances": (instance,)})


def test_the_body_of_a_hundred_functions_in_two_regions_is_less_than_half_a_template() -> None:
    body = _body(with_functions(few_samples.load("local"), 100))
    # Twice through JSON, as in a template.
    assert len(json.dumps(json.dumps(body, separators=(",", ":")))) < TEMPLATE_MAX_BYTES / 2


def _body(environment: Environment) -> dict[str, Any]:
    return dashboard.body(environment, environment.instances[0])


def _titles(body: dict[str, Any], of: str) -> list[str]:
    titles = (widget["properties"].get("title", "") for widget in body["widgets"])
    return [title for title in titles if title.endswith(f": {of}")]


def _widget(body: dict[str, Any], title: str) -> dict[str, Any]:
    found = [w["properties"] for w in body["widgets"] if w["properties"].get("title") == title]
    (properties,) = found
    return dict(properties)
