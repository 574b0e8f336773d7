"""What Amazon Connect and Lambda do by themselves during a call, done here for the embedded AWS."""

import json
import time
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from botocore.exceptions import ClientError

from patchbay.aws import Aws
from patchbay.config import Instance
from patchbay.local import flow_errors, metric_filters
from patchbay.local.flow_errors import FLOW_LOGS
from patchbay.naming import flow_log_group
from patchbay.simulator import stubs
from patchbay.simulator.observers import Sample

if TYPE_CHECKING:
    from mypy_boto3_cloudwatch.type_defs import DimensionTypeDef, MetricDatumTypeDef


class CloudWatchFlowLog:
    """Collects a call's flow-log entries and writes them to the instance's log group.

    With them come the metrics of the group's filters, and those that Connect itself counts.
    """

    def __init__(self, aws: Aws, instance: Instance) -> None:
        self._aws, self._instance = aws, instance
        self._group = flow_log_group(instance.alias)
        self._entries: list[tuple[int, Mapping[str, object]]] = []
        self._error_branches: list[str] = []

    def write(self, entry: Mapping[str, object]) -> None:
        """Keeps the entry until `flush`."""
        self._entries.append((round(time.time() * 1000), entry))

    def error_branch(self, flow: str) -> None:
        """Keeps it until `flush`."""
        self._error_branches.append(flow)

    def flush(self, contact_id: str) -> None:
        """Writes them. The log group comes into being with the first, as logging makes it in Connect."""
        written, self._entries = self._entries, []
        failed, self._error_branches = self._error_branches, []
        data = flow_errors.metrics(self._instance.arn.instance_id, failed)
        if written and self._logging_is_on():
            self._write(contact_id, written)
            entries = [entry for _, entry in written]
            for namespace, counted in metric_filters.metrics(self._filters(), entries).items():
                data.setdefault(namespace, []).extend(counted)
        for namespace, counted in data.items():
            self._client("cloudwatch").put_metric_data(Namespace=namespace, MetricData=counted)

    def _logging_is_on(self) -> bool:
        attribute = self._client("connect").describe_instance_attribute(
            InstanceId=self._instance.arn.instance_id, AttributeType=FLOW_LOGS
        )
        return bool(attribute["Attribute"]["Value"] == "true")

    def _write(self, contact_id: str, entries: Sequence[tuple[int, Mapping[str, object]]]) -> None:
        logs = self._client("logs")
        self._ensure(logs.create_log_group, logGroupName=self._group)
        self._ensure(logs.create_log_stream, logGroupName=self._group, logStreamName=contact_id)
        events = [{"timestamp": when, "message": json.dumps(entry)} for when, entry in entries]
        logs.put_log_events(logGroupName=self._group, logStreamName=contact_id, logEvents=events)

    def _filters(self) -> list[Any]:
        pages = (
            self._client("logs").get_paginator("describe_metric_filters").paginate(logGroupName=self._group)
        )
        return [one for page in pages for one in page["metricFilters"]]

    def _client(self, service: str) -> Any:
        client: Any = self._aws.client  # its overloads want the name as a literal
        return client(service, self._instance.arn.region, self._instance.arn.account)

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
