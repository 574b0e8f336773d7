"""Small flows, written as a list of blocks, and the functions that they invoke."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from common.response import ResponseType
from patchbay.functions import Function
from patchbay.lint import run
from patchbay.lint.known_functions import Target

Block = dict[str, object]
Ways = Mapping[str, str]

END = "End"
ERROR = "NoMatchingError"
FALLBACK = "arn:aws:lambda:us-east-1:111122223333:function:app-dev-{}:live"

FUNCTIONS = {
    function.name: function
    for function in (
        Function(name="lookup", description="", time_limit_seconds=3, returns=("status", "name", "language")),
        Function(name="orders", description="", time_limit_seconds=3, returns=("status", "count")),
        Function(name="slow", description="", time_limit_seconds=8, returns=("status",)),
        Function(name="vague", description="", time_limit_seconds=2),
        Function(
            name="accounts",
            description="",
            response=ResponseType.JSON,
            time_limit_seconds=5,
            effects=True,
            harmless_operations=("check", "state"),
            returns=("status", "Balance.Savings", "Card"),
        ),
        Function(
            name="codes",
            description="",
            time_limit_seconds=4,
            effects=True,
            harmless_operations=("state",),
            secrets=("key",),
        ),
    )
}


@dataclass(frozen=True)
class Made:
    """The functions above; their ARNs in us-east-1 are those of the fallback Region."""

    def named(self, name: str) -> Function | None:
        """By name."""
        return FUNCTIONS.get(name)

    def at(self, arn: str) -> Target | None:
        """By ARN, whatever its qualifier."""
        name = arn.split(":")[6].removeprefix("app-dev-") if arn.count(":") > 5 else ""
        return Target(FUNCTIONS[name], fallback="us-east-1" in arn) if name in FUNCTIONS else None


def block(
    identifier: str,
    kind: str,
    parameters: Mapping[str, object] | None = None,
    *,
    then: str | None = None,
    when: Ways | None = None,
    errors: Ways | None = None,
) -> Block:
    """Any block: `when` leads on by condition, `errors` by error type."""
    conditions = [
        {"NextAction": target, "Condition": {"Operator": "Equals", "Operands": [operand]}}
        for operand, target in (when or {}).items()
    ]
    transitions: dict[str, object] = {"NextAction": then} if then else {}
    return {
        "Identifier": identifier,
        "Type": kind,
        "Parameters": dict(parameters or {}),
        "Transitions": {
            **transitions,
            "Conditions": conditions,
            "Errors": [{"NextAction": to, "ErrorType": error} for error, to in (errors or {}).items()],
        },
    }


def invoke(
    identifier: str, function: str = "lookup", *, then: str = END, error: str | None = END, **others: object
) -> Block:
    """An Invoke block as it should be; `others` are parameters, None takes one away."""
    given: dict[str, object] = {
        "LambdaFunctionARN": f"{{{{function:{function}}}}}",
        "InvocationTimeLimitSeconds": f"{{{{time_limit:{function.split(':')[0]}}}}}",
        "ResponseValidation": {"ResponseType": f"{{{{response:{function.split(':')[0]}}}}}"},
        **others,
    }
    kept = {name: value for name, value in given.items() if value is not None}
    errors = {ERROR: error} if error else {}
    return block(identifier, "InvokeLambdaFunction", kept, then=then, errors=errors)


def operation(name: str, **more: object) -> dict[str, Any]:
    """Parameters for the function."""
    return {"LambdaInvocationAttributes": {"operation": name, **more}}


def say(identifier: str, text: str = "Hello.", *, then: str = END, error: str = END) -> Block:
    """A prompt."""
    return block(identifier, "MessageParticipant", {"Text": text}, then=then, errors={ERROR: error})


def keep(identifier: str, value: str, *, then: str = END) -> Block:
    """A contact attribute."""
    given = {"Attributes": {"kept": value}}
    return block(identifier, "UpdateContactAttributes", given, then=then, errors={ERROR: then})


def compare(identifier: str, value: str, when: Ways, *, otherwise: str = END) -> Block:
    """A branch on a value."""
    given = {"ComparisonValue": value}
    return block(identifier, "Compare", given, when=when, errors={"NoMatchingCondition": otherwise})


def ask(identifier: str, when: Ways, *, otherwise: str = END) -> Block:
    """A menu by keys."""
    given = {"Text": "Press a key.", "StoreInput": "False", "InputTimeLimitSeconds": "5"}
    errors = dict.fromkeys(("InputTimeLimitExceeded", "NoMatchingCondition", ERROR), otherwise)
    return block(identifier, "GetParticipantInput", given, when=when, errors=errors)


def store(identifier: str, *, then: str, error: str = END) -> Block:
    """A question whose keys are stored."""
    given = {"Text": "Key it in.", "StoreInput": "True", "InputTimeLimitSeconds": "5"}
    return block(identifier, "GetParticipantInput", given, then=then, errors={ERROR: error})


def loop(identifier: str, count: object = "2", *, again: str, done: str = END) -> Block:
    """A bound."""
    return block(
        identifier, "Loop", {"LoopCount": count}, when={"ContinueLooping": again, "DoneLooping": done}
    )


def log(identifier: str, behaviour: str, *, then: str) -> Block:
    """The flow log on or off."""
    return block(identifier, "UpdateFlowLoggingBehavior", {"FlowLoggingBehavior": behaviour}, then=then)


def flow(*blocks: Block, kind: str | None = "contactFlow") -> str:
    """The flow of these blocks, which starts with the first; the block `End` hangs up."""
    end = block(END, "DisconnectParticipant")
    metadata = {"type": kind} if kind else {}
    actions = [*blocks, end]
    whole = {"Version": "2019-10-30", "StartAction": actions[0]["Identifier"], "Metadata": metadata}
    return json.dumps({**whole, "Actions": actions})


def found(rule: str, *blocks: Block, kind: str | None = "contactFlow") -> dict[str | None, str]:
    """What one rule says about the flow, by block."""
    findings = run.lint(flow(*blocks, kind=kind), "flows/x.json", Made())
    return {finding.spot.block: finding.spot.wrong for finding in findings if finding.rule.id == rule}


def rules(*blocks: Block, kind: str | None = "contactFlow") -> set[str]:
    """The rules that the flow breaks."""
    return {f.rule.id for f in run.lint(flow(*blocks, kind=kind), "flows/x.json", Made())}
