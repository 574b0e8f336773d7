"""What Amazon Connect and Lambda do by themselves during a call, done here for the embedded AWS."""

import json
import time
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from botocore.exceptions import ClientError

from patchbay.aws import Aws
from patchbay.config import Instance
from patchbay.naming import flow_log_group
from patchbay.simulator import stubs
from patchbay.simulator.observers import Sample

if TYPE_CHECKING:
    from mypy_boto3_cloudwatch.type_defs import DimensionTypeDef, MetricDatumTypeDef


class CloudWatchFlowLog:
    """Collects a call's flow-log entries and writes them to the instance's log group."""

    def __init__(self, aws: Aws, instance: Instance) -> None:
        self._logs = aws.client("logs", instance.arn.region, instance.arn.account)
        self._group = flow_log_group(instance.alias)
        self._events: list[Any] = []

    def write(self, entry: Mapping[str, object]) -> None:
        """Keeps the entry until `flush`."""
        self._events.append({"timestamp": round(time.time() * 1000), "message": json.dumps(entry)})

    def flush(self, contact_id: str) -> None:
        """Writes them. The log group comes into being with the first, as logging makes it in Connect."""
        if not self._events:
            return
        self._ensure(self._logs.create_log_group, logGroupName=self._group)
        self._ensure(self._logs.create_log_stream, logGroupName=self._group, logStreamName=contact_id)
        self._logs.put_log_events(logGroupName=self._group, logStreamName=contact_id, logEvents=self._events)
        self._events = []

    def _ensure(self, create: Any, **names: str) -> None:
        try:
            create(**names)
        except ClientError as error:
            if error.response["Error"]["Code"] != "ResourceAlreadyExistsException":
                raise


class LambdaMetrics:
    """Counts attempts as AWS/Lambda does for an alias; the embedded AWS counts those of the function itself.

    Source: Lambda developer guide, "Using CloudWatch metrics with Lambda": Resource for the alias,
    ExecutedVersion too while it leads to two versions.
    """

    def __init__(self, aws: Aws) -> None:
        self._aws = aws
        self._data: dict[str, list[MetricDatumTypeDef]] = {}

    def invoked(self, sample: Sample) -> None:
        """Keeps the sample's metrics until `flush`."""
        if sample.function.alias is None or sample.function.region is None or sample.version == stubs.VERSION:
            return
        data = self._data.setdefault(sample.function.region, [])
        for dimensions in _dimensions(sample):
            data.extend(
                {"MetricName": name, "Dimensions": dimensions, "Value": value, "Unit": unit}  # type: ignore[typeddict-item]
                for name, value, unit in _values(sample)
            )

    def flush(self) -> None:
        """Writes them."""
        # Exchanged first: a function in the background may be counted meanwhile.
        counted, self._data = self._data, {}
        for region, data in counted.items():
            self._aws.client("cloudwatch", region).put_metric_data(Namespace="AWS/Lambda", MetricData=data)


def _dimensions(sample: Sample) -> list[list["DimensionTypeDef"]]:
    name = sample.function.name
    alias: list[DimensionTypeDef] = [
        {"Name": "FunctionName", "Value": name},
        {"Name": "Resource", "Value": f"{name}:{sample.function.alias}"},
    ]
    if not sample.split or sample.throttled:
        return [alias]
    return [alias, [*alias, {"Name": "ExecutedVersion", "Value": sample.version}]]


def _values(sample: Sample) -> list[tuple[str, float, str]]:
    if sample.throttled:
        return [("Throttles", 1, "Count")]
    return [
        ("Invocations", 1, "Count"),
        ("Errors", int(sample.error), "Count"),
        ("Duration", sample.duration_ms, "Milliseconds"),
    ]
