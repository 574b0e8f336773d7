"""What the functions of one Region share."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

from patchbay.config import Environment
from patchbay.limits import METRIC_DATA_QUERIES_MAX
from patchbay.live.desk import Desk
from patchbay.live.door import no_machine
from patchbay.live.model import LiveRegion, Read, Unread

if TYPE_CHECKING:
    from mypy_boto3_cloudwatch import CloudWatchClient
    from mypy_boto3_stepfunctions import SFNClient

_DAY = timedelta(days=1)
_PERIOD_SECONDS = 3_600


@dataclass(frozen=True)
class Metrics:
    """AWS/Lambda of the last day."""

    peak: float | None
    throttles: Mapping[str, float]
    """By the function's name."""


def read(environment: Environment, desk: Desk, region: str, metrics: Read[Metrics] | Unread) -> LiveRegion:
    """Three requests."""
    machine = environment.release_machine_arn(region)
    return LiveRegion(
        region=region,
        identity=desk.sts(region).ask(lambda client: client.get_caller_identity()["Account"]),
        concurrency_limit=desk.lambda_(region).ask(
            lambda client: client.get_account_settings()["AccountLimit"]["ConcurrentExecutions"]
        ),
        concurrency_peak=metrics if isinstance(metrics, Unread) else Read(metrics.value.peak),
        running=desk.states(region).ask_for(lambda client: _running(client, machine), (), no_machine),
    )


def read_metrics(desk: Desk, region: str, names: Sequence[str]) -> Read[Metrics] | Unread:
    """One request for almost 500 functions."""
    return desk.cloudwatch(region).ask(lambda client: _metrics(client, names))


def throttles_of(metrics: Read[Metrics] | Unread, name: str) -> Read[float] | Unread:
    """A function's share of them."""
    return metrics if isinstance(metrics, Unread) else Read(metrics.value.throttles.get(name, 0.0))


def _running(client: "SFNClient", machine: str) -> tuple[str, ...]:
    pages = client.get_paginator("list_executions").paginate(stateMachineArn=machine, statusFilter="RUNNING")
    return tuple(execution["name"] for page in pages for execution in page["executions"])


def _metrics(client: "CloudWatchClient", names: Sequence[str]) -> Metrics:
    queries = [_query("peak", "ConcurrentExecutions", "Maximum", [])]
    for at, name in enumerate(names):
        queries.append(_query(f"f{at}", "Throttles", "Sum", [{"Name": "FunctionName", "Value": name}]))
    until = datetime.now(UTC)
    found: dict[str, list[float]] = {}
    for start in range(0, len(queries), METRIC_DATA_QUERIES_MAX):
        pages = client.get_paginator("get_metric_data").paginate(
            MetricDataQueries=queries[start : start + METRIC_DATA_QUERIES_MAX],
            StartTime=until - _DAY,
            EndTime=until,
        )
        for result in (result for page in pages for result in page["MetricDataResults"]):
            found.setdefault(result["Id"], []).extend(result["Values"])
    throttles = {name: sum(found.get(f"f{at}", []), 0.0) for at, name in enumerate(names)}
    return Metrics(max(found.get("peak", []), default=None), throttles)


def _query(id_: str, metric: str, statistic: str, dimensions: list[dict[str, str]]) -> Any:
    named = {"Namespace": "AWS/Lambda", "MetricName": metric, "Dimensions": dimensions}
    return {"Id": id_, "MetricStat": {"Metric": named, "Period": _PERIOD_SECONDS, "Stat": statistic}}
