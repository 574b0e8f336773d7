"""CloudWatch and Logs in memory: what was invoked is readable after a while."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from tests.probe.fake_lambda import FakeLambda


@dataclass
class FakeLogs:
    """`lag` in seconds; None: never."""

    now: Callable[[], float]
    functions: FakeLambda
    lag: float | None = 4.0
    groups: set[str] = field(default_factory=set)

    def create_log_group(self, logGroupName: str) -> None:  # noqa: N803
        self.groups.add(logGroupName)

    def put_retention_policy(self, **_: Any) -> None:
        pass

    def describe_log_groups(self, logGroupNamePrefix: str) -> dict[str, Any]:  # noqa: N803
        names = [name for name in self.groups if name.startswith(logGroupNamePrefix)]
        return {"logGroups": [{"logGroupName": name} for name in names]}

    def delete_log_group(self, logGroupName: str) -> None:  # noqa: N803
        self.groups.remove(logGroupName)

    def filter_log_events(self, startTime: int, **_: Any) -> dict[str, Any]:  # noqa: N803
        assert startTime < self.functions.ran[0][0] * 1000
        if self.lag is None:
            return {"events": []}
        tokens = [token for at, *_, token in self.functions.ran if at + self.lag <= self.now()]
        lines = [line for one in tokens for line in (f"START {one}", f"patchbay probe line {one}\n")]
        return {"events": [{"message": line} for line in lines]}


@dataclass
class FakeCloudWatch:
    """`lag` in seconds; `by_version` names the aliases that have metrics by version."""

    now: Callable[[], float]
    functions: FakeLambda
    lag: float = 70.0
    by_alias: bool = True
    by_version: frozenset[str] = frozenset({"split"})

    def get_metric_data(self, MetricDataQueries: list[Any], **_: Any) -> dict[str, Any]:  # noqa: N803
        return {
            "MetricDataResults": [
                {"Id": one["Id"], "Values": [self._sum(one["MetricStat"]["Metric"]["Dimensions"])]}
                for one in MetricDataQueries
            ]
        }

    def _sum(self, dimensions: list[dict[str, str]]) -> float:
        given = {one["Name"]: one["Value"] for one in dimensions}
        alias = given.get("Resource", "").rpartition(":")[2]
        version = given.get("ExecutedVersion")
        if (alias and not self.by_alias) or (version and alias not in self.by_version):
            return 0.0
        return float(
            sum(
                at + self.lag <= self.now() and alias in ("", through) and version in (None, ran)
                for at, through, ran, _ in self.functions.ran
            )
        )
