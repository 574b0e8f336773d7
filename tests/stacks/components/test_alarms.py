"""Alarms on the functions of a Lambda Region: when they go off, and whom they tell."""

from typing import Any

import aws_cdk as cdk
import pytest
from aws_cdk import aws_sns
from aws_cdk.assertions import Template
from constructs import Construct

from patchbay.functions import Function, Kind
from patchbay.limits import ALARM_DESCRIPTION_MAX_CHARS, FUNCTION_NAME_MAX_CHARS
from patchbay.local import metric_math
from stacks.components.alarm_notice import Notice
from stacks.components.concurrency_alarm import METRICS_IN_AN_ALARM, ConcurrencyAlarm, ThrottleAlarms
from stacks.components.function_alarms import FunctionAlarms

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


def function_alarms(kind: Kind, name: str = "patchbay-prod-balance") -> dict[str, dict[str, Any]]:
    stack = Stack()
    bot = {"bot": "bot_balance"} if kind is Kind.LEX else {}
    settings = Function.model_validate(
        {"name": "balance", "description": "Tells", "kind": kind, "time_limit_seconds": 5, **bot}
    )
    FunctionAlarms(stack, "Alarms", function_name=name, settings=settings, notice=stack.notice)
    return {alarm["MetricName"]: alarm for alarm in alarms(stack)}


def test_errors_of_the_live_alias_in_two_periods_of_an_hour_set_it_off() -> None:
    alarm = function_alarms(Kind.FLOW)["Errors"]
    assert alarm["Dimensions"] == [
        {"Name": "FunctionName", "Value": "patchbay-prod-balance"},
        {"Name": "Resource", "Value": "patchbay-prod-balance:live"},
    ]
    assert (alarm["Statistic"], alarm["Threshold"], alarm["Period"]) == ("Sum", 1, 300)
    assert (alarm["DatapointsToAlarm"], alarm["EvaluationPeriods"]) == (2, 12)
    assert alarm["TreatMissingData"] == "notBreaching"


@pytest.mark.parametrize("kind", list(Kind))
def test_a_p99_at_80_percent_of_the_time_limit_in_three_periods_sets_it_off(kind: Kind) -> None:
    alarm = function_alarms(kind)["Duration"]
    assert (alarm["ExtendedStatistic"], alarm["Threshold"], alarm["Period"]) == ("p99", 4000, 300)
    assert (alarm["DatapointsToAlarm"], alarm["EvaluationPeriods"]) == (3, 12)
    assert "EvaluateLowSampleCountPercentile" not in alarm, "it would not be evaluated where few calls come"


def test_a_worker_that_failed_for_good_is_told_of_by_its_queue_alone() -> None:
    assert set(function_alarms(Kind.WORKER)) == {"Duration"}
    assert set(function_alarms(Kind.LEX)) == {"Errors", "Duration"}


@pytest.mark.parametrize("kind", list(Kind))
def test_who_is_told_hears_what_callers_meet_and_what_to_run_when_it_goes_off_and_when_it_is_over(
    kind: Kind,
) -> None:
    for alarm in function_alarms(kind, LONGEST).values():
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
    (expression,) = (query["Expression"] for query in alarm["Metrics"] if "Expression" in query)
    counted = {
        query["Id"]: query["MetricStat"]["Metric"] for query in alarm["Metrics"] if "MetricStat" in query
    }
    assert {metric["MetricName"] for metric in counted.values()} == {"Throttles"}
    functions = [metric["Dimensions"] for metric in counted.values()]
    assert all([one["Name"] for one in dimensions] == ["FunctionName"] for dimensions in functions)
    assert len({dimensions[0]["Value"] for dimensions in functions}) == 10
    for throttled in counted:
        values = {throttled: 1.0}
        assert metric_math.evaluate(expression, values.get, values.get) == alarm["Threshold"]
    assert (alarm["EvaluationPeriods"], alarm["DatapointsToAlarm"]) == (1, 1)
    assert len(alarm["AlarmDescription"]) <= ALARM_DESCRIPTION_MAX_CHARS
    assert alarm["AlarmActions"] == alarm["OKActions"] == [TOPIC]


@pytest.mark.parametrize(("functions", "made"), [(1, 1), (10, 1), (11, 2), (51, 6)])
def test_no_alarm_has_more_metrics_than_cloudwatch_takes(functions: int, made: int) -> None:
    found = throttle_alarms(functions)
    assert len(found) == made
    sizes = [sum("MetricStat" in query for query in alarm["Metrics"]) for alarm in found]
    assert sum(sizes) == functions
    assert max(sizes) <= METRICS_IN_AN_ALARM


def test_claimed_concurrency_at_80_percent_of_the_accounts_limit_for_minutes_sets_it_off() -> None:
    stack = Stack()
    ConcurrencyAlarm(stack, "Concurrency", notice=stack.notice)
    (alarm,) = alarms(stack)
    metrics = {query["Id"]: query["MetricStat"] for query in alarm["Metrics"] if "MetricStat" in query}
    assert {id_: stat["Metric"]["MetricName"] for id_, stat in metrics.items()} == {
        "claimed": "ClaimedAccountConcurrency",
        "running": "ConcurrentExecutions",
    }
    assert all("Dimensions" not in stat["Metric"] for stat in metrics.values())
    assert {(stat["Stat"], stat["Period"]) for stat in metrics.values()} == {("Maximum", 60)}
    (expression,) = (query["Expression"] for query in alarm["Metrics"] if "Expression" in query)
    values, quota = {"claimed": 800.0}, {"running": 1000.0}
    assert metric_math.evaluate(expression, values.get, quota.get) == alarm["Threshold"] == 80
    assert (alarm["DatapointsToAlarm"], alarm["EvaluationPeriods"]) == (3, 5)
    assert alarm["AlarmDescription"].endswith(NEXT)
