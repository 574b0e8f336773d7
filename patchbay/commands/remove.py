"""`patchbay remove`: takes functions away in the two deploys that this needs."""

from collections.abc import Sequence
from pathlib import Path
from typing import Annotated

import typer
from botocore.exceptions import BotoCoreError, ClientError

from patchbay import environments, output
from patchbay.config import Environment
from patchbay.errors import UserError
from patchbay.functions import Kind
from patchbay.scaffold import changes, deployed, questions, removal, whereabouts
from patchbay.scaffold.changes import Changes
from patchbay.scaffold.removal import Removal


def command(
    name: Annotated[
        str,
        typer.Argument(
            metavar="FUNCTION", help="A folder under lambdas/, or what `patchbay new NAME --async` made."
        ),
    ],
    env: Annotated[
        list[str] | None,
        typer.Option("--env", help="Ask only the instances of this one; default: every one that lists it."),
    ] = None,
    yes: Annotated[bool, typer.Option("--yes", help="Change and delete without asking.")] = False,
) -> None:
    """Remove a function, in two runs with a deploy after each.

    The first takes it out of the designer's list, and its own flow out of the environments; the second
    deletes it. Refuses while another flow or function still invokes it.
    """
    root = environments.ROOT
    for one in env or ():
        if one not in environments.available():
            environments.load(one)  # which says so
    leaving = removal.of(name, root)
    _check_deployed(leaving, _asked(leaving, env))
    if leaving.marks:
        _mark(leaving, root, yes=yes)
    else:
        _delete(leaving, root, yes=yes)


def _mark(leaving: Removal, root: Path, *, yes: bool) -> None:
    planned = removal.mark(leaving, root)
    whereabouts.tell(root)
    for path in planned.changed:
        what = "removed = true" if path.startswith("lambdas/") else f"without flow {leaving.own.flow}"
        output.line(f"changes  {path}: {what}")
    if leaving.listed_flow and not yes:
        _ask("Change?", f"flow {leaving.own.flow!r} leaves {' and '.join(leaving.listed_flow)}", "changed")
    changes.make(planned, root)
    _next(leaving, f"patchbay remove {leaving.name}")


def _delete(leaving: Removal, root: Path, *, yes: bool) -> None:
    planned = removal.deletion(leaving, root)
    whereabouts.tell(root)
    _show(leaving, planned, root)
    if not yes:
        _ask("Delete?", f"{leaving.name!r} is deleted", "deleted")
    changes.make(planned, root)
    gone = [function.name for function in leaving.functions]
    output.line(f"{_functions(gone)} {'is' if len(gone) == 1 else 'are'} gone from the project")
    _next(leaving)


def _functions(names: Sequence[str]) -> str:
    return f"function {names[0]}" if len(names) == 1 else f"functions {', '.join(names)}"


def _asked(leaving: Removal, env: Sequence[str] | None) -> list[str]:
    listing = leaving.environments
    for one in env or ():
        if one not in listing:
            known = ", ".join(listing) or "none"
            raise UserError(f"environment {one!r} does not list {leaving.name!r}: those that do are {known}")
    left_out = [one for one in listing if env and one not in env]
    if left_out:
        output.note(f"not asked: the instances of {', '.join(left_out)}")
    return [one for one in listing if not env or one in env]


def _check_deployed(leaving: Removal, asked: Sequence[str]) -> None:
    """Only what flows invoke is known to Connect."""
    if all(function.kind is not Kind.FLOW for function in leaving.functions):
        return
    for name in asked:
        environment = environments.load(name)
        if not deployed.anywhere(environment):
            output.note(f"environment {name}: no embedded AWS runs, so nothing is deployed there")
        elif complaint := _complaint(environment, leaving):
            raise UserError(complaint)


def _complaint(environment: Environment, leaving: Removal) -> str:
    """What the instances say; ends with exit code 1 where they cannot be asked."""
    try:
        with output.step(f"asking the instances of environment {environment.name}"):
            return deployed.complaint(environment, leaving)
    except (ClientError, BotoCoreError) as error:
        output.error(
            f"the instances of environment {environment.name} cannot be asked whether {leaving.name} is "
            f"still used ({error}): sign in, or name with --env those that can"
        )
        raise typer.Exit(1) from error


def _show(leaving: Removal, planned: Changes, root: Path) -> None:
    for path in planned.changed:
        output.line(f"changes  {path}")
    for path in planned.deleted:
        files = sum(one.is_file() and "__pycache__" not in one.parts for one in (root / path).rglob("*"))
        output.line(f"deletes  {path}" + (f" ({files} files)" if files else ""))
    for function in leaving.functions:
        if function.bot:
            output.note(f"see that no bot names it any more: {function.bot}")
    if leaving.own.table:
        output.note(f"the table {leaving.own.table} stays in AWS, with its data: {_tables(leaving)}")


def _tables(leaving: Removal) -> str:
    """Their names there, and who deletes them."""
    table = str(leaving.own.table)
    names = [environments.load(one).names.table(table) for one in leaving.environments]
    return f"delete {' and '.join(names) or 'it'} yourself, in each Region, once nobody needs it"


def _ask(question: str, what: str, done: str) -> None:
    if not questions.is_terminal():
        raise UserError(f"nobody is there to agree that {what}: add --yes")
    if not questions.agreed(question):
        output.note(f"nothing was {done}")
        raise typer.Exit(1)


def _next(leaving: Removal, *then: str) -> None:
    deploys = [deployed.command(environments.load(one)) for one in leaving.environments]
    if not deploys and any(function.removed for function in leaving.functions):
        output.note(
            "no environment lists it: deploy every environment that listed it, if that is still to do"
        )
    if deploys or then:
        output.heading("next")
    for text in (*deploys, *then):
        output.line(f"  {text}")
