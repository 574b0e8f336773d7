"""`patchbay release`: new versions meet callers by evidence."""

import getpass
import time
from typing import Annotated

import typer

from patchbay import environments, output
from patchbay.aws import Aws
from patchbay.commands.options import Json
from patchbay.errors import UserError
from patchbay.releases import acting, reports, show, sites, standing, starting, statuses, tell
from patchbay.releases.clients import Desk
from patchbay.releases.everywhere import everywhere
from patchbay.releases.orders import Wish
from patchbay.releases.watching import Aim
from release.operate import Command

app = typer.Typer(help="Releases: a new version meets callers by evidence, and leaves by evidence.")

Function = Annotated[
    str | None, typer.Argument(metavar="FUNCTION", help="A function of the environment, or --all.")
]
Env = Annotated[str, typer.Option("--env", help="The environment: environments/NAME.toml.")]
Every = Annotated[bool, typer.Option("--all", help="Every function that a flow calls.")]
Region = Annotated[str | None, typer.Option("--region", help="This Region only, leading or not.")]
Reason = Annotated[
    str | None, typer.Option("--reason", help="For the record; the first 48 characters stay there.")
]
Version = Annotated[str | None, typer.Option("--version", help="In the leading Region; default: the newest.")]


def _chosen(env: str, function: str | None, region: str | None, every: bool) -> tuple[Aws, acting.Scope]:
    environment = environments.load(env)
    found = sites.choose(environment, function, region, every=every)
    return Aws(environment), acting.Scope(found, region is not None, every)


def _end(code: int) -> None:
    if code:
        raise typer.Exit(code)


@app.command()
def plan(
    env: Env,
    function: Function = None,
    every: Every = False,
    region: Region = None,
    version: Version = None,
    json: Json = False,
) -> None:
    """Say what a release needs and what it can see, at today's volume.

    Changes nothing. Exits with 2 where no verdict can be expected within max_hours.
    """
    aws, scope = _chosen(env, function, region, every)
    planned = show.reading_plans(aws, scope.sites, version)
    show.plans(planned, json=json)
    _end(show.refused_plans(planned))


@app.command()
def start(
    env: Env,
    function: Function = None,
    every: Every = False,
    region: Region = None,
    version: Version = None,
    force: Annotated[bool, typer.Option("--force", help="Even if the plan cannot end in time.")] = False,
    reason: Reason = None,
    json: Json = False,
) -> None:
    """Start a release of the newest version, in every Region where the function runs.

    A deploy with strategy canary does this by itself.
    """
    aws, scope = _chosen(env, function, region, every)
    planned = show.reading_plans(aws, scope.sites, version)
    if not json:
        show.plans([found for found in planned if found.value and not found.value.is_idle], json=False)
    wish = Wish(Command.START, force, _reason(reason, force=force), version)
    _end(show.done(starting.start(aws, planned, wish), planned, json=json))


@app.command()
def status(
    env: Env, function: Function = None, every: Every = False, region: Region = None, json: Json = False
) -> None:
    """Show where releases stand, from the aliases alone (lambda:GetAlias)."""
    aws, scope = _chosen(env, function, region, every)
    with output.step("reading the aliases") as report:
        results = everywhere(
            scope.sites,
            lambda site: standing.read(Desk(aws, site).lambda_, site),
            lambda done, total, label: report(f"{done} of {total}: {label}"),
        )
    if json:
        output.data({"environment": env, "releases": tell.values(results, standing.Standing.as_dict)})
    elif any(result.value for result in results):
        statuses.show([result.value for result in results if result.value], time.time())
    _end(tell.failures(results))


@app.command()
def watch(
    env: Env,
    function: Function = None,
    every: Every = False,
    region: Region = None,
    until: Annotated[
        str, typer.Option(help="promoted, or done: the end of the watch after it.")
    ] = "promoted",
    timeout: Annotated[float | None, typer.Option(min=0, help="Seconds to look at it.")] = None,
    json: Json = False,
) -> None:
    """Watch releases until they are decided; they go on without you.

    Exits with 0 on promoted, 1 on rolled back or ended without a verdict, 3 on still running at --timeout,
    130 on Ctrl-C, which leaves them running.
    """
    if until not in ("promoted", "done"):
        raise UserError(f"--until {until!r} is neither of promoted and done: choose one")
    aws, scope = _chosen(env, function, region, every)
    _end(show.watch(aws, scope.sites, Aim(until == "done", timeout, every), json=json))


@app.command()
def pause(
    env: Env, function: Function = None, every: Every = False, region: Region = None, json: Json = False
) -> None:
    """Hold the weight; a bad verdict still takes callers back."""
    _order(Wish(Command.PAUSE), env, function, every, region, json)


@app.command()
def resume(
    env: Env, function: Function = None, every: Every = False, region: Region = None, json: Json = False
) -> None:
    """Go on after a pause."""
    _order(Wish(Command.RESUME), env, function, every, region, json)


@app.command()
def promote(
    env: Env,
    function: Function = None,
    every: Every = False,
    region: Region = None,
    force: Annotated[bool, typer.Option("--force", help="Also what ended or was judged bad.")] = False,
    reason: Reason = None,
    json: Json = False,
) -> None:
    """Move every caller to the candidate now; it is watched all the same."""
    _order(Wish(Command.PROMOTE, force, _reason(reason, force=force)), env, function, every, region, json)


@app.command()
def abort(
    env: Env,
    function: Function = None,
    every: Every = False,
    region: Region = None,
    reason: Reason = None,
    json: Json = False,
) -> None:
    """Move every caller back to the stable version now, in every Region; needs no metrics."""
    _order(Wish(Command.ABORT, reason=_reason(reason, force=False)), env, function, every, region, json)


@app.command()
def report(env: Env, function: Function, region: Region = None, json: Json = False) -> None:
    """Print the report of the newest release that has ended, as Markdown or JSON."""
    aws, scope = _chosen(env, function, region, every=False)
    leading = [site for site in scope.sites if site.leads or region]
    results = everywhere(leading, lambda site: reports.newest(aws, site, "json" if json else "md"))
    texts = [result.value for result in results if result.value]
    if json and texts:
        output.data([reports.parsed(text) for text in texts] if texts[1:] else reports.parsed(texts[0]))
    elif texts:
        output.markdown("\n".join(texts))
    _end(tell.failures(results))


def _order(wish: Wish, env: str, function: str | None, every: bool, region: str | None, json: bool) -> None:
    aws, scope = _chosen(env, function, region, every)
    _end(show.done(acting.act(aws, scope, wish), json=json))


def _reason(reason: str | None, *, force: bool) -> str:
    if reason is not None and not reason.strip():
        raise UserError("--reason is empty: say in a few words why")
    return " ".join((reason or "").split()) or (f"forced by {getpass.getuser()}" if force else "")
