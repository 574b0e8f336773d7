"""The logs of an hour: 58 calls with a failure each, one call with two, and a function with much traffic."""

import json
import uuid
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from patchbay.config import Environment
from patchbay.monitoring.flow_metrics import FAILED_PATTERN
from patchbay.naming import flow_log_group

CONTACT = str(uuid.UUID(int=40, version=4))
"""The one with 40 entries, 6 Lambda blocks of 4 functions in two Regions, 2 of them failed."""
UNKNOWN = str(uuid.UUID(int=41, version=4))
"""In no log."""
CALLS, ENTRIES, FAILING_FUNCTIONS = 58, 34, 10
"""Other calls, each with a failure; entries of each; functions that fail."""
FAILURES = CALLS + 2
TAILED_SECONDS = 600
"""So long has the first function been called every second, in every Region."""
_PAGE = 1_000
"""Events that FilterLogEvents looks at before it answers: 1 MB."""
_FAILED = "The Lambda Function Returned An Error."
_RAN = (None, "raised", "refused", "late")
_REFUSED = {
    "denied": (403, "AccessDeniedException"),
    "gone": (404, "ResourceNotFoundException"),
    "throttled": (429, "TooManyRequestsException"),
}
_WAYS = (*_RAN[1:], *_REFUSED)


@dataclass(frozen=True)
class Block:
    """A Lambda block, and how it failed; None: it did not."""

    function: str
    region: str
    failure: str | None = None


class Logs:
    """The events of every log group, by Region and name, the oldest first; `now` in epoch seconds."""

    def __init__(self, of: Environment, now: float) -> None:
        self._of, self._now = of, now
        self._events: defaultdict[tuple[str, str], list[dict[str, Any]]] = defaultdict(list)
        self._calls()
        self._traffic()
        for events in self._events.values():
            events.sort(key=lambda event: event["timestamp"])

    def answer(self, region: str, asked: Mapping[str, Any]) -> dict[str, Any]:
        """Of FilterLogEvents, page by page."""
        events = self._events[region, asked["logGroupName"]]
        since, until = asked["startTime"], asked.get("endTime", float("inf"))
        within = [event for event in events if since <= event["timestamp"] <= until]
        start = int(asked.get("nextToken", 0))
        found = _matching(within[start : start + _PAGE], asked.get("filterPattern", ""))
        more = {"nextToken": str(start + _PAGE)} if len(within) > start + _PAGE else {}
        return {"events": found, **more}

    def _calls(self) -> None:
        first, second = self._of.regions
        names = list(self._of.functions)
        two = [Block(names[0], first), Block(names[1], first, "raised"), Block(names[1], second)]
        two += [Block(names[2], first, "denied"), Block(names[2], second), Block(names[3], first)]
        self._call(CONTACT, self._now - 1_800, 40, two)
        for number in range(CALLS):
            name, region = names[number % FAILING_FUNCTIONS], self._of.regions[number % 2]
            failure = _WAYS[number % len(_WAYS)]
            contact = str(uuid.UUID(int=1_000 + number, version=4))
            self._call(contact, self._now - 3_500 + 60 * number, ENTRIES, [Block(name, region, failure)])

    def _call(self, contact: str, at: float, entries: int, blocks: list[Block]) -> None:
        steps: list[Block | str] = [*blocks, *["PlayPrompt"] * (entries - len(blocks) - 1), "Disconnect"]
        for number, step in enumerate(steps):
            self._entry(contact, at + number, step)
            if isinstance(step, Block) and step.failure in _RAN:
                for attempt in range(1 if step.failure in (None, "late") else 4):
                    self._request(step, contact, at + number - 0.9 + attempt / 5)

    def _entry(self, contact: str, at: float, step: Block | str) -> None:
        instance = self._of.instances[0]
        more: dict[str, Any] = {"ContactFlowModuleType": step, "Parameters": {}}
        if isinstance(step, Block):
            more = _of_lambda(step, self._of.alias_arn(step.function, step.region))
        entry = {
            "ContactId": contact,
            "ContactFlowName": "front desk",
            "Identifier": "block",
            "Timestamp": datetime.fromtimestamp(at, UTC).isoformat(),
            **more,
        }
        self._write(instance.arn.region, flow_log_group(instance.alias), at, "calls", json.dumps(entry))

    def _traffic(self) -> None:
        name = next(iter(self._of.functions))
        for region in self._of.regions:
            for second in range(TAILED_SECONDS):
                self._request(Block(name, region), str(uuid.uuid4()), self._now - second)

    def _request(self, block: Block, contact: str, at: float) -> None:
        group = f"/aws/lambda/{self._of.names.function(block.function)}"
        for message in _lines(block.failure, contact):
            self._write(block.region, group, at, "2026/01/31/[2]0", message)

    def _write(self, region: str, group: str, at: float, stream: str, message: str) -> None:
        events = self._events[region, group]
        known = {"timestamp": int(at * 1000), "message": message, "logStreamName": stream}
        events.append({**known, "eventId": f"{group}{region}{len(events)}"})


def _matching(events: list[dict[str, Any]], pattern: str) -> list[dict[str, Any]]:
    """The patterns that the tools use."""
    text = '"Results"' if pattern == FAILED_PATTERN else pattern.strip('"')
    return [event for event in events if text in event["message"]]


def _of_lambda(block: Block, arn: str) -> dict[str, Any]:
    found: dict[str, Any] = {
        "ContactFlowModuleType": "InvokeExternalResource",
        "Parameters": {"FunctionArn": arn, "TimeLimit": "8000"},
    }
    if block.failure in _REFUSED:
        status, code = _REFUSED[str(block.failure)]
        return {**found, "Results": f"Status Code: {status}; Error Code: {code}; RequestId: {uuid.uuid4()}"}
    return {**found, "Results": _FAILED} if block.failure else {**found, "ExternalResults": {}}


def _lines(failure: str | None, contact: str) -> Iterator[str]:
    request, duration = str(uuid.uuid4()), 9_000 if failure == "late" else 120
    ours = {"request_id": request, "function_version": "2", "contact_id": contact}
    yield f"START RequestId: {request} Version: 2"
    yield json.dumps({"message": "invocation started", **ours})
    yield json.dumps(
        {
            "message": "invocation",
            "outcome": failure if failure in ("raised", "refused") else "ok",
            "duration_ms": duration,
            **ours,
        }
    )
    yield f"END RequestId: {request}"
    yield f"REPORT RequestId: {request}\tDuration: {duration} ms\tBilled Duration: {duration} ms"
