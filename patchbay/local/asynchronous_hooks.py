"""Asynchronous invocations: MiniStack 1.5.33 reads their settings off the function, and AWS off the alias.

And a dead-letter queue gets the event as it was, with what went wrong beside it; MiniStack sends it what it
sends to a destination, and forgets the queue that a template gives a function. (Lambda developer guide,
"Capturing records of Lambda asynchronous invocations".)
"""

import json
from collections.abc import Callable
from typing import Any

from ministack.services import lambda_svc, sqs
from ministack.services.cloudformation import provisioners

_ERROR_MESSAGE_MAX_CHARS = 1024
_FUNCTION_ERROR = "200"
"""The HTTP status of an invocation whose handler failed."""

Record = dict[str, Any]
Provisioned = tuple[str, dict[str, str]]
Route = Callable[[str, str, Record, Record], None]


def install() -> None:
    """Settings of the qualifier that was invoked, letters as Lambda writes them, and the template's queue."""
    function = provisioners._RESOURCE_HANDLERS["AWS::Lambda::Function"]
    function["create"] = _with_queue(function["create"], properties_at=1)
    function["update"] = _with_queue(function["update"], properties_at=2)
    lambda_svc.invoke_async_with_retry = _with_settings(lambda_svc.invoke_async_with_retry)
    lambda_svc._route_async_failure = _with_letters(lambda_svc._route_async_failure)


def _with_queue(provision: Callable[..., Provisioned], *, properties_at: int) -> Callable[..., Provisioned]:
    def provision_with_queue(*arguments: Any, **named: Any) -> Provisioned:
        name, attributes = provision(*arguments, **named)
        config = lambda_svc._functions[name]["config"]
        queue = arguments[properties_at].get("DeadLetterConfig")
        if queue:
            config["DeadLetterConfig"] = queue
        else:
            config.pop("DeadLetterConfig", None)
        return name, attributes

    return provision_with_queue


def _with_settings(invoke: Callable[[Record, Record], None]) -> Callable[[Record, Record], None]:
    def invoke_with_settings(record: Record, event: Record) -> None:
        arn = (record.get("config") or record)["FunctionArn"]
        name, _, qualifier = arn.partition(":function:")[2].partition(":")
        settings = lambda_svc._functions.get(name, {}).get("event_invoke_configs") or {}
        invoke({**record, "event_invoke_config": settings.get(qualifier)}, event)

    return invoke_with_settings


def _with_letters(route: Route) -> Route:
    def route_with_letters(target: str, name: str, event: Record, result: Record) -> None:
        config = lambda_svc._functions.get(name, {}).get("config") or {}
        dead_letters = (config.get("DeadLetterConfig") or {}).get("TargetArn")
        if target == dead_letters and sqs._queue_by_arn(target):
            sqs._act_send_message(_letter(target, event, result), "")
        else:
            route(target, name, event, result)

    return route_with_letters


def _letter(queue_arn: str, event: Record, result: Record) -> Record:
    """Without RequestID, which MiniStack does not tell."""
    body = result.get("body")
    said = str(body.get("errorMessage", "")) if isinstance(body, dict) else ""
    error = said[:_ERROR_MESSAGE_MAX_CHARS] or "Unhandled"
    return {
        "QueueUrl": sqs._queue_url(queue_arn.rpartition(":")[2]),
        "MessageBody": json.dumps(event),
        "MessageAttributes": {
            "ErrorCode": {"DataType": "Number", "StringValue": _FUNCTION_ERROR},
            "ErrorMessage": {"DataType": "String", "StringValue": error},
        },
    }
