"""`patchbay map`: the wiring as a picture."""

import os
import tempfile
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Annotated

import typer

from patchbay import environments, output
from patchbay.aws import Aws
from patchbay.commands.options import Json
from patchbay.doctor import run, scene
from patchbay.doctor.checks import CHECKS, stacks_from_code, tools
from patchbay.errors import UserError
from patchbay.wiring import data, graph, layout, markdown, page, tree
from patchbay.wiring.drawing import picture
from patchbay.wiring.model import Graph

_CHECKS = tuple(check for check in CHECKS if check not in (tools.CHECK, stacks_from_code.CHECK))
"""Those about what is deployed: this machine and its code have no place in the picture."""
_READABLE = 0o666
"""As any file is made, less what the umask takes."""


def command(
    env: Annotated[str, typer.Option("--env", help="The environment: environments/NAME.toml.")],
    output_file: Annotated[
        str | None, typer.Option("--output", metavar="FILE", help="Ends in .svg, .html or .md.")
    ] = None,
    json: Json = False,
) -> None:
    """Draw the wiring: instances, flows, aliases with versions and weights, and what the doctor finds there.

    Without --output a short form in the terminal. Read rights are enough; what could not be read is drawn as
    unknown, never as fine.
    """
    if json and output_file:
        raise UserError(f"--json and --output {output_file} exclude each other: choose one")
    drawn = _drawing(output_file) if output_file else None
    found = _read(env)
    if drawn and output_file:
        _write(Path(output_file), drawn(found))
        output.note(f"written: {output_file}")
    elif json:
        output.data(data.of(found))
    else:
        for row in tree.rows(found):
            output.beside(*tree.hanging(row))


def _read(env: str) -> Graph:
    environment = environments.load(env)
    with output.step(f"reading environment {env}") as report:
        read = scene.read(
            environment,
            Aws(environment),
            scene.not_asked_for,
            other_flows=False,
            progress=lambda done, total, what: report(f"{done} of {total}: {what}"),
        )
    scene.check_read(read.seen)
    return graph.build(environment, read.seen, run.examine(read, _CHECKS))


def _svg(found: Graph) -> str:
    return picture.svg(found, layout.of(found)) + "\n"


def _html(found: Graph) -> str:
    return page.html(found, layout.of(found))


_DRAWINGS: Mapping[str, Callable[[Graph], str]] = {".svg": _svg, ".html": _html, ".md": markdown.text}


def _drawing(file: str) -> Callable[[Graph], str]:
    """By the name's end, and whether the file can be made at all: before minutes are spent on reading."""
    path = Path(file)
    drawing = _DRAWINGS.get(path.suffix.lower())
    if drawing is None:
        raise UserError(f"--output {file} ends in none of {', '.join(_DRAWINGS)}: choose one")
    if not path.parent.is_dir():
        raise UserError(f"--output {file}: there is no folder {path.parent}: make it first")
    if path.is_dir() or not os.access(path.parent, os.W_OK):
        raise UserError(f"--output {file} cannot be written: choose a file in a folder of yours")
    return drawing


def _write(path: Path, text: str) -> None:
    """Whole or not at all: what was there stays until the new file is complete."""
    try:
        handle, name = tempfile.mkstemp(prefix=f".{path.name}.", dir=path.parent)
        temporary = Path(name)
        try:
            with os.fdopen(handle, "w", encoding="utf-8") as file:
                file.write(text)
            temporary.chmod(_READABLE & ~_umask())
            temporary.replace(path)
        finally:
            temporary.unlink(missing_ok=True)
    except OSError as error:
        raise UserError(f"--output {path} cannot be written: {error.strerror}") from error


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask
