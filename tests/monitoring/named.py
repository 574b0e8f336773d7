"""Every metric that a graph or an alarm names, read out of its own language."""

import re
from collections.abc import Iterator
from typing import Any

from patchbay.monitoring.flow_metrics import DIMENSION, FAILED, TOTAL
from tests.monitoring.known import METRICS

_SEARCH = re.compile(r"""SEARCH\('\{(?P<schema>[^}]+)\} MetricName="(?P<name>\w+)".*', '\w+', \d+\)""")
_SELECT = re.compile(
    r"""SELECT SUM\((?P<name>\w+)\) FROM "(?P<namespace>[^"]+)" WHERE (?P<key>\w+) = '[^']+'"""
)

Named = tuple[str, str, frozenset[str], bool]
"""Namespace, name, dimensions, and whether those are all that the metric has."""


def in_graph(entry: list[Any]) -> Named | None:
    """None for metric math over other entries."""
    if not isinstance(entry[0], dict):
        namespace, name, *flat = entry[:-1]
        return namespace, name, frozenset(flat[::2]), True
    return in_expression(entry[0]["expression"])


def in_expression(text: str) -> Named | None:
    if found := _SEARCH.fullmatch(text):
        namespace, *dimensions = (part.strip('"') for part in found["schema"].split(","))
        return namespace, found["name"], frozenset(dimensions), True
    if found := _SELECT.fullmatch(text):
        return found["namespace"], found["name"], frozenset({found["key"]}), False
    assert not re.search("SEARCH|SELECT", text), text
    return None


def graphs(body: dict[str, Any]) -> Iterator[Named]:
    for widget in body["widgets"]:
        for entry in widget["properties"].get("metrics", ()):
            if named := in_graph(entry):
                yield named


def in_alarm(alarm: dict[str, Any]) -> Iterator[Named]:
    """Of the properties of an AWS::CloudWatch::Alarm."""
    if "MetricName" in alarm:
        yield _of(alarm)
    for query in alarm.get("Metrics", ()):
        if "MetricStat" in query:
            yield _of(query["MetricStat"]["Metric"])
        elif named := in_expression(query["Expression"]):
            yield named


def _of(metric: dict[str, Any]) -> Named:
    dimensions = frozenset(one["Name"] for one in metric.get("Dimensions", ()))
    return metric["Namespace"], metric["MetricName"], dimensions, True


def is_known(named: Named, namespace: str) -> bool:
    """Of AWS, or of our metric filters, which write to `namespace`."""
    of, name, dimensions, is_whole = named
    if of == namespace:
        return name in (TOTAL, FAILED) and dimensions in (frozenset(), frozenset({DIMENSION}))
    documented = METRICS.get((of, name), set())
    return any(dimensions == known if is_whole else dimensions <= known for known in documented)
