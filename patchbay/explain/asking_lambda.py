"""Asks Lambda and CloudWatch about a function that a block named."""

import json
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from typing import Any

from patchbay.aws import Aws
from patchbay.explain.asking import asked
from patchbay.explain.model import Concurrency, Facts, Target
from patchbay.live.model import Read
from patchbay.naming import LIVE

_AROUND = timedelta(minutes=5)
_NONE = -1
"""No reserved concurrency."""
_FOR_EVER = 0


def facts(aws: Aws, target: Target, statuses: frozenset[int], at: float) -> Facts:
    """What the failures need: `statuses` are Lambda's codes among them; `at` is when the latest was."""
    denied, throttled = 403 in statuses, 429 in statuses
    other = None if target.qualifier else LIVE
    return Facts(
        configuration=asked("lambda", lambda: _configuration(aws, target)),
        leads_to=asked("lambda", lambda: _leads_to(aws, target)),
        policy=asked("lambda", lambda: _policy(aws, target, target.qualifier)) if denied else None,
        other_policy=asked("lambda", lambda: _policy(aws, target, other)) if denied else None,
        concurrency=_concurrency(aws, target, at) if throttled else None,
    )


def retention_days(aws: Aws, target: Target, group: str) -> int | None:
    """How long the log group keeps lines; None: for ever, or it could not be asked."""

    def ask() -> int:
        client = aws.client("logs", target.region, target.account)
        groups = client.describe_log_groups(logGroupNamePrefix=group)["logGroups"]
        own = (g.get("retentionInDays", _FOR_EVER) for g in groups if g["logGroupName"] == group)
        return next(own, _FOR_EVER)

    found = asked("logs", ask)
    return (found.value or None) if isinstance(found, Read) else None


def _configuration(aws: Aws, target: Target) -> Mapping[str, Any]:
    client = aws.client("lambda", target.region, target.account)
    return client.get_function_configuration(FunctionName=target.unqualified)


def _leads_to(aws: Aws, target: Target) -> Mapping[str, float]:
    client = aws.client("lambda", target.region, target.account)
    if target.qualifier is None or target.qualifier == "$LATEST" or target.qualifier.isdigit():
        client.get_function_configuration(FunctionName=target.arn)
        return {target.qualifier or "$LATEST": 1.0}
    alias = client.get_alias(FunctionName=target.unqualified, Name=target.qualifier)
    others = alias.get("RoutingConfig", {}).get("AdditionalVersionWeights", {})
    return {alias["FunctionVersion"]: 1.0 - sum(others.values()), **others}


def _policy(aws: Aws, target: Target, qualifier: str | None) -> Mapping[str, Any]:
    client = aws.client("lambda", target.region, target.account)
    where = {"Qualifier": qualifier} if qualifier else {}
    parsed: Mapping[str, Any] = json.loads(
        client.get_policy(FunctionName=target.unqualified, **where)["Policy"]
    )
    return parsed


def _concurrency(aws: Aws, target: Target, at: float) -> Concurrency:
    def reserved() -> int:
        client = aws.client("lambda", target.region, target.account)
        found = client.get_function_concurrency(FunctionName=target.name)
        return found.get("ReservedConcurrentExecutions", _NONE)

    def limit() -> int:
        limits = aws.client("lambda", target.region, target.account).get_account_settings()["AccountLimit"]
        return limits["ConcurrentExecutions"]

    found = asked("lambda", reserved)
    return Concurrency(
        Read(None) if found == Read(_NONE) else found,
        asked("lambda", limit),
        asked("cloudwatch", lambda: _throttles(aws, target, at)),
    )


def _throttles(aws: Aws, target: Target, at: float) -> float:
    moment = datetime.fromtimestamp(at, UTC)
    points = aws.client("cloudwatch", target.region, target.account).get_metric_statistics(
        Namespace="AWS/Lambda",
        MetricName="Throttles",
        Dimensions=[{"Name": "FunctionName", "Value": target.name}],
        StartTime=moment - _AROUND,
        EndTime=moment + _AROUND,
        Period=60,
        Statistics=["Sum"],
    )["Datapoints"]
    return sum(point["Sum"] for point in points)
