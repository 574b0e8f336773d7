"""`patchbay logs`: one function's log lines, over its Regions."""

import time
from collections.abc import Iterable
from typing import Annotated

import typer

from patchbay import environments, output
from patchbay.aws import Aws
from patchbay.commands.options import Json
from patchbay.config import Environment
from patchbay.errors import UserError
from patchbay.explain import show_tail, since
from patchbay.explain.investigation import parallel
from patchbay.explain.reading import Group, Logs
from patchbay.explain.tailing import Look, Tail
from patchbay.explain.unlogged import log_group
from patchbay.live.model import Unread
from patchbay.live.pace import Pacer


def command(
    function: Annotated[str, typer.Argument(metavar="FUNCTION", help="A function of the environment.")],
    env: Annotated[str, typer.Option("--env", help="The environment: environments/NAME.toml.")],
    follow: Annotated[bool, typer.Option("--follow", help="Go on with what comes, until Ctrl-C.")] = False,
    since_: Annotated[str, typer.Option("--since", metavar="TIME", help="How far back: 90s, 2h.")] = "10m",
    region: Annotated[str | None, typer.Option("--region", help="This Region only.")] = None,
    json: Json = False,
) -> None:
    """Show a function's log lines, merged by time over its Regions.

    With --follow, --json writes one object a line. Exits with 1 where AWS refused in every Region, with 130
    on Ctrl-C.
    """
    start = time.time() - since.seconds(since_)
    environment = environments.load(env)
    regions = _regions(environment, function, region)
    aws = Aws(environment)
    aws.keep_pace(Pacer())
    groups, missing = _groups(environment, aws, function, regions)
    for text in missing:
        output.note(text)
    if not groups:
        raise typer.Exit(1)
    looks = _looks(aws, function, groups, start, follow=follow)
    if follow and not json:
        output.note(f"following {function} in {', '.join(groups)}; Ctrl-C ends it")
    unread, shown = _show(looks, max(map(len, groups)), follow=follow, json=json)
    if unread == len(groups):
        raise typer.Exit(1)
    if not shown:
        output.note(f"no line of {function} in the last {since_}: try a longer --since")


def _looks(
    aws: Aws, function: str, groups: dict[str, Group], start: float, *, follow: bool
) -> Iterable[Look]:
    """One after the other as long as they are asked for, or one, with news of how far it is."""
    if follow:
        return Tail(Logs(aws), groups, start).looks(follow=True)
    with output.step(f"reading the log of {function}") as report:
        return list(Tail(Logs(aws, report), groups, start).looks(follow=False))


def _show(looks: Iterable[Look], wide: int, *, follow: bool, json: bool) -> tuple[int, int]:
    """How many Regions could not be read at the last look, and how many lines were found."""
    complaints: set[str] = set()
    kept: list[dict[str, object]] = []
    look, shown = Look(()), 0
    for look in looks:
        shown += len(look.lines)
        if json and not follow:
            kept.extend(show_tail.as_data(line) for line in look.lines)
        elif json:
            show_tail.data_lines(look.lines)
        else:
            show_tail.lines(look.lines, wide)
        for text in set(look.unread) - complaints:
            output.note(f"could not read the log: {text}")
        complaints = set(look.unread)
    if json and not follow:
        output.data({"lines": kept, "unread": sorted(complaints)})
    return len(look.unread), shown


def _regions(environment: Environment, function: str, region: str | None) -> list[str]:
    known = environment.function(function)
    found = [r for r in environment.regions if known in [f for f, _ in environment.wired(r)]]
    if region is None:
        return found
    if region not in found:
        raise UserError(f"--region {region!r} does not have {function}: it runs in {', '.join(found)}")
    return [region]


def _groups(
    environment: Environment, aws: Aws, function: str, regions: list[str]
) -> tuple[dict[str, Group], list[str]]:
    """The log group by Region, and why there is none in the others."""
    name = environment.names.function(function)
    groups, missing = {}, []
    for region, found in parallel(regions, lambda region: log_group(aws, name, region)).items():
        if isinstance(found, Unread):
            right = f" (the right {found.right} is missing)" if found.right else ""
            missing.append(f"{function} in {region}: {found.why}{right}")
        elif found.value is None:
            missing.append(f"{function} is not deployed in {region}")
        else:
            groups[region] = Group(region, "", found.value)
    return groups, missing
