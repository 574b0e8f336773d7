"""What Amazon Connect itself counts of flows, in the namespace AWS/Connect.

ContactFlowErrors is "the number of times the error branch for a flow was run" (administrator guide,
"Monitoring your instance using CloudWatch"), with or without a flow log. ContactFlowFatalErrors, a system
error of Connect, never happens here.
"""

import re
from collections.abc import Sequence
from typing import Any

FLOW_LOGS = "CONTACTFLOW_LOGS"
"""The instance attribute: whether an instance writes flow logs at all (a flow turns its own on as well)."""

NAMESPACE, ERRORS = "AWS/Connect", "ContactFlowErrors"
_MEASURED_NAME = re.compile(r"[A-Za-z0-9.,\-_/#:$@|&{}+?% ]+")
"""A flow of another name has no metrics (the same page)."""


def metrics(instance_id: str, flows: Sequence[str]) -> dict[str, list[dict[str, Any]]]:
    """One datum for each block that took its Error branch, by namespace; `flows` are their flows."""
    data = [_datum(instance_id, flow) for flow in flows if _MEASURED_NAME.fullmatch(flow)]
    return {NAMESPACE: data} if data else {}


def _datum(instance_id: str, flow: str) -> dict[str, Any]:
    dimensions = {"InstanceId": instance_id, "MetricGroup": "ContactFlow", "ContactFlowName": flow}
    named = [{"Name": name, "Value": value} for name, value in dimensions.items()]
    return {"MetricName": ERRORS, "Dimensions": named, "Value": 1, "Unit": "Count"}
