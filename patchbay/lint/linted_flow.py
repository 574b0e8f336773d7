"""A flow as the rules see it: parsed once, frozen, its blocks joined with what is known of the functions."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from patchbay import flow_templates
from patchbay.flow_templates import Placeholder
from patchbay.functions import Function
from patchbay.lint.graph import Graph
from patchbay.lint.known_functions import KnownFunctions, Target
from patchbay.simulator import flow
from patchbay.simulator.flow import Action, Flow

INVOKE = "InvokeLambdaFunction"
ASYNCHRONOUS = "ASYNCHRONOUS"


@dataclass(frozen=True)
class Invocation:
    """One Invoke block."""

    action: Action
    target: Target | None
    """None where the function is not known."""
    time_limit: Any
    """As written, the placeholder filled; None where it is absent."""
    response_type: Any
    """As written, the placeholder filled; None where it is absent."""

    @property
    def identifier(self) -> str:
        """The block's."""
        return self.action.identifier

    @property
    def arn(self) -> Any:
        """As written."""
        return self.action.parameters.get("LambdaFunctionARN")

    @property
    def function(self) -> Function | None:
        """None where it is not known."""
        return self.target.function if self.target else None

    @property
    def is_asynchronous(self) -> bool:
        """Whether the flow goes on without waiting for the function."""
        return self.action.parameters.get("InvocationType") == ASYNCHRONOUS

    @property
    def seconds(self) -> int:
        """How long a caller may wait here; 0 where it cannot be told, or nobody waits."""
        text = str(self.time_limit)
        return int(text) if text.isdecimal() and not self.is_asynchronous else 0

    @property
    def operation(self) -> str | None:
        """The parameter `operation`; None where it is absent."""
        operation = self.action.mapping("LambdaInvocationAttributes").get("operation")
        return None if operation is None else str(operation)


@dataclass(frozen=True, eq=False)
class LintedFlow:
    """What a rule looks at. Two are the same only where they are one: rules remember what they worked out."""

    source: str
    """The file, as complaints name it."""
    flow: Flow
    kind: str | None
    """`Metadata.type`, such as customerQueue; None where it is not stated."""
    placeholders: tuple[Placeholder, ...]
    """What is still open in the text."""
    functions: KnownFunctions
    invocations: Mapping[str, Invocation]
    """The Invoke blocks by Identifier."""

    @property
    def actions(self) -> Mapping[str, Action]:
        """The blocks by Identifier."""
        return self.flow.actions

    @cached_property
    def graph(self) -> Graph:
        """The ways from block to block that can be walked from the start."""
        return Graph.of(self.flow)

    def of_type(self, *types: str) -> tuple[Action, ...]:
        """The blocks of these types, in the flow's order."""
        return tuple(action for action in self.actions.values() if action.type in types)


def read(text: str, source: str, functions: KnownFunctions) -> LintedFlow:
    """The flow in `text`. Raises UserError where it is none, or a function's settings cannot be read."""
    open_ones = flow_templates.placeholders(text, source)
    parsed = flow.load(text, source)
    invocations = {
        action.identifier: _invocation(action, functions)
        for action in parsed.actions.values()
        if action.type == INVOKE
    }
    return LintedFlow(source, parsed, _kind(text), open_ones, functions, invocations)


def _kind(text: str) -> str | None:
    metadata = json.loads(text).get("Metadata")
    kind = metadata.get("type") if isinstance(metadata, dict) else None
    return kind if isinstance(kind, str) else None


def _invocation(action: Action, functions: KnownFunctions) -> Invocation:
    return Invocation(
        action,
        _target(action.parameters.get("LambdaFunctionARN"), functions),
        _filled(action.parameters.get("InvocationTimeLimitSeconds"), functions),
        _filled(action.mapping("ResponseValidation").get("ResponseType"), functions),
    )


def _target(arn: Any, functions: KnownFunctions) -> Target | None:
    if not isinstance(arn, str):
        return None
    match flow_templates.whole(arn):
        case ("function", name):
            function, fallback = functions.named(name), False
        case ("function", name, "fallback"):
            function, fallback = functions.named(name), True
        case _:
            return functions.at(arn)
    return Target(function, fallback) if function else None


def _filled(value: Any, functions: KnownFunctions) -> Any:
    """The value that a placeholder stands for; the placeholder itself where its function is not known."""
    kind, *arguments = flow_templates.whole(value) if isinstance(value, str) else ("",)
    if kind not in ("time_limit", "response") or len(arguments) != 1:
        return value
    function = functions.named(arguments[0])
    if function is None:
        return value
    return str(function.time_limit_seconds if kind == "time_limit" else function.response)
