"""`patchbay lint-flow`: what is wrong with a flow before anybody calls."""

from collections.abc import Iterable, Sequence
from itertools import groupby
from pathlib import Path
from typing import Annotated

import typer

from patchbay import environments, flow_templates, output
from patchbay.commands.options import Env
from patchbay.config import Environment, Instance
from patchbay.errors import UserError
from patchbay.lint import run
from patchbay.lint.known_functions import Folders
from patchbay.lint.model import Finding, Severity
from patchbay.lint.rules import RULES

_STYLES = {Severity.ERROR: "red", Severity.WARNING: "yellow"}


def command(
    files: Annotated[
        list[str] | None, typer.Argument(metavar="FILE...", help="Flow files, such as flows/tutorial.json.")
    ] = None,
    env: Env = None,
    instance: Annotated[
        str | None, typer.Option(help="One of the environment's instances; default: one that lists the flow.")
    ] = None,
    rules: Annotated[bool, typer.Option("--rules", help="List the rules, and check nothing.")] = False,
    json: Annotated[bool, typer.Option("--json", help="A list of findings instead of text.")] = False,
) -> None:
    """Check flows against the functions that they invoke.

    With --env as the environment fills them, and with the findings that it accepts. Exits with 0 where there
    are warnings at most, with 1 on errors.
    """
    if rules:
        _list_rules(json=json)
        return
    if not files:
        raise UserError("no flow named: write one file or more, such as flows/tutorial.json, or --rules")
    if instance and not env:
        raise UserError(f"--instance {instance} goes with --env: name the environment that has it")
    findings = {file: _lint(file, env, instance) for file in dict.fromkeys(files)}
    if json:
        output.data([finding.as_dict() for found in findings.values() for finding in found])
    else:
        _show(findings)
    if any(run.errors(found) for found in findings.values()):
        raise typer.Exit(1)


def _lint(file: str, env: str | None, instance: str | None) -> tuple[Finding, ...]:
    text = _read(file)
    if env is None:
        return run.lint(text, file, Folders(environments.ROOT / "lambdas"))
    environment = environments.load(env)
    chosen = _instance(environment, instance, Path(file).stem)
    rendered = flow_templates.render(text, environment, chosen, file)
    return run.lint_for(chosen, environment, Path(file).stem, rendered, file)


def _instance(environment: Environment, name: str | None, flow: str) -> Instance:
    if name is not None:
        return environment.instance(name)
    listing = (instance for instance in environment.instances if flow in instance.flows)
    return next(listing, environment.instances[0])


def _read(file: str) -> str:
    try:
        return Path(file).read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        reason = getattr(error, "strerror", None) or "it is not UTF-8 text"
        raise UserError(f"cannot read the flow file {file}: {reason}") from error


def _show(findings: dict[str, tuple[Finding, ...]]) -> None:
    for file, found in findings.items():
        output.line(f"{file}: {_counted(found)}", "bold")
        for place, group in groupby(found, lambda finding: finding.place):
            output.line(f"  {place}")
            _show_block(list(group))
    if len(findings) > 1:
        output.line(f"{len(findings)} flows: {_counted([f for found in findings.values() for f in found])}")


def _show_block(findings: Iterable[Finding]) -> None:
    for finding in findings:
        severity = finding.rule.severity
        word, style = (severity, _STYLES[severity]) if finding.accepted is None else ("accepted", "dim")
        output.line(f"    {word:<8} {finding.rule.id}: {finding.spot.wrong}", style)
        output.line(f"             {finding.accepted or finding.rule.fix}", "dim")


def _counted(findings: Sequence[Finding]) -> str:
    numbers = {"error": len(run.errors(findings)), "warning": len(run.warnings(findings))}
    words = [f"{number} {what}{'s' * (number > 1)}" for what, number in numbers.items() if number]
    if accepted := len(run.accepted(findings)):
        words.append(f"{accepted} accepted")
    return ", ".join(words) or "nothing found"


def _list_rules(*, json: bool) -> None:
    if json:
        keys = ("id", "severity", "what", "why", "fix")
        output.data([{key: str(getattr(rule, key)) for key in keys} for rule in RULES])
        return
    for rule in RULES:
        output.line(f"{rule.id} ({rule.severity})", "bold")
        for text in (rule.what, rule.why, f"{rule.fix[:1].upper()}{rule.fix[1:]}."):
            output.line(f"  {text}")
