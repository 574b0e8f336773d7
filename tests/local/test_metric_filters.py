"""Metric filters on the embedded AWS: which events match, and which metrics they make."""

from typing import Any

import pytest

from patchbay.local import metric_filters
from patchbay.local.metric_filters import UnknownPattern
from patchbay.monitoring.flow_metrics import FAILED_PATTERN, PATTERNS, TOTAL_PATTERN

ARN = "arn:aws:lambda:us-west-2:000000000000:function:one:live"
WORKED = {"ContactFlowModuleType": "InvokeExternalResource", "Parameters": {"FunctionArn": ARN}}
FAILED = {**WORKED, "Results": "The Lambda Function Returned An Error."}
PROMPT = {"ContactFlowModuleType": "PlayPrompt", "Results": "interrupted", "Count": 3}


@pytest.mark.parametrize(
    ("pattern", "matched"),
    [
        (TOTAL_PATTERN, [WORKED, FAILED]),
        (FAILED_PATTERN, [FAILED]),
        ('{ $.Results = "The Lambda*" || $.Count = 3 }', [FAILED, PROMPT]),
        ('{ $.ContactFlowModuleType != "PlayPrompt" }', [WORKED, FAILED]),
        ('{ ($.Count = 3 || $.Count = 4) && $.Results = "inter*" }', [PROMPT]),
        ('{ $.Count != 3.0 && $.Results = "*" }', []),
        ('{ $.Results = "interrupted" && $.Absent != "x" }', []),
        ('{ $.Parameters.FunctionArn = "*:one:live" }', [WORKED, FAILED]),
    ],
)
def test_a_pattern_matches_the_events_that_it_describes(pattern: str, matched: list[object]) -> None:
    assert [event for event in (WORKED, FAILED, PROMPT) if metric_filters.matches(pattern, event)] == matched


@pytest.mark.parametrize(
    "pattern",
    [
        "ERROR",
        "{ $.Count > 3 }",
        "{ $.Results EXISTS }",
        "{ $.Results = *error* }",
        '{ $.a[0] = "x" }',
        '{ ($.Results = "x" }',
        '{ $.Results = "x" $.Count = 3 }',
        "{ }",
        "",
    ],
)
def test_what_is_not_known_is_refused_in_words(pattern: str) -> None:
    with pytest.raises(UnknownPattern, match="the embedded AWS"):
        metric_filters.matches(pattern, PROMPT)


def filtered(pattern: str, **transformation: Any) -> dict[str, Any]:
    made = {"metricName": "Made", "metricNamespace": "Ours", "metricValue": "1", **transformation}
    return {"filterPattern": pattern, "metricTransformations": [made]}


def test_each_event_that_matches_is_counted_in_its_dimensions() -> None:
    by_function = filtered(FAILED_PATTERN, dimensions={"FunctionArn": "$.Parameters.FunctionArn"})
    dimensions = [{"Name": "FunctionArn", "Value": ARN}]
    datum = {"MetricName": "Made", "Unit": "None", "Value": 1.0, "Dimensions": dimensions}
    assert metric_filters.metrics([by_function], [WORKED, FAILED, PROMPT, FAILED]) == {"Ours": [datum, datum]}


def test_an_event_without_the_field_of_a_dimension_makes_no_metric() -> None:
    pattern = '{ $.Results = "interrupted" }'
    by_function = filtered(pattern, dimensions={"FunctionArn": "$.Parameters.FunctionArn"})
    assert metric_filters.metrics([by_function], [PROMPT]) == {}


def test_where_nothing_matches_the_default_value_is_written_once() -> None:
    found = metric_filters.metrics([filtered(FAILED_PATTERN, defaultValue=0)], [WORKED, PROMPT])
    assert found == {"Ours": [{"MetricName": "Made", "Unit": "None", "Value": 0.0}]}
    assert metric_filters.metrics([filtered(FAILED_PATTERN)], [WORKED]) == {}


def test_a_value_is_read_from_the_event() -> None:
    read = filtered("{ $.Count = 3 }", metricValue="$.Count", unit="Count")
    (datum,) = metric_filters.metrics([read], [PROMPT])["Ours"]
    assert (datum["Value"], datum["Unit"]) == (3.0, "Count")


def test_the_patterns_of_the_kits_own_filters_are_known() -> None:
    for pattern in PATTERNS.values():
        metric_filters.matches(pattern, FAILED)
