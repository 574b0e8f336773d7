"""`patchbay remove`: takes a function away in the two deploys that this needs."""

from collections.abc import Sequence
from pathlib import Path
from typing import Annotated

import typer
from botocore.exceptions import BotoCoreError, ClientError

from patchbay import environments, output
from patchbay.errors import UserError
from patchbay.functions import Kind
from patchbay.scaffold import changes, deployed, questions, removal
from patchbay.scaffold.changes import Changes
from patchbay.scaffold.removal import Removal


def command(
    name: Annotated[str, typer.Argument(metavar="FUNCTION", help="A folder under lambdas/.")],
    env: Annotated[
        list[str] | None,
        typer.Option("--env", help="Ask only the instances of this one; default: every one that lists it."),
    ] = None,
    yes: Annotated[bool, typer.Option("--yes", help="Delete without asking.")] = False,
) -> None:
    """Remove a function, in two runs with a deploy after each.

    The first takes it out of the designer's list, the second deletes it. Refuses while a flow or another
    function still invokes it.
    """
    root = environments.ROOT
    leaving = removal.of(name, root)
    asked = _asked(leaving, env)
    _check_deployed(leaving, asked)
    if leaving.marks:
        changes.make(removal.mark(leaving, root), root)
        output.line(f"changed  lambdas/{name}/function.toml: removed = true")
        _next(leaving, f"patchbay remove {name}")
        return
    planned = removal.deletion(leaving, root)
    _show(leaving, planned, root)
    if not yes:
        _ask(name)
    changes.make(planned, root)
    output.line(f"function {name} is gone from the project")
    _next(leaving)


def _asked(leaving: Removal, env: Sequence[str] | None) -> list[str]:
    listing = leaving.mentions.environments
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
    if leaving.function.kind is not Kind.FLOW:
        return
    for name in asked:
        environment = environments.load(name)
        if not deployed.anywhere(environment):
            output.note(f"environment {name}: no embedded AWS runs, so nothing is deployed there")
            continue
        try:
            with output.step(f"asking the instances of environment {name}"):
                complaint = deployed.complaint(environment, leaving.function)
        except (ClientError, BotoCoreError) as error:
            output.error(
                f"the instances of environment {name} cannot be asked whether {leaving.name} is still used "
                f"({error}): sign in, or name with --env those that can"
            )
            raise typer.Exit(1) from error
        if complaint:
            raise UserError(complaint)


def _show(leaving: Removal, planned: Changes, root: Path) -> None:
    for path in planned.changed:
        output.line(f"changes  {path}")
    for path in planned.deleted:
        files = sum(one.is_file() and "__pycache__" not in one.parts for one in (root / path).rglob("*"))
        output.line(f"deletes  {path}" + (f" ({files} files)" if files else ""))
    if leaving.function.kind is Kind.LEX or leaving.function.bot:
        output.note(f"see that no bot names it any more: {leaving.function.bot}")


def _ask(name: str) -> None:
    if not questions.is_terminal():
        raise UserError(f"nobody is there to agree that {name!r} is deleted: add --yes")
    if not questions.agreed("Delete?"):
        output.note("nothing was deleted")
        raise typer.Exit(1)


def _next(leaving: Removal, *then: str) -> None:
    deploys = [deployed.command(environments.load(one)) for one in leaving.mentions.environments]
    if leaving.function.removed and not deploys:
        output.note(
            "no environment lists it: deploy every environment that listed it, if that is still to do"
        )
    if deploys or then:
        output.heading("next")
    for text in (*deploys, *then):
        output.line(f"  {text}")
