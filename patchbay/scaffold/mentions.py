"""Where the project's files name a function."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from patchbay import environments, flow_templates, function_folders, toml

_OF_A_FUNCTION = ("function", "time_limit", "response")
"""Kinds of placeholders whose first argument is a function."""


@dataclass(frozen=True)
class Mentions:
    """What names one function."""

    environments: tuple[str, ...]
    """That list it on an instance."""
    flows: Mapping[str, tuple[str, ...]]
    """Files in `flows/`, and the environments that list each."""
    functions: tuple[str, ...]
    """That invoke it."""


def of(function: str, root: Path) -> Mentions:
    """Reads the project's files. Raises UserError where one of them cannot be read."""
    instances = {name: list(_instances(name, root)) for name in environments.available(root)}
    listing = tuple(
        name
        for name, all_of in instances.items()
        if any(function in one.get("functions", []) for one in all_of)
    )
    flows = {
        path.stem: tuple(
            name
            for name, all_of in instances.items()
            if any(path.stem in one.get("flows", []) for one in all_of)
        )
        for path in sorted((root / "flows").glob("*.json"))
        if function in functions_in(path)
    }
    return Mentions(listing, flows, tuple(_invoking(function, root)))


def functions_in(flow: Path) -> set[str]:
    """The functions that a flow file names. Raises UserError where it is no flow."""
    found = flow_templates.placeholders(flow.read_text(encoding="utf-8"), f"flows/{flow.name}")
    return {one.arguments[0] for one in found if one.kind in _OF_A_FUNCTION and one.arguments}


def _instances(environment: str, root: Path) -> Iterator[dict[str, Any]]:
    """As written: one mistake elsewhere in the file matters to a deploy, not here."""
    written = toml.read(root / "environments" / f"{environment}.toml").get("instances", [])
    return (one for one in written if isinstance(one, dict))


def _invoking(function: str, root: Path) -> Iterator[str]:
    for name, path in function_folders.folders(root / "lambdas").items():
        if function in toml.read(path).get("invokes", []):
            yield name
