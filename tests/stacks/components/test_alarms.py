"""Alarms on the functions of a Lambda Region: when they go off, and whom they tell."""

from typing import Any

import aws_cdk as cdk
import pytest
from aws_cdk import aws_sns
from aws_cdk.assertions import Template
from constructs import Construct

from patchbay.functions import Function, Kind
from patchbay.limits import ALARM_DESCRIPTION_MAX_CHARS, FUNCTION_NAME_MAX_CHARS, MATH_ALARM_METRICS_MAX
from patchbay.local import metric_math
from stacks.components.alarm_notice import Notice
from stacks.components.concurrency_alarm import ConcurrencyAlarm, ThrottleAlarms
from stacks.components.function_alarm import FunctionAlarm

TOPIC = "arn:aws:sns:us-west-2:111122223333:on-call"
NEXT = "Next: patchbay explain --recent --env prod; patchbay doctor --env prod"
LONGEST = "f" * FUNCTION_NAME_MAX_CHARS


class Stack(cdk.Stack):
    """Of one topic and the alarms under test."""

    def __init__(self) -> None:
        super().__init__(cdk.App(), "Stack")
        topic = aws_sns.Topic.from_topic_arn(self, "Topic", TOPIC)
        self.notice = Notice("prod", "us-west-2", [topic])


def alarms(stack: Construct) -> list[dict[str, Any]]:
    found = Template.from_stack(stack).find_resources("AWS::CloudWatch::Alarm")  # type: ignore[arg-type]  # a Stack
    return [alarm["Properties"] for alarm in found.values()]


def function_alarm(kind: Kind, name: str = "patchbay-prod-balance") -> dict[str, Any]:
    stack = Stack()
    bot = {"bot": "bot_balance"} if kind is Kind.LEX else {}
    settings = Function.model_validate(
        {"name": "balance", "description": "Tells", "kind": kind, "time_limit_seconds": 5, **bot}
    )
    FunctionAlarm(stack, "Alarm", function_name=name, settings=settings, notice=stack.notice)
    (alarm,) = alarms(stack)
    return alarm


def counted(alarm: dict[str, Any]) -> dict[str, Any]:
    """The metrics of an alarm on metric math, by their ids."""
    return {query["Id"]: query["MetricStat"] for query in alarm["Metrics"] if "MetricStat" in query}


def value(alarm: dict[str, Any], metrics: dict[str, float], quotas: dict[str, float] | None = None) -> Any:
    """What the alarm's expression makes of one period; a metric that is not named has no data in it."""
    (expression,) = (query["Expression"] for query in alarm["Metrics"] if "Expression" in query)
    return metric_math.evaluate(expression, metrics.get, (quotas or {}).get)


def test_a_function_is_watched_at_the_alias_that_callers_meet() -> None:
    found = counted(function_alarm(Kind.FLOW))
    assert {id_: (one["Metric"]["MetricName"], one["Stat"], one["Period"]) for id_, one in found.items()} == {
        "errors": ("Errors", "Sum", 300),
        "slowest": ("Duration", "p99", 300),
    }
    assert [one["Metric"]["Dimensions"] for one in found.values()] == [
        [
            {"Name": "FunctionName", "Value": "patchbay-prod-balance"},
            {"Name": "Resource", "Value": "patchbay-prod-balance:live"},
        ]
    ] * 2


@pytest.mark.parametrize(
    ("metrics", "percent"),
    [
        ({}, 0),
        ({"errors": 0, "slowest": 1000}, 20),
        ({"errors": 0, "slowest": 3999}, 79.98),
        ({"errors": 0, "slowest": 4000}, 80),
        ({"errors": 1, "slowest": 12}, 100),
        ({"errors": 3}, 100),
    ],
)
def test_a_period_counts_what_its_slowest_call_took_of_the_limit_and_100_where_one_failed(
    metrics: dict[str, float], percent: float
) -> None:
    alarm = function_alarm(Kind.FLOW)
    assert value(alarm, metrics) == pytest.approx(percent)
    assert (alarm["Threshold"], alarm["ComparisonOperator"]) == (80, "GreaterThanOrEqualToThreshold")


@pytest.mark.parametrize("kind", list(Kind))
def test_two_such_periods_of_an_hour_set_it_off(kind: Kind) -> None:
    alarm = function_alarm(kind)
    assert (alarm["DatapointsToAlarm"], alarm["EvaluationPeriods"]) == (2, 12)
    assert alarm["TreatMissingData"] == "notBreaching"


