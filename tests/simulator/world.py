"""A fake Lambda, small flows, and a call through them."""

import json
import random
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

from patchbay.arns import InstanceArn
from patchbay.simulator import flow as flows
from patchbay.simulator.contact import Contact, Endpoint
from patchbay.simulator.flow import Flow
from patchbay.simulator.flowlog import Entries
from patchbay.simulator.functions import Functions, Reply
from patchbay.simulator.interpreter import place_call
from patchbay.simulator.transcript import CallResult, Who

INSTANCE = InstanceArn.parse(
    "arn:aws:connect:us-east-1:111122223333:instance/11111111-2222-3333-4444-555555555555"
)
ALIAS = "arn:aws:lambda:us-west-2:444455556666:function:lookup:live"
STARTED = datetime(2026, 1, 2, 3, 4, 5, tzinfo=UTC)

SOURCE_ACCOUNT = {"StringEquals": {"AWS:SourceAccount": INSTANCE.account}}
SOURCE_ARN = {"ArnLike": {"AWS:SourceArn": str(INSTANCE)}}


def statement(**changes: object) -> dict[str, object]:
    """The statement that the Functions stack puts on an alias, with changes."""
    return {
        "Sid": "connect",
        "Effect": "Allow",
        "Principal": {"Service": "connect.amazonaws.com"},
        "Action": "lambda:InvokeFunction",
        "Resource": ALIAS,
        "Condition": {**SOURCE_ACCOUNT, **SOURCE_ARN},
        **changes,
    }


def policy(*statements: dict[str, object]) -> dict[str, object]:
    """A policy document."""
    return {"Version": "2012-10-17", "Statement": list(statements)}


def answer(response: object, duration_ms: int = 100) -> Reply:
    """A reply of a function that returned."""
    return Reply(200, duration_ms, json.dumps(response).encode())


def failed(message: str = "boom", duration_ms: int = 100) -> Reply:
    """A reply of a function that raised."""
    payload = json.dumps({"errorType": "ValueError", "errorMessage": message}).encode()
    return Reply(200, duration_ms, payload, "Unhandled")


THROTTLED = Reply(429, 5)
UNAVAILABLE = Reply(503, 5)
UNANSWERED = Reply(None, 0)


@dataclass
class FakeFunctions:
    """One function with scripted replies; the last one repeats."""

    replies: Sequence[Reply] = (answer({}),)
    weights: Mapping[str, float] | None = field(default_factory=lambda: {"3": 1.0})
    document: Mapping[str, object] | None = field(default_factory=lambda: policy(statement()))
    invoked: list[tuple[str, float]] = field(default_factory=list)
    """Version and time limit of each attempt."""
    events: list[dict[str, Any]] = field(default_factory=list)

    def route(self, arn: str) -> Mapping[str, float] | None:
        return self.weights

    def policy(self, arn: str) -> Mapping[str, object] | None:
        return self.document

    def invoke(self, arn: str, version: str, payload: bytes, time_limit: float) -> Reply:
        self.invoked.append((version, time_limit))
        self.events.append(json.loads(payload))
        return self.replies[min(len(self.invoked), len(self.replies)) - 1]


def block(
    identifier: str,
    type_: str,
    parameters: Mapping[str, object] | None = None,
    *,
    next_: str | None = "end",
    errors: Mapping[str, str] | None = None,
    conditions: Sequence[tuple[str, str, str]] = (),
) -> dict[str, object]:
    """One action; `conditions` are (operator, operand, next)."""
    return {
        "Identifier": identifier,
        "Type": type_,
        "Parameters": dict(parameters or {}),
        "Transitions": {
            **({"NextAction": next_} if next_ else {}),
            "Errors": [{"ErrorType": kind, "NextAction": target} for kind, target in (errors or {}).items()],
            "Conditions": [
                {"NextAction": target, "Condition": {"Operator": operator, "Operands": [operand]}}
                for operator, operand, target in conditions
            ],
        },
    }


def says(identifier: str, words: str, next_: str = "end") -> dict[str, object]:
    """A prompt."""
    return block(identifier, "MessageParticipant", {"Text": words}, next_=next_)


def invokes(identifier: str = "invoke", next_: str = "end", **parameters: object) -> dict[str, object]:
    """An Invoke block whose Error branch says sorry."""
    given = {"LambdaFunctionARN": ALIAS, "InvocationTimeLimitSeconds": "3", **parameters}
    return block(identifier, "InvokeLambdaFunction", given, next_=next_, errors={"NoMatchingError": "sorry"})


RETURN = block("return", "EndFlowModuleExecution", next_=None)
END = block("end", "DisconnectParticipant", next_=None)
SORRY = says("sorry", "Sorry.")
LOGGING = block("logging", "UpdateFlowLoggingBehavior", {"FlowLoggingBehavior": "Enabled"}, next_="invoke")


def text(*blocks: dict[str, object]) -> str:
    """Flow JSON that starts with the first block and can end."""
    known = {b["Identifier"] for b in blocks}
    extra = [b for b in (SORRY, END) if b["Identifier"] not in known]
    return json.dumps(
        {"Version": "2019-10-30", "StartAction": blocks[0]["Identifier"], "Actions": [*blocks, *extra]}
    )


def flow(*blocks: dict[str, object], name: str = "test") -> Flow:
    """The same, loaded."""
    return flows.load(text(*blocks), name, f"{INSTANCE}/contact-flow/{name}")


def module(*blocks: dict[str, object], name: str = "module") -> Flow:
    """A flow module of these blocks."""
    content = {**json.loads(text(*blocks)), "Settings": {}}
    return flows.load(json.dumps(content), name, f"{INSTANCE}/flow-module/{name}")


def contact(channel: str = "VOICE", **given: Any) -> Contact:
    """A caller of INSTANCE."""
    return Contact(
        "contact-1", channel, Endpoint.of("+12025550100"), Endpoint.of("+18005550199"), INSTANCE, **given
    )


def call(
    *blocks: dict[str, object],
    functions: Functions | None = None,
    caller: Contact | None = None,
    log: Entries | None = None,
    seed: int = 1,
    **options: Any,
) -> CallResult:
    """A call through these blocks."""
    return place_call(
        flow(*blocks),
        caller or contact(),
        functions or FakeFunctions(),
        flow_log=log,
        rng=random.Random(seed),
        started=STARTED,
        **options,
    )


def heard(result: CallResult, who: Who = Who.PROMPT) -> list[str]:
    """The lines of one kind."""
    return [entry.text for entry in result.transcript if entry.who is who]
