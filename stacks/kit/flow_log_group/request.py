"""What CloudFormation asks for, parsed once."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from flow_log_group.errors import FlowLogGroupError

_NAME = re.compile(r"/aws/connect/[\w./#-]{1,499}", re.ASCII)
"""CloudWatch Logs API reference, CreateLogGroup: logGroupName, at most 512 of these characters."""


@dataclass(frozen=True)
class LogGroup:
    """The group, and how many days a group that is made here keeps its events."""

    name: str
    retention_days: int


def parse(properties: Mapping[str, Any]) -> LogGroup:
    """Raises FlowLogGroupError where the properties do not name a group of flow logs."""
    name = str(properties.get("LogGroupName", ""))
    if not _NAME.fullmatch(name):
        raise FlowLogGroupError(
            f"LogGroupName is {name!r}: Connect writes flow logs to /aws/connect/ALIAS; correct the alias of "
            "the instance in the environment file and deploy again"
        )
    # CloudFormation hands every number over as text.
    return LogGroup(name, int(properties["RetentionDays"]))
