"""What a `function.toml` says, checked and frozen."""

import re
from collections.abc import Mapping
from enum import StrEnum
from typing import Annotated, Self

from pydantic import AfterValidator, Field, model_validator

from common.response import ResponseType
from patchbay import limits, toml

_OURS = ("AWS_", "LAMBDA_", "TABLE_", "PATCHBAY_")

_LOG_LEVELS = ("POWERTOOLS_LOG_LEVEL", "LOG_LEVEL")
"""Of the logger that writes the lines of `common.log`: the first that is set counts."""
_TELLING = ("DEBUG", "INFO")


def _variable(name: str) -> str:
    """Lambda API reference, Environment: Variables; without the names that Lambda and Patchbay set."""
    if not re.fullmatch(r"[A-Za-z][A-Za-z0-9_]+", name) or name.startswith(_OURS):
        raise ValueError(
            f"{name!r} cannot be an environment variable: use letters, digits and underscores, "
            f"and begin with none of {', '.join(_OURS)}"
        )
    return name


def _package(name: str) -> str:
    """The folder is what Lambda imports."""
    if not re.fullmatch(r"[a-z][a-z0-9_]*", name):
        raise ValueError(f"the folder {name!r} cannot be imported: use small letters, digits and underscores")
    return name


def _action(name: str) -> str:
    """IAM would refuse it only in the middle of a deploy; and the bare `*` is everything."""
    if not re.fullmatch(r"[a-z0-9-]+:[A-Za-z0-9*?]+", name):
        raise ValueError(
            f"{name!r} is no action: write SERVICE:ACTION, as in connect:UpdateContactAttributes"
        )
    return name


def _resource(arn: str) -> str:
    if arn != "*" and not arn.startswith(("arn:", "{{")):
        raise ValueError(f"{arn!r} is no resource: write an ARN, {{{{instance}}}} with what follows, or *")
    return arn


def _returned(key: str) -> str:
    if not re.fullmatch(r"[\w-]+(\.[\w-]+)*", key, re.ASCII):
        raise ValueError(
            f"{key!r} is no key that a flow can read: write what follows $.External., "
            "letters, digits, _ and -, with dots where it nests"
        )
    return key


VariableName = Annotated[str, AfterValidator(_variable)]
Action = Annotated[str, AfterValidator(_action)]
Resource = Annotated[str, AfterValidator(_resource)]
ReturnedKey = Annotated[str, AfterValidator(_returned)]


class Kind(StrEnum):
    """Who invokes the function."""

    FLOW = "flow"
    """A contact flow: Connect's permission, an association, at most 8 s."""
    WORKER = "worker"
    """Another function: up to 900 s, no permission."""
    LEX = "lex"
    """A Lex V2 bot as fulfilment: Lex's permission, no association."""


class Runtime(StrEnum):
    """What runs the handler; the versions are in `stacks.runtime`."""

    PYTHON = "python"
    """`handler.py` with the function `handler`."""
    NODE = "node"
    """`handler.mjs`, which exports `handler`."""

    @property
    def handler_file(self) -> str:
        """The module with the entry point."""
        return "handler.py" if self is Runtime.PYTHON else "handler.mjs"


class Strategy(StrEnum):
    """How a new version meets callers."""

    ALL_AT_ONCE = "all-at-once"
    CANARY = "canary"


def _silent(environment: Mapping[str, str]) -> str:
    """A function whose two lines per invocation are filtered looks to a release like one that fails."""
    name = next((name for name in _LOG_LEVELS if environment.get(name)), None)
    if name is None or environment[name].upper() in _TELLING:
        return ""
    return (
        f"environment: {name} is {environment[name]!r}, which filters the lines that releases are judged by: "
        f"use {' or '.join(_TELLING)}, or set the level of your own logger in the handler"
    )


class TableAccess(StrEnum):
    """What a function's role may do with a table."""

    READ = "read"
    READ_WRITE = "read-write"


class BucketAccess(StrEnum):
    """What a function's role may do with a bucket's objects."""

    READ = "read"
    WRITE = "write"
    READ_WRITE = "read-write"


class Permission(toml.Section):
    """What a function's role may do beyond its tables, buckets, secrets and functions."""

    actions: Annotated[tuple[Action, ...], Field(min_length=1)]
    """Such as connect:UpdateContactAttributes."""
    resources: tuple[Resource, ...] = ()
    """ARNs; `{{instance}}` stands for the ARN of each instance that lists the function."""
    except_resources: tuple[Resource, ...] = ()
    """In place of `resources`: everything but these, for what has no ARN itself (a text message)."""

    @model_validator(mode="after")
    def _one_of_both(self) -> Self:
        if bool(self.resources) == bool(self.except_resources):
            raise ValueError(f"permissions for {', '.join(self.actions)}: give resources or except_resources")
        return self


