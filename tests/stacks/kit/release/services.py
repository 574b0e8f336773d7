"""CloudWatch Logs and CloudWatch in memory: they hold events and counts, and may fail to give them."""

from collections import Counter
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from functools import cached_property
from typing import Any

from tests.stacks.kit.aws import Repeated, ServiceError

FUNCTION, LOG_GROUP = "patchbay-test-lookup", "lookup-logs"
NOON = 1_800_014_400.0
"""A whole hour, far from any edge."""


@dataclass(frozen=True)
class Event:
    """A line in the log group."""

    at: float
    stream: str
    message: str

    @cached_property
    def told(self) -> Repeated:
        """As FilterLogEvents tells it."""
        at = round(self.at * 1000)
        return Repeated(logStreamName=self.stream, timestamp=at, message=self.message, ingestionTime=at)

    def __deepcopy__(self, memo: object) -> "Event":
        return self


@dataclass(frozen=True)
class Count:
    """A value in AWS/Lambda."""

    at: float
    name: str
    version: str | None
    """None: of the alias."""
    value: float = 1

    def __deepcopy__(self, memo: object) -> "Count":
        return self


@dataclass
class Services:
    """Times are in epoch seconds."""

    now: float = NOON
    page: int = 10_000
    """Events per page of FilterLogEvents."""
    empty_pages: int = 0
    """Pages without events that go before the first one that has some."""
    logs_lag: float = 0.0
    metrics_lag: float = 0.0
    """Seconds until what happened can be read."""
    skew: float = 0.0
    """Added to the time stamps of lines."""
    logs_refuse: str = ""
    metrics_refuse: str = ""
    """The error code that every call gets."""
    partial: bool = False
    """GetMetricData says PartialData and has half of the values."""
    message: str = ""
    """GetMetricData's complaint."""
    events: list[Event] = field(default_factory=list)
    counts: list[Count] = field(default_factory=list)
    asked: list[dict[str, Any]] = field(default_factory=list)
    """Every request to either service."""

    def call(self, operation: str, parameters: dict[str, Any]) -> dict[str, Any]:
        """Raises ServiceError."""
        self.asked.append(parameters)
        if operation == "FilterLogEvents":
            return self._filter_log_events(**parameters)
        assert operation == "GetMetricData", operation
        return self._get_metric_data(**parameters)

    def _filter_log_events(
        self,
        logGroupName: str,  # noqa: N803
        startTime: int,  # noqa: N803
        endTime: int | None = None,  # noqa: N803
        nextToken: str = "0",  # noqa: N803
    ) -> dict[str, Any]:
        if self.logs_refuse:
            raise ServiceError(self.logs_refuse, 400, "Rate exceeded")
        if logGroupName != LOG_GROUP:
            raise ServiceError("ResourceNotFoundException", 400, "The specified log group does not exist.")
        end = float("inf") if endTime is None else endTime / 1000
        # Streams are searched one after the other, so nothing says that events come by their time.
        seen = [
            e for e in self.events if startTime / 1000 <= e.at <= end and e.at <= self.now - self.logs_lag
        ]
        seen += [e for e in self.events if e.at > self.now and e.at <= end and self.skew > 0]
        at = int(nextToken) - self.empty_pages
        if at < 0:
            return {"events": [], "nextToken": str(int(nextToken) + 1)}
        answer: dict[str, Any] = {"events": [event.told for event in seen[at : at + self.page]]}
        return answer | (
            {"nextToken": str(at + self.page + self.empty_pages)} if at + self.page < len(seen) else {}
        )

    def _get_metric_data(
        self,
        MetricDataQueries: list[dict[str, Any]],  # noqa: N803
        StartTime: datetime,  # noqa: N803
        EndTime: datetime,  # noqa: N803
    ) -> dict[str, Any]:
        if self.metrics_refuse:
            raise ServiceError(self.metrics_refuse, 400, "Rate exceeded")
        until = min(EndTime.timestamp(), self.now - self.metrics_lag)
        results = [self._result(query, StartTime.timestamp(), until) for query in MetricDataQueries]
        messages = [{"Code": "Warning", "Value": self.message}] if self.message else []
        return {"MetricDataResults": results, "Messages": messages}

    def _result(self, query: dict[str, Any], since: float, until: float) -> dict[str, Any]:
        stat = query["MetricStat"]
        metric, period = stat["Metric"], stat["Period"]
        named = {dimension["Name"]: dimension["Value"] for dimension in metric["Dimensions"]}
        assert (metric["Namespace"], stat["Stat"], since % period) == ("AWS/Lambda", "Sum", 0)
        assert (named.pop("FunctionName"), named.pop("Resource")) == (FUNCTION, f"{FUNCTION}:live")
        sums: Counter[float] = Counter()
        for one in self.counts:
            same = (one.name, one.version) == (metric["MetricName"], named.get("ExecutedVersion"))
            if same and since <= one.at < until:
                sums[one.at // period * period] += one.value  # type: ignore[assignment]  # whole numbers
        points = sorted(sums.items())[: len(sums) // 2 if self.partial else None]
        return {
            "Id": query["Id"],
            "Label": query["Id"],
            "StatusCode": "PartialData" if self.partial else "Complete",
            "Timestamps": [datetime.fromtimestamp(0, UTC) + timedelta(seconds=at) for at, _ in points],
            "Values": [float(value) for _, value in points],
        }
