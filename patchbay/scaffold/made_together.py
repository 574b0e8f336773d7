"""What `patchbay new` made in one go, and what is left of it once the functions are gone."""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from patchbay import function_folders, toml
from patchbay.scaffold import mentions, names

TABLES = "lambdas/tables.toml"


@dataclass(frozen=True)
class Belongings:
    """What nothing needs any more when certain functions go."""

    flow: str | None
    """The name of the flow that invokes no other function."""
    tests: tuple[str, ...]
    """Folders, by path below the project's root."""
    table: str | None
    """In lambdas/tables.toml."""


def functions(name: str, root: Path) -> tuple[str, ...]:
    """The functions that a name stands for: itself, or those that are left of an asynchronous one."""
    settings = _settings(root)
    return (name,) if name in settings else _left_of(name, settings)


def stem(function: str, root: Path) -> str:
    """The name that an asynchronous one's three functions were made under; otherwise the function's own."""
    settings = _settings(root)
    tables = settings[function].get("tables", {})
    stems = (table.removesuffix("_runs") for table in tables if table.endswith("_runs"))
    return next((one for one in stems if function in _left_of(one, settings)), function)


def belongings(leaving: Collection[str], root: Path) -> Belongings:
    """What goes along with these functions, which are a single one, or were made together."""
    settings = _settings(root)
    name = stem(next(iter(leaving)), root)
    stay = [one for one in _left_of(name, settings) if one not in leaving]
    if stay:
        return Belongings(None, tuple(_tests(leaving, root)), None)
    made = {name, *names.of_asynchronous(name)}
    return Belongings(
        _flow(name, made, root),
        tuple(_tests([*leaving, name], root)),
        _table(names.table_of_asynchronous(name), leaving, settings, root),
    )


def _settings(root: Path) -> Mapping[str, Mapping[str, Any]]:
    return {name: toml.read(path) for name, path in function_folders.folders(root / "lambdas").items()}


def _left_of(name: str, settings: Mapping[str, Mapping[str, Any]]) -> tuple[str, ...]:
    """Those of the three that share their table, so that nobody else's function is taken for one."""
    table = names.table_of_asynchronous(name)
    there = (one for one in names.of_asynchronous(name) if one in settings)
    return tuple(one for one in there if table in settings[one].get("tables", {}))


def _flow(name: str, made: Collection[str], root: Path) -> str | None:
    path = root / "flows" / f"{name}.json"
    named = mentions.functions_in(path) if path.exists() else set()
    return name if named and named <= set(made) else None


def _tests(of: Collection[str], root: Path) -> Iterator[str]:
    paths = (f"tests/lambdas/{name}" for name in dict.fromkeys(of))
    return (path for path in paths if (root / path).is_dir())


def _table(
    table: str, leaving: Collection[str], settings: Mapping[str, Mapping[str, Any]], root: Path
) -> str | None:
    users = {name for name, one in settings.items() if table in one.get("tables", {})}
    path = root / TABLES
    defined = path.exists() and table in toml.read(path)
    return table if defined and users and users <= set(leaving) else None
