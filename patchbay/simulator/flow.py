"""A contact flow in the Amazon Connect Flow language, read once and frozen.

The language: Amazon Connect developer guide, "Connect Flow language" (`Version` 2019-10-30).
"""

import json
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from patchbay.errors import UserError

VERSION = "2019-10-30"


@dataclass(frozen=True)
class Condition:
    """One conditional branch: `operator` applied to the block's result and the operands."""

    operator: str
    operands: tuple[str, ...]
    next: str


@dataclass(frozen=True)
class Action:
    """One block."""

    identifier: str
    type: str
    parameters: Mapping[str, Any]
    next: str | None
    conditions: tuple[Condition, ...]
    errors: Mapping[str, str]
    """The next block by error type."""

    def mapping(self, name: str) -> Mapping[str, Any]:
        """A parameter that is an object; empty where it is absent or something else."""
        found = self.parameters.get(name)
        return found if isinstance(found, dict) else {}

    @property
    def operands(self) -> tuple[str, ...]:
        """Those of every condition, in order."""
        return tuple(operand for condition in self.conditions for operand in condition.operands)

    @property
    def targets(self) -> Iterator[str]:
        """Every block that this one can lead to."""
        if self.next is not None:
            yield self.next
        yield from (condition.next for condition in self.conditions)
        yield from self.errors.values()


@dataclass(frozen=True)
class Flow:
    """A flow, or a flow module."""

    name: str
    start: str
    actions: Mapping[str, Action]
    arn: str
    """The ARN of the deployed flow; a stand-in where it is only a file."""
    is_module: bool
    """Flow modules, and only they, have a `Settings` key."""


class _Raw(BaseModel):
    model_config = ConfigDict(frozen=True, strict=True)


class _RawTest(_Raw):
    operator: str = Field(alias="Operator")
    operands: tuple[str, ...] = Field((), alias="Operands", strict=False)


class _RawCondition(_Raw):
    next: str = Field(alias="NextAction")
    test: _RawTest = Field(alias="Condition")


class _RawError(_Raw):
    next: str = Field(alias="NextAction")
    type: str = Field(alias="ErrorType")


class _RawTransitions(_Raw):
    next: str | None = Field(None, alias="NextAction")
    conditions: list[_RawCondition] = Field([], alias="Conditions")
    errors: list[_RawError] = Field([], alias="Errors")


class _RawAction(_Raw):
    identifier: str = Field(alias="Identifier", min_length=1)
    type: str = Field(alias="Type", min_length=1)
    parameters: dict[str, Any] = Field({}, alias="Parameters")
    transitions: _RawTransitions = Field(alias="Transitions")


class _RawFlow(_Raw):
    version: str = Field(alias="Version")
    start: str = Field(alias="StartAction")
    actions: list[_RawAction] = Field(alias="Actions", min_length=1)
    settings: Any = Field(None, alias="Settings")


def load(text: str, name: str, arn: str = "") -> Flow:
    """The flow in `text`; `name` is what the transcript and every complaint call it.

    Raises UserError where it is no flow of this language or a transition leads nowhere.
    """
    raw = _parse(text, name)
    if raw.version != VERSION:
        raise UserError(
            f"flow {name} has Version {raw.version!r}: the simulator reads {VERSION!r}, export the flow again"
        )
    twice = [found for found, times in Counter(a.identifier for a in raw.actions).items() if times > 1]
    if twice:
        raise UserError(
            f"flow {name} has the Identifier {twice[0]!r} more than once: give each block its own"
        )
    flow = Flow(
        name,
        raw.start,
        {a.identifier: _action(a) for a in raw.actions},
        arn or name,
        raw.settings is not None,
    )
    _check_targets(flow)
    return flow


def _parse(text: str, name: str) -> _RawFlow:
    try:
        data = json.loads(text)
    except json.JSONDecodeError as error:
        raise UserError(f"flow {name} is not JSON: {error}") from error
    try:
        return _RawFlow.model_validate(data)
    except ValidationError as error:
        first = error.errors()[0]
        where = ".".join(str(part) for part in first["loc"]) or "the top level"
        raise UserError(
            f"flow {name} is not in the Amazon Connect Flow language: {where}: {first['msg']}; "
            "expected are Version, StartAction and Actions with Identifier, Type, Parameters and Transitions"
        ) from error


def _action(raw: _RawAction) -> Action:
    transitions = raw.transitions
    return Action(
        identifier=raw.identifier,
        type=raw.type,
        parameters=raw.parameters,
        next=transitions.next or None,
        conditions=tuple(Condition(c.test.operator, c.test.operands, c.next) for c in transitions.conditions),
        errors={e.type: e.next for e in transitions.errors},
    )


def _check_targets(flow: Flow) -> None:
    if flow.start not in flow.actions:
        raise UserError(
            f"flow {flow.name} has StartAction {flow.start!r}, which is none of its blocks: name one of them"
        )
    for action in flow.actions.values():
        for target in action.targets:
            if target not in flow.actions:
                raise UserError(
                    f"flow {flow.name}: block {action.identifier!r} leads to {target!r}, "
                    "which is none of its blocks: correct the transition or add the block"
                )
