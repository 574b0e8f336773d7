"""Throttling: MiniStack 1.5.33 throttles only what names no version; and counts it twice, as invocations too.

AWS reserves concurrency for a function with all its versions and aliases (Lambda developer guide,
"Configuring reserved concurrency"), and a throttled request is no invocation ("Types of metrics for Lambda
functions": Invocations). Reserved concurrency 0 is how a test has a function throttled.
"""

from collections.abc import Callable
from typing import Any

from ministack.services import cloudwatch, lambda_svc

Record = dict[str, Any]
Reserved = Callable[[Record, Record], int | None]


def install() -> None:
    """Reserved concurrency of the function for each of its versions; Throttles alone for what it refuses."""
    lambda_svc._reserved_concurrency = _of_the_function(lambda_svc._reserved_concurrency)
    lambda_svc._emit_lambda_metrics = _without_invocation(lambda_svc._emit_lambda_metrics)


def _of_the_function(reserved: Reserved) -> Reserved:
    def reserved_concurrency(func: Record, config: Record) -> int | None:
        function = lambda_svc._functions.get(config.get("FunctionName"))
        return reserved(function or func, config)

    return reserved_concurrency


def _without_invocation(emit: Callable[..., None]) -> Callable[..., None]:
    def emit_metrics(function_name: str, duration_ms: float, error: bool, throttle: bool) -> None:
        if throttle and duration_ms:
            return  # what ran it has counted it
        if throttle:
            dimensions = {"FunctionName": function_name}
            cloudwatch.record_metric("AWS/Lambda", "Throttles", 1, "Count", dimensions)
        else:
            emit(function_name, duration_ms, error, throttle)

    return emit_metrics
