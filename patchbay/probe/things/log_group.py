"""The throw-away function's log group, made before it so that it goes with it."""

from typing import TYPE_CHECKING

from patchbay.probe.site import Site

if TYPE_CHECKING:
    from mypy_boto3_logs import CloudWatchLogsClient


class LogGroup:
    """In one Region. Its name is a path of the probe's own, so it needs no mark."""

    def __init__(self, client: "CloudWatchLogsClient", site: Site, region: str) -> None:
        self._client = client
        self._name = site.log_group
        self.label = f"log group {site.log_group} in {region}"

    def present(self) -> bool:
        found = self._client.describe_log_groups(logGroupNamePrefix=self._name)["logGroups"]
        return any(group["logGroupName"] == self._name for group in found)

    def make(self) -> None:
        """With the shortest retention, for the case that nobody removes it."""
        self._client.create_log_group(logGroupName=self._name)
        self._client.put_retention_policy(logGroupName=self._name, retentionInDays=1)

    def remove(self) -> None:
        self._client.delete_log_group(logGroupName=self._name)

    def read(self, since: float) -> list[str]:
        """Every line since then (epoch seconds), as far as it is readable now. No filter pattern."""
        pages = self._client.get_paginator("filter_log_events").paginate(
            logGroupName=self._name, startTime=int(since * 1000)
        )
        return [event.get("message", "") for page in pages for event in page.get("events", [])]