class Table(toml.Section):
    """One entry of `lambdas/tables.toml`: a DynamoDB table with a string partition key."""

    partition_key: str
    time_to_live: str | None = None
    """The attribute with the expiry in epoch seconds."""


class Function(toml.Section):
    """`function.toml`, with the environment's overrides laid over it."""

    name: Annotated[str, AfterValidator(_package)]
    description: Annotated[str, Field(max_length=limits.FUNCTION_DESCRIPTION_MAX_CHARS)]
    kind: Kind = Kind.FLOW
    runtime: Runtime = Runtime.PYTHON
    response: ResponseType = ResponseType.STRING_MAP
    time_limit_seconds: int
    """The Lambda timeout and the block's InvocationTimeLimitSeconds: AWS advises that they match."""
    memory_mb: Annotated[int, Field(ge=limits.FUNCTION_MEMORY_MB[0], le=limits.FUNCTION_MEMORY_MB[1])] = 256
    effects: bool = False
    """A call changes something that must not happen twice."""
    harmless_operations: tuple[str, ...] = ()
    """Values of the parameter `operation` with which a call changes nothing after all."""
    returns: tuple[ReturnedKey, ...] | None = None
    """What a flow may read as `$.External.KEY`, dotted where it nests; None: not said, so not checked."""
    removed: bool = False
    """First of the two deploys that remove a function: drops its association, keeps the rest."""
    environment: dict[VariableName, str] = Field(default_factory=dict)
    tables: dict[str, TableAccess] = Field(default_factory=dict)
    strategy: Strategy | None = None
    """How its new versions meet callers; None: as the environment says."""
    bot: str | None = None
    """The entry of the instance's resources with the bot alias ARN; for kind lex, and for a function that
    serves flow and bot alike."""
    invokes: tuple[str, ...] = ()
    """Functions that this one may invoke, by their alias in its own Region."""
    secrets: tuple[str, ...] = ()
    """Random keys, made by the deploy, that it may read."""
    buckets: dict[str, BucketAccess] = Field(default_factory=dict)
    permissions: tuple[Permission, ...] = ()
    retry_attempts: Annotated[int, Field(ge=0, le=limits.ASYNCHRONOUS_RETRIES_MAX)] | None = None
    """For kind worker: how often Lambda repeats a failed run before the dead-letter queue gets it."""

    @model_validator(mode="after")
    def _check(self) -> Self:
        low, high = limits.BLOCK_TIME_LIMIT_SECONDS
        longest = high if self.kind is Kind.FLOW else limits.FUNCTION_TIMEOUT_MAX_SECONDS
        if not low <= self.time_limit_seconds <= longest:
            raise ValueError(
                f"time_limit_seconds is {self.time_limit_seconds}: "
                f"a function of kind {self.kind} may take {low} to {longest} seconds"
            )
        size = sum(len(f"{key}{value}".encode()) for key, value in self.environment.items())
        if size > limits.ENVIRONMENT_MAX_BYTES:
            raise ValueError(
                f"environment has {size} bytes, but Lambda allows {limits.ENVIRONMENT_MAX_BYTES}: "
                "keep larger settings in SSM or S3"
            )
        if complaint := _silent(self.environment) if self.kind is Kind.FLOW else "":
            raise ValueError(complaint)
        if complaint := self._misplaced():
            raise ValueError(complaint)
        if self.strategy is Strategy.CANARY and self.kind is not Kind.FLOW:
            raise ValueError(
                f"strategy is canary, but a release counts contacts, and a function of kind {self.kind} "
                "has none: drop strategy, or set it to all-at-once"
            )
        return self

    def _misplaced(self) -> str:
        """A key that this kind of function does not have, or one that it lacks."""
        if self.kind is Kind.LEX and self.bot is None:
            return "bot is missing: kind lex names the bot alias in the resources"
        if self.kind is Kind.WORKER and self.bot is not None:
            return "bot goes with the kinds lex and flow: a worker serves no bot"
        if self.kind is not Kind.WORKER and self.retry_attempts is not None:
            return "retry_attempts goes with kind worker: only its runs are repeated by Lambda"
        if self.harmless_operations and not self.effects:
            return "harmless_operations goes with effects = true: without effects every operation is harmless"
        return ""