def test_a_worker_that_failed_for_good_is_told_of_by_its_queue_alone() -> None:
    alarm = function_alarm(Kind.WORKER)
    assert set(counted(alarm)) == {"slowest"}
    assert value(alarm, {"slowest": 4000}) == 80
    assert set(counted(function_alarm(Kind.LEX))) == {"errors", "slowest"}


@pytest.mark.parametrize("kind", list(Kind))
def test_who_is_told_hears_what_callers_meet_and_what_to_run_when_it_goes_off_and_when_it_is_over(
    kind: Kind,
) -> None:
    alarm = function_alarm(kind, LONGEST)
    assert alarm["AlarmActions"] == alarm["OKActions"] == [TOPIC]
    assert alarm["AlarmDescription"].startswith(f"{LONGEST} in us-west-2 (prod): ")
    assert alarm["AlarmDescription"].endswith(NEXT)
    assert len(alarm["AlarmDescription"]) <= ALARM_DESCRIPTION_MAX_CHARS


def throttle_alarms(count: int) -> list[dict[str, Any]]:
    stack = Stack()
    names = [f"{number:03}".ljust(FUNCTION_NAME_MAX_CHARS, "f") for number in range(count)]
    ThrottleAlarms(stack, "Throttles", function_names=names, notice=stack.notice)
    return alarms(stack)


def test_the_first_throttled_request_of_any_of_ten_functions_sets_one_alarm_off() -> None:
    (alarm,) = throttle_alarms(10)
    found = {id_: one["Metric"] for id_, one in counted(alarm).items()}
    assert {metric["MetricName"] for metric in found.values()} == {"Throttles"}
    functions = [metric["Dimensions"] for metric in found.values()]
    assert all([one["Name"] for one in dimensions] == ["FunctionName"] for dimensions in functions)
    assert len({dimensions[0]["Value"] for dimensions in functions}) == 10
    for throttled in found:
        assert value(alarm, {throttled: 1.0}) == alarm["Threshold"]
    assert (alarm["EvaluationPeriods"], alarm["DatapointsToAlarm"]) == (1, 1)
    assert len(alarm["AlarmDescription"]) <= ALARM_DESCRIPTION_MAX_CHARS
    assert alarm["AlarmActions"] == alarm["OKActions"] == [TOPIC]


@pytest.mark.parametrize(("functions", "made"), [(1, 1), (10, 1), (11, 2), (51, 6)])
def test_no_alarm_has_more_metrics_than_cloudwatch_takes(functions: int, made: int) -> None:
    found = throttle_alarms(functions)
    assert len(found) == made
    sizes = [sum("MetricStat" in query for query in alarm["Metrics"]) for alarm in found]
    assert sum(sizes) == functions
    assert max(sizes) <= MATH_ALARM_METRICS_MAX


def test_claimed_concurrency_at_80_percent_of_the_accounts_limit_for_minutes_sets_it_off() -> None:
    stack = Stack()
    ConcurrencyAlarm(stack, "Concurrency", notice=stack.notice)
    (alarm,) = alarms(stack)
    metrics = counted(alarm)
    assert {id_: stat["Metric"]["MetricName"] for id_, stat in metrics.items()} == {
        "claimed": "ClaimedAccountConcurrency",
        "running": "ConcurrentExecutions",
    }
    assert all("Dimensions" not in stat["Metric"] for stat in metrics.values())
    assert {(stat["Stat"], stat["Period"]) for stat in metrics.values()} == {("Maximum", 60)}
    assert value(alarm, {"claimed": 800}, {"running": 1000}) == alarm["Threshold"] == 80
    assert (alarm["DatapointsToAlarm"], alarm["EvaluationPeriods"]) == (3, 5)
    assert alarm["AlarmDescription"].endswith(NEXT)


def test_without_a_quota_to_be_had_the_concurrency_alarm_has_no_data_and_stays_ok() -> None:
    stack = Stack()
    ConcurrencyAlarm(stack, "Concurrency", notice=stack.notice)
    (alarm,) = alarms(stack)
    assert value(alarm, {"claimed": 800, "running": 1}) is None
    assert alarm["TreatMissingData"] == "notBreaching"
