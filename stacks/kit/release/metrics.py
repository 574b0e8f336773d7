"""Reads AWS/Lambda metrics of the alias `live`.

Source: Lambda developer guide, "Using CloudWatch metrics with Lambda" and the pages under it: FunctionName
and Resource (`function:alias`) for an alias, ExecutedVersion besides for one version behind it, only while
the alias leads to two; a value is stamped with the minute in which the function was invoked.
"""

import math
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from botocore.exceptions import BotoCoreError, ClientError

from release.evidence import Clients, Unreadable

if TYPE_CHECKING:
    from mypy_boto3_cloudwatch.type_defs import (
        DimensionTypeDef,
        GetMetricDataOutputTypeDef,
        MessageDataTypeDef,
        MetricDataQueryTypeDef,
        MetricTypeDef,
    )

LIVE = "live"
MINUTE = 60
"""Lambda's metrics are no finer."""
HOUR = 3600


@dataclass(frozen=True)
class Metric:
    """A sum of AWS/Lambda; of the whole alias where no version is named."""

    name: str
    version: str | None = None


Series = Mapping[float, float]
"""Sums by the start of their period (epoch seconds); a period in which nothing happened is not there."""


def floor_to(period: int, at: float) -> float:
    """The start of the period that holds `at`."""
    return math.floor(at / period) * period


def ceil_to(period: int, at: float) -> float:
    """The first start of a period that is not before `at`."""
    return math.ceil(at / period) * period


def read_sums(
    clients: Clients,
    function: str,
    wanted: Sequence[Metric],
    since: float,
    until: float,
    period: int = MINUTE,
) -> dict[Metric, Series]:
    """GetMetricData for the periods from the one that holds `since` to the one that ends at or after `until`.

    Raises Unreadable unless every series is complete.
    """
    ids = {f"m{number}": metric for number, metric in enumerate(wanted)}
    queries = [_query(key, function, metric, period) for key, metric in ids.items()]
    begin, end = floor_to(period, since), ceil_to(period, until)
    if end <= begin:
        return {metric: {} for metric in wanted}
    found: dict[str, dict[float, float]] = {key: {} for key in ids}
    complete: set[str] = set()
    for page in _pages(clients, function, queries, begin, end):
        _refuse_messages(function, page.get("Messages", []))
        for result in page["MetricDataResults"]:
            _refuse_messages(function, result.get("Messages", []))
            values = zip(result["Timestamps"], result["Values"], strict=True)
            found[result["Id"]] |= {at.timestamp(): value for at, value in values}
            # An earlier page of a long series is partial by nature: the last one tells.
            (complete.add if result["StatusCode"] == "Complete" else complete.discard)(result["Id"])
    if missing := [ids[key] for key in ids if key not in complete]:
        raise Unreadable(f"CloudWatch answered in part for {function}: {_words(missing)}")
    return {ids[key]: series for key, series in found.items()}


def _pages(
    clients: Clients, function: str, queries: list["MetricDataQueryTypeDef"], begin: float, end: float
) -> Iterator["GetMetricDataOutputTypeDef"]:
    try:
        yield from clients.cloudwatch.get_paginator("get_metric_data").paginate(
            MetricDataQueries=queries,
            StartTime=datetime.fromtimestamp(begin, UTC),
            EndTime=datetime.fromtimestamp(end, UTC),
        )
    except (ClientError, BotoCoreError) as error:
        raise Unreadable(f"cannot read the metrics of {function}: {error}") from error


def _query(key: str, function: str, metric: Metric, period: int) -> "MetricDataQueryTypeDef":
    dimensions: list[DimensionTypeDef] = [
        {"Name": "FunctionName", "Value": function},
        {"Name": "Resource", "Value": f"{function}:{LIVE}"},
    ]
    if metric.version is not None:
        dimensions.append({"Name": "ExecutedVersion", "Value": metric.version})
    what: MetricTypeDef = {"Namespace": "AWS/Lambda", "MetricName": metric.name, "Dimensions": dimensions}
    return {"Id": key, "MetricStat": {"Metric": what, "Period": period, "Stat": "Sum"}}


def _refuse_messages(function: str, messages: Iterable["MessageDataTypeDef"]) -> None:
    if said := "; ".join(f"{message.get('Code')} {message.get('Value')}" for message in messages):
        raise Unreadable(f"CloudWatch answered for {function}: {said}")


def _words(metrics: Iterable[Metric]) -> str:
    return ", ".join(
        metric.name + (f" of version {metric.version}" if metric.version else "") for metric in metrics
    )
