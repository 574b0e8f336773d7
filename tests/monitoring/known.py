"""Metrics as AWS documents them, with the sets of dimensions that each has.

AWS/Connect: administrator guide, "Monitor your Amazon Connect instance using CloudWatch". AWS/Lambda:
developer guide, "Using CloudWatch metrics with Lambda".
"""

_FLOWS = {frozenset({"InstanceId", "MetricGroup", "ContactFlowName"})}
_ALIASES = {
    frozenset({"FunctionName"}),
    frozenset({"FunctionName", "Resource"}),
    frozenset({"FunctionName", "Resource", "ExecutedVersion"}),
}

METRICS = {
    ("AWS/Connect", "ContactFlowErrors"): _FLOWS,
    ("AWS/Connect", "ContactFlowFatalErrors"): _FLOWS,
    ("AWS/Lambda", "Invocations"): _ALIASES,
    ("AWS/Lambda", "Errors"): _ALIASES,
    ("AWS/Lambda", "Throttles"): _ALIASES,
    ("AWS/Lambda", "Duration"): _ALIASES,
}
