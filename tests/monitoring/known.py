"""Metrics as AWS documents them, with the sets of dimensions that each has.

AWS/Connect: administrator guide, "Monitor your Amazon Connect instance using CloudWatch". AWS/Lambda:
developer guide, "Using CloudWatch metrics with Lambda" and, for those of the account, "Monitoring
concurrency". AWS/States: developer guide, "Monitoring Step Functions metrics using Amazon CloudWatch".
AWS/SQS: developer guide, "Available CloudWatch metrics for Amazon SQS".
"""

from release.news import NAMESPACE, ROLLED_BACK, STUCK

_FLOWS = {frozenset({"InstanceId", "MetricGroup", "ContactFlowName"})}
_ALIASES = {
    frozenset({"FunctionName"}),
    frozenset({"FunctionName", "Resource"}),
    frozenset({"FunctionName", "Resource", "ExecutedVersion"}),
}
_OF_THE_ACCOUNT: set[frozenset[str]] = {frozenset()}
_MACHINES = {frozenset({"StateMachineArn"})}
_OURS = {frozenset({"App", "Environment"})}

METRICS = {
    ("AWS/Connect", "ContactFlowErrors"): _FLOWS,
    ("AWS/Connect", "ContactFlowFatalErrors"): _FLOWS,
    ("AWS/Lambda", "Invocations"): _ALIASES,
    ("AWS/Lambda", "Errors"): _ALIASES,
    ("AWS/Lambda", "Throttles"): _ALIASES,
    ("AWS/Lambda", "Duration"): _ALIASES,
    ("AWS/Lambda", "ConcurrentExecutions"): _OF_THE_ACCOUNT | _ALIASES,
    ("AWS/Lambda", "ClaimedAccountConcurrency"): _OF_THE_ACCOUNT,
    ("AWS/States", "ExecutionsFailed"): _MACHINES,
    ("AWS/States", "ExecutionsTimedOut"): _MACHINES,
    ("AWS/States", "ExecutionsAborted"): _MACHINES,
    ("AWS/SQS", "ApproximateNumberOfMessagesVisible"): {frozenset({"QueueName"})},
    (NAMESPACE, ROLLED_BACK): _OURS,
    (NAMESPACE, STUCK): _OURS,
}
