"""Fills the placeholders of a flow in `flows/`: functions, time limits, response types, resources.

{{function:NAME}}            alias ARN in the group's preferred Region
{{function:NAME:fallback}}   alias ARN in its fallback Region
{{time_limit:NAME}}          the block's time limit in seconds
{{response:NAME}}            STRING_MAP or JSON
{{resource:KEY}}             an ARN of the instance's [instances.resources]
"""

import json
import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from patchbay.config import Environment, Instance
from patchbay.errors import UserError
from patchbay.functions import Function, Kind
from patchbay.limits import FLOW_CONTENT_MAX_CHARS

OPEN = "open"
"""The kind of what begins like a placeholder and is none: its braces do not close, or nest."""

_PLACEHOLDER = re.compile(r"\{\{([^{}]*)\}\}")
FORMS = (
    "{{function:NAME}}, {{function:NAME:fallback}}, {{time_limit:NAME}}, {{response:NAME}}, {{resource:KEY}}"
)


@dataclass(frozen=True)
class Placeholder:
    """One placeholder where it stands."""

    text: str
    """With its braces."""
    kind: str
    arguments: tuple[str, ...]
    block: str | None
    """The block's Identifier; None outside a block."""


def whole(text: str) -> tuple[str, ...]:
    """Kind and arguments of a text that is one placeholder and nothing else; otherwise ("",)."""
    match = _PLACEHOLDER.fullmatch(text)
    return tuple(match[1].split(":")) if match else ("",)


def complaint(placeholder: Placeholder) -> str:
    """Why no environment could ever fill it; empty where one could."""
    match (placeholder.kind, *placeholder.arguments):
        case (kind, *_) if kind == OPEN:
            return "holds an open placeholder"
        case ("function" | "time_limit" | "response" | "resource", _) | ("function", _, "fallback"):
            return ""
    return "is no placeholder"


def placeholders(text: str, source: str = "the flow") -> tuple[Placeholder, ...]:
    """Every placeholder in the flow's strings, in order. Raises UserError where `text` is no JSON object."""
    found: list[Placeholder] = []

    def remember(placeholder: Placeholder) -> str:
        found.append(placeholder)
        return ""

    _Walk(source, remember).flow(_parse(text, source))
    return tuple(found)


def render(text: str, environment: Environment, instance: Instance, source: str) -> str:
    """The flow for one instance, as compact JSON; `source` names the file in complaints.

    Raises UserError: one sentence with file, block, placeholder and what is allowed.
    """
    filled = _Walk(source, _Fill(environment, instance, source)).flow(_parse(text, source))
    content = json.dumps(filled, ensure_ascii=False, separators=(",", ":"))
    if len(content) > FLOW_CONTENT_MAX_CHARS:
        raise UserError(
            f"{source}: the flow has {len(content)} characters, but Connect takes {FLOW_CONTENT_MAX_CHARS}: "
            "move a part of it into another flow"
        )
    return content


def _parse(text: str, source: str) -> dict[str, Any]:
    try:
        flow = json.loads(text)
    except json.JSONDecodeError as error:
        raise UserError(f"{source}: the flow is not JSON: {error}") from error
    if not isinstance(flow, dict):
        raise UserError(
            f"{source}: the flow is no JSON object with Version, StartAction and Actions: export it again"
        )
    return flow


@dataclass(frozen=True)
class _Walk:
    """Goes through the flow's strings, keys included, and replaces each placeholder."""

    source: str
    replace: Callable[[Placeholder], str]

    def flow(self, flow: dict[str, Any]) -> dict[str, Any]:
        walks = {key: self._actions if key == "Actions" else self._outside for key in flow}
        return {key: walks[key](value) for key, value in flow.items()}

    def _outside(self, value: Any) -> Any:
        return self._value(value, None)

    def _actions(self, actions: Any) -> Any:
        if not isinstance(actions, list):
            return self._outside(actions)
        return [self._value(action, _identifier(action)) for action in actions]

    def _value(self, value: Any, block: str | None) -> Any:
        if isinstance(value, dict):
            return {self._string(key, block): self._value(inner, block) for key, inner in value.items()}
        if isinstance(value, list):
            return [self._value(inner, block) for inner in value]
        return self._string(value, block) if isinstance(value, str) else value

    def _string(self, text: str, block: str | None) -> str:
        def one(match: re.Match[str]) -> str:
            kind, *arguments = match[1].split(":")
            return self.replace(Placeholder(match[0], kind, tuple(arguments), block))

        filled = _PLACEHOLDER.sub(one, text)
        return self.replace(Placeholder(repr(text), OPEN, (), block)) if "{{" in filled else filled


@dataclass(frozen=True)
class _Fill:
    """What each kind of placeholder stands for."""

    environment: Environment
    instance: Instance
    source: str

    def __call__(self, placeholder: Placeholder) -> str:
        group = self.environment.group(self.instance)
        match (placeholder.kind, *placeholder.arguments):
            case ("function", name):
                return self.environment.alias_arn(self._function(placeholder, name).name, group.preferred)
            case ("function", name, "fallback"):
                return self.environment.alias_arn(self._function(placeholder, name).name, group.fallback)
            case ("time_limit", name):
                return str(self._function(placeholder, name).time_limit_seconds)
            case ("response", name):
                return str(self._function(placeholder, name).response)
            case ("resource", key):
                return self._resource(placeholder, key)
        raise self._refused(placeholder, f"{complaint(placeholder)}: write one of {FORMS}")

    def _function(self, placeholder: Placeholder, name: str) -> Function:
        function = self.environment.functions.get(name)
        if function is None or name not in self.instance.functions:
            listed = ", ".join(self.instance.functions) or "none"
            whose = "of this environment" if function is None else f"of instance {self.instance.name}"
            wrong = (
                f"names no function {whose}: the instance lists {listed}; name one of them or list it there"
            )
            raise self._refused(placeholder, wrong)
        if function.removed:
            wrong = "names a function with removed = true: take it out of the flow first"
            raise self._refused(placeholder, wrong)
        if function.kind is not Kind.FLOW:
            wrong = f"names a function of kind {function.kind}: a flow may invoke the kind flow only"
            raise self._refused(placeholder, wrong)
        return function

    def _resource(self, placeholder: Placeholder, key: str) -> str:
        resources = self.instance.resources
        if key not in resources:
            listed = ", ".join(resources) or "none"
            wrong = f"names no resource of instance {self.instance.name}: it has {listed}; add it there"
            raise self._refused(placeholder, wrong)
        return resources[key]

    def _refused(self, placeholder: Placeholder, why: str) -> UserError:
        return UserError(f"{_where(self.source, placeholder.block)}: {placeholder.text} {why}")


def _where(source: str, block: str | None) -> str:
    return source if block is None else f"{source}: block {block!r}"


def _identifier(action: Any) -> str | None:
    identifier = action.get("Identifier") if isinstance(action, dict) else None
    return identifier if isinstance(identifier, str) else None
