"""Throttling on the embedded AWS: reserved concurrency holds for every version, and is counted."""

import inspect
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from ministack.services import cloudwatch, lambda_svc

from patchbay.local.process import LocalAws
from tests.local.embedded import client, create_function, local_aws, wire

__all__ = ["local_aws"]

HANDLER = "def handler(event, context): return {}"


@pytest.mark.parametrize(
    ("function", "parameters"),
    [
        (lambda_svc._reserved_concurrency, ["func", "config"]),
        (lambda_svc._emit_lambda_metrics, ["function_name", "duration_ms", "error", "throttle"]),
        (cloudwatch.record_metric, ["namespace", "metric_name", "value", "unit", "dimensions"]),
    ],
)
def test_a_hooked_function_takes_what_patchbay_gives_it(function: Any, parameters: list[str]) -> None:
    assert list(inspect.signature(function).parameters) == parameters


def test_ministack_asks_for_the_reserved_concurrency_by_the_module_name() -> None:
    assert "_reserved_concurrency(func, config)" in inspect.getsource(lambda_svc._acquire_execution_slot)


def test_ministack_counts_a_throttled_request_first_without_a_duration_and_again_with_one() -> None:
    counted = "_emit_lambda_metrics(fn_name, duration_ms=0.0, error=False, throttle=True)"
    assert counted in inspect.getsource(lambda_svc._execute_function)
    assert 'throttle=bool(result.get("throttle"))' in inspect.getsource(lambda_svc._invoke)


def test_a_function_without_concurrency_is_throttled_whatever_its_qualifier(local_aws: LocalAws) -> None:
    lambda_ = client(local_aws.url, "lambda")
    create_function(lambda_, "throttled", HANDLER)
    version = lambda_.publish_version(FunctionName="throttled")["Version"]
    wire(lambda_, "throttled", version)
    lambda_.put_function_concurrency(FunctionName="throttled", ReservedConcurrentExecutions=0)
    for qualifier in ("live", version, "$LATEST"):
        with pytest.raises(lambda_.exceptions.TooManyRequestsException):
            lambda_.invoke(FunctionName="throttled", Qualifier=qualifier, Payload=b"{}")
    assert counted(local_aws, "throttled") == {"Throttles": 3, "Invocations": 0}
    lambda_.delete_function_concurrency(FunctionName="throttled")
    assert lambda_.invoke(FunctionName="throttled", Qualifier="live", Payload=b"{}")["StatusCode"] == 200
    assert counted(local_aws, "throttled") == {"Throttles": 3, "Invocations": 1}


def test_concurrency_of_one_function_holds_for_no_other(local_aws: LocalAws) -> None:
    lambda_ = client(local_aws.url, "lambda")
    for name in ("held", "free"):
        create_function(lambda_, name, HANDLER)
    lambda_.put_function_concurrency(FunctionName="held", ReservedConcurrentExecutions=0)
    version = lambda_.publish_version(FunctionName="free")["Version"]
    assert lambda_.invoke(FunctionName="free", Qualifier=version, Payload=b"{}")["StatusCode"] == 200


def counted(aws: LocalAws, function: str) -> dict[str, float]:
    now = datetime.now(UTC)
    period = {"StartTime": now - timedelta(hours=1), "EndTime": now + timedelta(hours=1)}
    metrics = {
        name: {
            "Namespace": "AWS/Lambda",
            "MetricName": name,
            "Dimensions": [{"Name": "FunctionName", "Value": function}],
        }
        for name in ("Throttles", "Invocations")
    }
    queries = [
        {"Id": name.lower(), "Label": name, "MetricStat": {"Metric": metric, "Period": 7200, "Stat": "Sum"}}
        for name, metric in metrics.items()
    ]
    found = client(aws.url, "cloudwatch").get_metric_data(MetricDataQueries=queries, **period)
    return {one["Label"]: sum(one["Values"]) for one in found["MetricDataResults"]}
