"""Reading an environment: the TOML file and the function folders, checked before anything is built."""

import re
from collections.abc import Mapping
from pathlib import Path

from patchbay import checks, flow_templates, flow_types, function_folders, toml
from patchbay.config import Environment, EnvironmentFile, Instance
from patchbay.errors import UserError
from patchbay.lint import acceptance, run
from patchbay.lint.model import Finding
from patchbay.lint.rules import RULES

ROOT = Path(__file__).resolve().parent.parent


def available(root: Path = ROOT) -> tuple[str, ...]:
    """The names of the environment files."""
    return tuple(sorted(path.stem for path in (root / "environments").glob("*.toml")))


def load(name: str | None, root: Path = ROOT) -> Environment:
    """The environment of `environments/NAME.toml`, checked against itself, the functions and AWS's limits.

    Raises UserError: one sentence with file, key, value and what is allowed.
    """
    known = available(root)
    if name not in known:
        wrong = f"environment {name!r} does not exist" if name else "no environment named"
        raise UserError(
            f"{wrong}: choose one of {', '.join(known) or 'none'}, or write environments/NAME.toml"
        )
    if not re.fullmatch(r"[a-z][a-z0-9-]*", str(name)):
        raise UserError(
            f"environment {name!r} is part of every name: use lower-case letters, digits and dashes only"
        )
    source = f"environments/{name}.toml"
    written = toml.parse(EnvironmentFile, toml.read(root / source), source)
    checks.check_groups(written.region_groups, written.instances, source)
    environment = _resolve(written, str(name), root, source)
    checks.check(environment, source)
    acceptance.check(environment, [rule.id for rule in RULES if rule is not acceptance.GONE], source)
    return environment


def _resolve(written: EnvironmentFile, name: str, root: Path, source: str) -> Environment:
    lambdas = root / "lambdas"
    listed = dict.fromkeys(f for instance in written.instances for f in instance.functions)
    unused = [f for f in written.functions if f not in listed]
    if unused:
        raise UserError(
            f"{source}: [functions.{unused[0]}] is set, but no instance lists {unused[0]!r}: "
            "list it or drop it"
        )
    loaded = {f: function_folders.load(lambdas, f, written.functions.get(f, {}), source) for f in listed}
    values = {key: getattr(written, key) for key in type(written).model_fields}
    tables = function_folders.tables(lambdas)
    return Environment.model_validate(
        {**values, "name": name, "functions": loaded, "tables": tables, "root": root}
    )


def rendered_flows(environment: Environment, instance: Instance) -> dict[str, str]:
    """The contents of the flows that the instance lists, placeholders filled, by name.

    Raises UserError where a placeholder cannot be filled, or where the flow lint finds errors: a sentence,
    and a line, for each.
    """
    files = {name: environment.root / "flows" / f"{name}.json" for name in instance.flows}
    rendered = {
        name: flow_templates.render(path.read_text(encoding="utf-8"), environment, instance, _file(name))
        for name, path in files.items()
    }
    for name, content in rendered.items():
        flow_types.header(content, _file(name))
    wrong = run.errors(_findings(rendered, environment, instance))
    if wrong:
        raise UserError("\n".join(finding.sentence for finding in wrong))
    return rendered


def flow_remarks(
    rendered: Mapping[str, str], environment: Environment, instance: Instance
) -> tuple[Finding, ...]:
    """What the flow lint says about the rendered flows beside errors: warnings, and what is accepted."""
    found = _findings(rendered, environment, instance)
    return (*run.warnings(found), *run.accepted(found))


def _findings(
    rendered: Mapping[str, str], environment: Environment, instance: Instance
) -> tuple[Finding, ...]:
    return tuple(
        finding
        for name, content in rendered.items()
        for finding in run.lint_for(instance, environment, name, content, _file(name))
    )


def _file(flow: str) -> str:
    return f"flows/{flow}.json"
