"""Edits of the project's TOML files that keep comments and layout."""

from collections.abc import Sequence
from typing import Any

import tomlkit
from tomlkit.items import Array

from patchbay.errors import UserError

_LINE_MAX_CHARS = 110


def listed(
    text: str, source: str, functions: Sequence[str], flows: Sequence[str], instance: str | None
) -> str:
    """The environment file with these on one of its instances, the first where none is named.

    Raises UserError where it has no such instance.
    """
    document = tomlkit.parse(text)
    chosen = _instance(document.get("instances", []), source, instance)
    for key, names in (("functions", functions), ("flows", flows)):
        present = chosen.setdefault(key, tomlkit.array())
        for name in names:
            if name not in present:
                present.append(name)
        _wrap(key, present)
    return tomlkit.dumps(document)


def unlisted(text: str, functions: Sequence[str]) -> str:
    """The environment file without the functions and what it overrides of them."""
    document = tomlkit.parse(text)
    for function in functions:
        for instance in document.get("instances", []):
            _take_out(instance.get("functions", []), function)
        overrides = document.get("functions", {})
        if function in overrides:
            del overrides[function]
            if not overrides:
                del document["functions"]
    return tomlkit.dumps(document)


def without_flow(text: str, flow: str) -> str:
    """The environment file without the flow and what it accepts of it."""
    document = tomlkit.parse(text)
    for instance in document.get("instances", []):
        _take_out(instance.get("flows", []), flow)
        accepted = instance.get("accepted_findings", [])
        for one in [one for one in accepted if one.get("flow") == flow]:
            accepted.remove(one)
        if "accepted_findings" in instance and not accepted:
            del instance["accepted_findings"]
    return tomlkit.dumps(document)


def with_table(text: str, table: str, partition_key: str, comment: str) -> str:
    """`lambdas/tables.toml` with one more table, whose items expire; as it is where the table is there."""
    if table in tomlkit.parse(text):
        return text
    before = f"{text.rstrip()}\n\n" if text.strip() else ""
    head = f"[{table}]"
    return f'{before}{head:<42} # {comment}\npartition_key = "{partition_key}"\ntime_to_live = "expires_at"\n'


def without_table(text: str, table: str) -> str:
    """`lambdas/tables.toml` without one of its tables."""
    document = tomlkit.parse(text)
    del document[table]
    left = tomlkit.dumps(document).strip("\n")
    return f"{left}\n" if left else ""


def removed(text: str) -> str:
    """The function.toml with `removed = true`."""
    document = tomlkit.parse(text)
    document["removed"] = True
    return tomlkit.dumps(document)


def _instance(instances: Any, source: str, name: str | None) -> Any:
    if name is None and instances:
        return instances[0]
    found = next((one for one in instances if one.get("name") == name), None)
    if found is None:
        known = ", ".join(str(one.get("name")) for one in instances) or "none"
        raise UserError(f"{source} has no instance {name!r}: there are {known}")
    return found


def _take_out(names: Any, name: str) -> None:
    if name in names:
        names.remove(name)


def _wrap(key: str, names: Array) -> None:
    """A list that no longer fits its line stands one below the other."""
    text = names.as_string()
    if "\n" not in text and len(f"{key} = {text}") > _LINE_MAX_CHARS:
        names.multiline(True)
