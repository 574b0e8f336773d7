"""Alarms as CloudWatch evaluates them.

MiniStack 1.5.33 mixes the metrics of one name whatever their dimensions, knows no datapoints to alarm and no
missing data, and refuses an alarm on metric math.
"""

import re
import time
from collections.abc import Callable, Mapping
from functools import partial
from typing import Any

from ministack.services import cloudwatch, lambda_svc
from ministack.services.cloudformation import provisioners

from patchbay.local import alarm_states, metric_math

_AVERAGE = "Average"
_SELECT = re.compile(
    r"SELECT (?P<stat>SUM|MAX|MIN|AVG)\((?P<name>\w+)\) FROM \"(?P<namespace>[^\"]+)\""
    r"(?: WHERE (?P<key>\w+) = '(?P<value>[^']*)')?"
)
"""The part of Metrics Insights that templates here use."""
_STATS = {"SUM": "Sum", "MAX": "Maximum", "MIN": "Minimum", "AVG": _AVERAGE}

Alarm = dict[str, Any]
Window = tuple[float, float]


def install() -> None:
    """The evaluation, also whenever somebody looks, and alarms on several metrics in templates."""
    provisioners._cw_metric_alarm_record = _with_metrics(provisioners._cw_metric_alarm_record)
    cloudwatch._evaluate_alarm = evaluate
    cloudwatch._describe_alarms = _after_evaluation(cloudwatch._describe_alarms)
    cloudwatch._dims_from_list = _with_none_as_a_set(cloudwatch._dims_from_list)


class _NoDimensions(dict[str, str]):
    """A metric without dimensions is one of its own; MiniStack takes none for any."""

    def __bool__(self) -> bool:
        return True


def _with_none_as_a_set(read: Callable[..., dict[str, str]]) -> Callable[..., dict[str, str]]:
    return lambda dimensions: read(dimensions) or _NoDimensions()


def _with_metrics(record: Callable[[str, Alarm], Alarm]) -> Callable[[str, Alarm], Alarm]:
    def record_with_metrics(name: str, props: Alarm) -> Alarm:
        metrics = props.get("Metrics")
        if not metrics:
            return record(name, props)
        for query in metrics:
            if "Expression" in query and not _SELECT.fullmatch(query["Expression"]):
                metric_math.parse(query["Expression"])
        made = record(name, {**props, "Metrics": None, "MetricName": "-", "Namespace": "-"})
        one_metric = ("MetricName", "Namespace", "Statistic", "ExtendedStatistic", "Period", "Dimensions")
        return {**{key: made[key] for key in made if key not in one_metric}, "Metrics": metrics}

    return record_with_metrics


def _after_evaluation(describe: Callable[..., Any]) -> Callable[..., Any]:
    def describe_alarms(*arguments: Any, **named: Any) -> Any:
        cloudwatch._evaluate_all_alarms()
        return describe(*arguments, **named)

    return describe_alarms


def evaluate(alarm: Alarm) -> None:
    """Brings the alarm into the state that its metrics give it now, and tells whom it names."""
    windows = alarm_states.windows(alarm, _period(alarm), time.time())
    values = [_value(alarm, window) for window in windows]
    before, after = alarm["StateValue"], alarm_states.state(alarm, values)
    if after == before:
        return
    reason = f"{values} of the latest periods against the threshold {alarm['Threshold']}"
    alarm.update(StateValue=after, StateReason=reason, StateUpdatedTimestamp=int(time.time()))
    cloudwatch._record_history(alarm["AlarmName"], before, after, reason)
    cloudwatch._dispatch_alarm_actions(alarm, before, after, reason)
    cloudwatch._evaluate_parent_alarms(alarm)


def _period(alarm: Alarm) -> int:
    """Of an alarm on several metrics the longest one."""
    if "Metrics" not in alarm:
        return int(alarm["Period"])
    periods = [query.get("Period") or query.get("MetricStat", {}).get("Period") for query in alarm["Metrics"]]
    return max(int(period) for period in periods if period)


def _value(alarm: Alarm, window: Window) -> float | None:
    if "Metrics" not in alarm:
        stat = alarm.get("ExtendedStatistic") or alarm["Statistic"]
        return _statistic([_key(alarm)], stat, window)
    queries = {query["Id"]: query for query in alarm["Metrics"]}
    watched = next(id_ for id_, query in queries.items() if _returns(query))
    return _query(watched, queries, window)


def _returns(query: Mapping[str, Any]) -> bool:
    return str(query.get("ReturnData", True)).lower() == "true"


def _query(id_: str, queries: Mapping[str, Any], window: Window) -> float | None:
    query = queries[id_]
    if "MetricStat" in query:
        return _statistic([_key(query["MetricStat"]["Metric"])], query["MetricStat"]["Stat"], window)
    if selected := _SELECT.fullmatch(query["Expression"]):
        return _selected(selected, window)
    metric = partial(_query, queries=queries, window=window)
    return metric_math.evaluate(query["Expression"], metric, partial(_quota, queries))


def _selected(select: re.Match[str], window: Window) -> float | None:
    wanted = f"{select['key']}={select['value']}" if select["key"] else None
    keys = [
        (namespace, name, dimensions)
        for namespace, name, dimensions in list(cloudwatch._metrics.keys())
        if (namespace, name) == (select["namespace"], select["name"])
        and (wanted is None or wanted in dimensions.split("|"))
    ]
    return _statistic(keys, _STATS[select["stat"]], window)


def _quota(queries: Mapping[str, Any], id_: str) -> float | None:
    """Of one metric alone: how many executions Lambda runs at once."""
    metric = queries[id_].get("MetricStat", {}).get("Metric", {})
    named = (metric.get("Namespace"), metric.get("MetricName"))
    return lambda_svc._ACCOUNT_CONCURRENCY_CAP if named == ("AWS/Lambda", "ConcurrentExecutions") else None


def _key(metric: Mapping[str, Any]) -> tuple[str, str, str]:
    dimensions = {d["Name"]: d["Value"] for d in metric.get("Dimensions") or ()}
    return metric["Namespace"], metric["MetricName"], cloudwatch._dims_key(dimensions)


def _statistic(keys: list[tuple[str, str, str]], stat: str, window: Window) -> float | None:
    begin, end = window
    every = [point for key in keys for point in cloudwatch._metrics.get(key) or ()]
    points = [point for point in every if begin < point["Timestamp"] <= end]
    if not points:
        return None
    value: float | None = cloudwatch._stat_value(cloudwatch._calc_stats(points), stat, points)
    return value
