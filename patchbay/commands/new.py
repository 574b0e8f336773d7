"""`patchbay new`: a function of one's own, with its flow and its tests."""

from typing import Annotated

import typer

from patchbay import environments, output
from patchbay.functions import Runtime
from patchbay.scaffold import changes, deployed, new_function, whereabouts
from patchbay.scaffold.changes import Changes
from patchbay.scaffold.new_function import Wanted
from patchbay.scaffold.templates import CHANNELS


def command(
    name: Annotated[
        str, typer.Argument(metavar="NAME", help="Small letters, digits and underscores: opening_hours.")
    ],
    runtime: Annotated[Runtime, typer.Option(help="What runs the handler.")] = Runtime.PYTHON,
    asynchronous: Annotated[
        bool,
        typer.Option(
            "--async", help="For work that takes longer than a caller waits: start, worker, result."
        ),
    ] = False,
    env: Annotated[
        list[str] | None, typer.Option("--env", help="An environment that is to list it; default: local.")
    ] = None,
    instance: Annotated[
        str | None, typer.Option(help="One of the environment's instances; default: the first.")
    ] = None,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Only say what would be written.")] = False,
) -> None:
    """Write a new function, its flow and its tests.

    They work as they are: deploy, and call the flow of the same name.
    """
    wanted = Wanted(name, runtime, asynchronous, tuple(dict.fromkeys(env or ["local"])), instance)
    planned = new_function.plan(wanted, environments.ROOT)
    whereabouts.tell(environments.ROOT)
    if not dry_run:
        changes.make(planned, environments.ROOT)
    _tell(planned, dry_run=dry_run)
    if not dry_run:
        _next(wanted)


def _tell(planned: Changes, *, dry_run: bool) -> None:
    wrote, changed = ("would write", "would change") if dry_run else ("wrote", "changed")
    for path in dict.fromkeys(map(_shown, sorted(planned.created))):
        output.line(f"{wrote}  {path}")
    for path in planned.changed:
        output.line(f"{changed}  {path}")


def _shown(path: str) -> str:
    """The recorded events of a function in one line."""
    folder, _, _ = path.rpartition("/")
    return f"{folder}/ ({', '.join(CHANNELS)})" if folder.endswith("/events") else path


def _next(wanted: Wanted) -> None:
    env = wanted.environments[0]
    output.heading("next")
    output.line(f"  pytest -n0 tests/lambdas/{wanted.name}")
    output.line(f"  {deployed.command(environments.load(env))}")
    output.line(f"  patchbay call {wanted.name} --env {env}")
