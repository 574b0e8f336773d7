"""TOML files into frozen pydantic models; every complaint is one sentence that names file, key and value."""

import difflib
import tomllib
from pathlib import Path
from typing import Any, TypeVar, get_args

from pydantic import BaseModel, ConfigDict, ValidationError

from patchbay.errors import UserError


class Section(BaseModel):
    """A table of a TOML file: immutable, and unknown keys are refused."""

    model_config = ConfigDict(frozen=True, extra="forbid")


SectionT = TypeVar("SectionT", bound=Section)


def read(path: Path) -> dict[str, Any]:
    """The parsed file. Raises UserError where it is not TOML."""
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise UserError(f"{path.parent.name}/{path.name} is not valid TOML: {error}") from error


def parse(model: type[SectionT], data: dict[str, Any], source: str) -> SectionT:
    """`data` as `model`. Raises UserError that begins with `source`."""
    try:
        return model.model_validate(data)
    except ValidationError as error:
        raise UserError(f"{source}: {_sentence(model, error)}") from error


def _sentence(model: type[BaseModel], error: ValidationError) -> str:
    # A misspelt key is both unknown and missing: the first says more.
    first = min(error.errors(), key=lambda found: found["type"] != "extra_forbidden")
    key = ".".join(str(part) for part in first["loc"])
    if first["type"] == "extra_forbidden":
        return f"{key} is not a known key: {_allowed(model, first['loc'])}"
    if first["type"] == "missing":
        return f"{key} is missing: add it"
    message = first["msg"].removeprefix("Value error, ")
    shown = "" if first["type"] == "value_error" else f", but it is {first['input']!r}"
    return f"{key}: {message}{shown}" if key else message


def _allowed(model: type[BaseModel], loc: tuple[int | str, ...]) -> str:
    keys = sorted(_section_at(model, loc[:-1]).model_fields)
    close = difflib.get_close_matches(str(loc[-1]), keys, n=1)
    meant = f"did you mean {close[0]}? " if close else ""
    return f"{meant}allowed are {', '.join(keys)}"


def _section_at(model: type[BaseModel], loc: tuple[int | str, ...]) -> type[BaseModel]:
    """The model that owns the last key of `loc`."""
    current = model
    for part in loc:
        field = current.model_fields.get(str(part))
        if field is not None:
            current = _innermost(field.annotation) or current
    return current


def _innermost(annotation: Any) -> type[BaseModel] | None:
    """The model inside `tuple[X, ...]`, `dict[str, X]` or `X | None`."""
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return annotation
    return next((found for argument in get_args(annotation) if (found := _innermost(argument))), None)
