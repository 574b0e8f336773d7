"""A function is a folder under `lambdas/` with a `function.toml`; this module reads it."""

import ast
import re
from collections.abc import Mapping
from enum import StrEnum
from pathlib import Path
from typing import Annotated, Any, Self

from pydantic import AfterValidator, Field, model_validator

from common.response import ResponseType
from patchbay import limits, toml
from patchbay.errors import UserError

SETTINGS_FILE = "function.toml"


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


VariableName = Annotated[str, AfterValidator(_variable)]


class Kind(StrEnum):
    """Who invokes the function."""

    FLOW = "flow"
    """A contact flow: Connect's permission, an association, at most 8 s."""
    WORKER = "worker"
    """Another function: up to 900 s, no permission."""
    LEX = "lex"
    """A Lex V2 bot as fulfilment: Lex's permission, no association."""


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
    response: ResponseType = ResponseType.STRING_MAP
    time_limit_seconds: int
    """The Lambda timeout and the block's InvocationTimeLimitSeconds: AWS advises that they match."""
    memory_mb: Annotated[int, Field(ge=limits.FUNCTION_MEMORY_MB[0], le=limits.FUNCTION_MEMORY_MB[1])] = 256
    effects: bool = False
    """A call changes something that must not happen twice."""
    removed: bool = False
    """First of the two deploys that remove a function: drops its association, keeps the rest."""
    environment: dict[VariableName, str] = Field(default_factory=dict)
    tables: dict[str, TableAccess] = Field(default_factory=dict)
    strategy: Strategy | None = None
    """How its new versions meet callers; None: as the environment says."""
    bot: str | None = None
    """For kind lex: the entry of the instance's resources that holds the bot alias ARN."""

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
        if (self.kind is Kind.LEX) != (self.bot is not None):
            raise ValueError(
                "bot goes with kind lex, and only there: it names the bot alias in the resources"
            )
        if self.strategy is Strategy.CANARY and self.kind is not Kind.FLOW:
            raise ValueError(
                f"strategy is canary, but a release counts contacts, and a function of kind {self.kind} "
                "has none: drop strategy, or set it to all-at-once"
            )
        return self


def folders(lambdas: Path) -> dict[str, Path]:
    """Every function folder by name."""
    return {path.parent.name: path for path in sorted(lambdas.glob(f"*/{SETTINGS_FILE}"))}


def warm_up_events(lambdas: Path, function: Function) -> list[Path]:
    """The recorded events that a candidate is invoked with before any caller meets it; where a call has
    effects, only those that the function's author put aside as harmless, into `events/warm_up`."""
    folder = lambdas / function.name / "events"
    if function.kind is not Kind.FLOW:
        return []
    return sorted((folder / "warm_up" if function.effects else folder).glob("*.json"))


def _names(tree: ast.Module) -> set[str]:
    """What the module defines, assigns or imports."""
    found = {node.name for node in tree.body if isinstance(node, ast.FunctionDef | ast.ClassDef)}
    for node in ast.walk(tree):
        if isinstance(node, ast.alias):
            found.add(node.asname or node.name)
        elif isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store):
            found.add(node.id)
    return found


def _check_handler(path: Path) -> None:
    """Lambda would find out only when the first caller waits for it."""
    where = f"lambdas/{path.parent.name}/{path.name}"
    try:
        tree = ast.parse(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        raise UserError(f"{where} is missing: it holds the function `handler`") from None
    except (SyntaxError, ValueError) as error:
        raise UserError(f"{where} is not Python: {error}") from error
    if "handler" not in _names(tree):
        raise UserError(f"{where} defines no `handler`: name the function that Lambda calls so")


def load(lambdas: Path, name: str, overrides: dict[str, Any], source: str) -> Function:
    """One function; `overrides` come from the environment file `source`.

    Raises UserError where the folder is missing or a value is refused.
    """
    found = folders(lambdas)
    if name not in found:
        raise UserError(
            f"{source}: function {name!r} has no folder with a {SETTINGS_FILE} under lambdas/: "
            f"there are {', '.join(found) or 'none'}; to remove a function, first deploy with removed = true"
        )
    _check_handler(found[name].parent / "handler.py")
    settings = toml.read(found[name])
    origin = f"lambdas/{name}/{SETTINGS_FILE}" + (
        f" with [functions.{name}] of {source}" if overrides else ""
    )
    return toml.parse(Function, {"name": name, **settings, **overrides}, origin)


class _Tables(toml.Section):
    tables: dict[str, Table]


def tables(lambdas: Path) -> dict[str, Table]:
    """The tables that functions may use, by name."""
    path = lambdas / "tables.toml"
    data = toml.read(path) if path.exists() else {}
    return toml.parse(_Tables, {"tables": data}, "lambdas/tables.toml").tables
