"""A function is a folder under `lambdas/` with a `function.toml`; this module finds and reads it."""

import ast
import re
from pathlib import Path
from typing import Any

from patchbay import toml
from patchbay.errors import UserError
from patchbay.functions import Function, Kind, Runtime, Table

SETTINGS_FILE = "function.toml"

_NOT_CODE = re.compile(
    r"""(?s)"(?:\\.|[^"\\\n])*"|'(?:\\.|[^'\\\n])*'|`(?:\\.|[^`\\])*`|/\*.*?\*/|//[^\n]*""",
)
"""Strings and comments of JavaScript; strings too, because one may hold what begins a comment."""
_EXPORTS_HANDLER = re.compile(
    r"(?:^|[;}])\s*export\s*(?:"
    r"(?:async\s+)?function\b\s*\*?\s*handler\b"  # export async function handler
    r"|(?:const|let|var)\b[^;=]*\bhandler\b"  # export const handler, { handler }
    r"|\{[^}]*\bhandler\s*[,}]"  # export { handler }, { lookUp as handler }
    r"|\*\s*from\b)",  # whatever the other module exports
    re.MULTILINE,
)
"""Read as text: a synth needs no Node.js of its own."""


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


def _check_handler(folder: Path, runtime: Runtime) -> None:
    """Lambda would find out only when the first caller waits for it."""
    path = folder / runtime.handler_file
    where = f"lambdas/{folder.name}/{path.name}"
    if not path.exists():
        raise UserError(f"{where} is missing: {_instead(folder, runtime)}")
    if runtime is Runtime.NODE:
        _check_javascript(path, where)
    else:
        _check_python(path, where)


def _instead(folder: Path, runtime: Runtime) -> str:
    other = next((other for other in Runtime if (folder / other.handler_file).exists()), None)
    if other is None:
        return "it holds the function `handler`"
    return f'the runtime is "{runtime}", so write it, or set runtime = "{other}" for {other.handler_file}'


def _check_python(path: Path, where: str) -> None:
    try:
        tree = ast.parse(path.read_text(encoding="utf-8"))
    except (SyntaxError, ValueError) as error:
        raise UserError(f"{where} is not Python: {error}") from error
    if "handler" not in _names(tree):
        raise UserError(f"{where} defines no `handler`: name the function that Lambda calls so")


def _check_javascript(path: Path, where: str) -> None:
    try:
        code = _NOT_CODE.sub(" ", path.read_text(encoding="utf-8"))
    except UnicodeDecodeError as error:
        raise UserError(f"{where} is not JavaScript: {error}") from error
    if not _EXPORTS_HANDLER.search(code):
        raise UserError(
            f"{where} exports no `handler`: name the function that Lambda calls so, as in "
            "`export const handler = contactHandler(...)`"
        )


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
    settings = toml.read(found[name])
    origin = f"lambdas/{name}/{SETTINGS_FILE}" + (
        f" with [functions.{name}] of {source}" if overrides else ""
    )
    function = toml.parse(Function, {"name": name, **settings, **overrides}, origin)
    _check_handler(found[name].parent, function.runtime)
    return function


class _Tables(toml.Section):
    tables: dict[str, Table]


def tables(lambdas: Path) -> dict[str, Table]:
    """The tables that functions may use, by name."""
    path = lambdas / "tables.toml"
    data = toml.read(path) if path.exists() else {}
    return toml.parse(_Tables, {"tables": data}, "lambdas/tables.toml").tables
