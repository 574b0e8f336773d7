"""`patchbay probe`: asks a real account what AWS's pages leave open."""

import sys
from typing import Annotated

import typer

from patchbay import environments, output
from patchbay.aws import Aws
from patchbay.commands.options import Json
from patchbay.errors import UserError
from patchbay.probe import clean, run, show
from patchbay.probe.answers import AsAssumed
from patchbay.probe.bench import Bench
from patchbay.probe.identity import check_account
from patchbay.probe.questions import QUESTIONS
from patchbay.probe.site import Site


def command(
    env: Annotated[str, typer.Option("--env", help="The environment: environments/NAME.toml.")],
    instance: Annotated[
        str | None, typer.Option(help="One of the environment's instances; default: the first.")
    ] = None,
    other_region: Annotated[
        str | None,
        typer.Option(metavar="REGION", help="Beside the instance's own; default: one of the environment's."),
    ] = None,
    yes: Annotated[bool, typer.Option("--yes", help="On a real account, do not ask before.")] = False,
    json: Json = False,
) -> None:
    """Settle what AWS's pages leave open and the design stands on.

    On a throw-away function that it makes and removes. Exits with 0 where all is as the design assumes,
    with 1 where something differs or could not be asked.
    """
    environment = environments.load(env)
    site = Site.of(environment, instance, other_region)
    aws = Aws(environment)
    check_account(aws, site)
    bench = Bench(site, aws)
    with output.step("looking for what an earlier run left"):
        found = clean.leftovers(bench)
    for text in show.plan(site, found, embedded=aws.embedded):
        output.note(text)
    if not (aws.embedded or yes):
        _ask(environment.account)
    if found:
        _clear(bench)
    _probe(bench, json=json)


def _ask(account: str) -> None:
    if not sys.stdin.isatty():
        raise UserError(f"account {account} is a real one and nobody is there to agree: add --yes")
    try:
        agreed = typer.confirm("Go on?", err=True)
    except typer.Abort:  # Ctrl-C at the prompt: as anywhere else
        raise KeyboardInterrupt from None
    if not agreed:
        output.note("nothing was made")
        raise typer.Exit(1)


def _clear(bench: Bench) -> None:
    left: list[str] = []
    run.remove(bench, "removing what an earlier run left", left)
    if left:
        _complain(left)
        raise typer.Exit(1)


def _probe(bench: Bench, *, json: bool) -> None:
    left: list[str] = []
    try:
        findings = run.probe(bench, QUESTIONS, left)
    finally:
        _complain(left)
    embedded = bench.embedded
    if json:
        output.data(show.as_dict(bench.site, findings, left, embedded=embedded))
    else:
        show.answers(findings, embedded=embedded)
    if left or any(finding.answer.as_assumed is not AsAssumed.YES for finding in findings):
        raise typer.Exit(1)


def _complain(left: list[str]) -> None:
    for sentence in left:
        output.error(f"{sentence}; run `patchbay probe` again to remove it, or do it by hand")
