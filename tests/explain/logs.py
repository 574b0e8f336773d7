"""Log lines as AWS writes them."""

import json

from patchbay.explain.model import Entry, LogLine

CONTACT = "fba006bc-e6ed-4f17-b7a1-000000000000"
ARN = "arn:aws:lambda:us-west-2:111122223333:function:patchbay-dev-tutorial:live"
INSTANCE = "arn:aws:connect:us-east-1:111122223333:instance/44444444-5555-6666-7777-888888888888"
STREAM = "2026/01/31/[3]0123456789abcdef0123456789abcdef"
FAILED = "The Lambda Function Returned An Error."
NOON = 1_769_860_800.0
"""2026-01-31T12:00:00Z."""
TRACE = "\nTraceback (most recent call last):\n  File x"


def decorated(request: str, message: str = "invocation", contact: str = CONTACT, **more: object) -> str:
    """A line of the decorator."""
    names = {"contact_id": contact, "request_id": request, "function_version": "3"}
    return json.dumps({"level": "INFO", "message": message, **names, **more})


def report(request: str, duration: float, init: float | None = None, more: str = "") -> str:
    """Lambda's REPORT in the text format."""
    end = f"\tInit Duration: {init} ms" if init else ""
    return f"REPORT RequestId: {request}\tDuration: {duration} ms\tBilled Duration: 1 ms{end}{more}"


def request(
    name: str,
    duration: float = 12.0,
    *inside: str,
    at: float = NOON,
    init: float | None = None,
    more: str = "",
) -> list[LogLine]:
    """One request whole, in the text format."""
    end = at + duration / 1000
    return [
        LogLine(at, f"START RequestId: {name} Version: 3", STREAM),
        *(LogLine(at + 0.001, text, STREAM) for text in inside),
        LogLine(end, f"END RequestId: {name}", STREAM),
        LogLine(end, report(name, duration, init, more), STREAM),
    ]


def raised(name: str, duration: float, at: float = NOON) -> list[LogLine]:
    """A request whose handler raised."""
    inside = (
        decorated(name, outcome="raised", duration_ms=duration),
        f"[ERROR] HandlerFailed: E at a.py:1{TRACE}",
    )
    return request(name, duration, *inside, at=at)


def entry(
    at: float = NOON,
    results: str | None = None,
    kind: str = "InvokeExternalResource",
    limit: int = 3000,
    arn: str = ARN,
    contact: str = CONTACT,
) -> Entry:
    """An entry of the flow log."""
    parameters = {
        "FunctionArn": arn,
        "ResponseValidation": "ResponseType=STRING_MAP",
        "TimeLimit": str(limit),
    }
    given = parameters if kind == "InvokeExternalResource" else {}
    return Entry(at, at, "americas", contact, "Sample flow", kind, "Ask", given, results, {})
