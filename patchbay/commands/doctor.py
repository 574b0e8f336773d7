"""`patchbay doctor`: is everything wired as the configuration says?"""

from collections.abc import Sequence
from typing import Annotated

import typer

from patchbay import environments, output
from patchbay.aws import LOCAL_ACCOUNT, Aws
from patchbay.commands.options import Json
from patchbay.config import Environment
from patchbay.doctor import mending, run, scene, show
from patchbay.doctor.model import Mend
from patchbay.doctor.run import Result
from patchbay.doctor.visit import Visit, once
from patchbay.errors import UserError
from patchbay.scaffold import questions

Results = tuple[Result, ...]


def command(
    env: Annotated[str, typer.Option("--env", help="The environment: environments/NAME.toml.")],
    fix: Annotated[
        bool, typer.Option("--fix", help="Show what can be mended safely from here, ask, and mend it.")
    ] = False,
    yes: Annotated[bool, typer.Option("--yes", help="With --fix: mend without asking.")] = False,
    all_flows: Annotated[
        bool,
        typer.Option(
            "--all-flows", help="Read the instances' other flows, too; Connect answers two requests a second."
        ),
    ] = False,
    synth: Annotated[
        bool, typer.Option("--synth/--no-synth", help="Compare the stacks with what this code synthesizes.")
    ] = True,
    json: Json = False,
) -> None:
    """Compare configuration, stacks and AWS, over every Region and instance.

    Reads only, unless --fix is agreed to. Exits with 0, with 1 where something is a FAIL, with 2 where it
    could not run.
    """
    if yes and not fix:
        raise UserError("--yes goes with --fix: without it nothing is changed")
    if fix and json:
        raise UserError("--fix shows a plan and asks, and --json is for programs: take one of them")
    environment = environments.load(env)
    templates = once(scene.synthesized) if synth else scene.not_asked_for
    visit = Visit(environment, Aws(environment), templates, all_flows)
    found, left_out = visit.examine(synthesizing=synth)
    if json:
        output.data({"environment": env, "checks": show.as_data(found)})
    else:
        show.results(found, _notes(environment, found, left_out))
    plan = mending.plan(found)
    if fix:
        found = _mend(visit, plan, yes=yes) if plan else _nothing(found)
    elif plan and not json:
        output.note(f"--fix can mend {len(plan)} of this: it shows a plan and asks first")
    if run.exit_code(found):
        raise typer.Exit(1)


def _notes(environment: Environment, found: Results, left_out: str) -> list[str]:
    """Beside the findings."""
    fixes = [finding.fix for result in found for finding in result.findings]
    embedded = environment.account == LOCAL_ACCOUNT and any("aws " in fix for fix in fixes)
    told = 'before you type one of these aws commands: eval "$(patchbay local env)"' if embedded else ""
    return [text for text in (left_out, told) if text]


def _nothing(found: Results) -> Results:
    if run.exit_code(found):
        output.note("nothing of this can be mended from here: the lines above say what to do")
    return found


def _mend(visit: Visit, plan: Sequence[Mend], *, yes: bool) -> Results:
    """What holds afterwards."""
    show.plan(plan)
    if not yes:
        _ask()
    visit.carry_out(plan)
    found, _ = visit.examine()
    output.line(f"now: {show.summary(found)}")
    return found


def _ask() -> None:
    if not questions.is_terminal():
        raise UserError("nobody is there to agree to the plan: add --yes")
    if not questions.agreed("Mend?"):
        output.note("nothing was changed")
        raise typer.Exit(1)
