"""The metric series of AWS/Lambda that the invocations may have made, and a look at their sums."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from patchbay.probe.traffic import Traffic

if TYPE_CHECKING:
    from mypy_boto3_cloudwatch import CloudWatchClient

_PERIOD_SECONDS = 60


@dataclass(frozen=True)
class Series:
    """The Invocations of one set of dimensions."""

    dimensions: tuple[tuple[str, str], ...]
    count: int
    """How many invocations it has to show."""
    ended: float
    """Epoch seconds: the last of them."""

    @property
    def name(self) -> str:
        """`function`, `alias split` or `alias split, version 2`."""
        found = dict(self.dimensions)
        alias = found.get("Resource", "").rpartition(":")[2]
        version = f", version {found['ExecutedVersion']}" if "ExecutedVersion" in found else ""
        return f"alias {alias}{version}" if alias else "function"


def of_function(function: str, traffic: Traffic) -> Series:
    """By FunctionName alone."""
    return _series(function, traffic, {})


def of_alias(function: str, traffic: Traffic, alias: str) -> Series:
    """By FunctionName and Resource."""
    return _series(function, traffic, {"Resource": f"{function}:{alias}"})


def of_versions(function: str, traffic: Traffic, alias: str) -> list[Series]:
    """By ExecutedVersion too, for each version that ran (Lambda developer guide, "Types of metrics")."""
    return [
        _series(function, traffic, {"Resource": f"{function}:{alias}", "ExecutedVersion": version})
        for version in sorted(traffic.through(alias))
    ]


def _series(function: str, traffic: Traffic, more: dict[str, str]) -> Series:
    alias = more.get("Resource", "").rpartition(":")[2]
    version = more.get("ExecutedVersion")
    counted = [
        one
        for one in traffic.invocations
        if (not alias or one.alias == alias) and (version is None or one.version == version)
    ]
    dimensions = {"FunctionName": function, **more}
    return Series(tuple(dimensions.items()), len(counted), max(one.ended for one in counted))


def complete(client: "CloudWatchClient", series: Iterable[Series], since: float, until: float) -> set[Series]:
    """Those that show all their invocations by now. Raises ClientError."""
    wanted = {f"s{number}": one for number, one in enumerate(series)}
    queries: list[Any] = [
        {"Id": key, "MetricStat": {"Metric": _metric(one), "Period": _PERIOD_SECONDS, "Stat": "Sum"}}
        for key, one in wanted.items()
    ]
    answer = client.get_metric_data(
        MetricDataQueries=queries, StartTime=_minute(since), EndTime=_minute(until + 2 * _PERIOD_SECONDS)
    )
    sums = {result["Id"]: sum(result.get("Values", [])) for result in answer["MetricDataResults"]}
    return {one for key, one in wanted.items() if sums.get(key, 0) >= one.count}


def _metric(series: Series) -> dict[str, Any]:
    dimensions = [{"Name": name, "Value": value} for name, value in series.dimensions]
    return {"Namespace": "AWS/Lambda", "MetricName": "Invocations", "Dimensions": dimensions}


def _minute(epoch: float) -> datetime:
    return datetime.fromtimestamp(epoch // _PERIOD_SECONDS * _PERIOD_SECONDS, UTC)
