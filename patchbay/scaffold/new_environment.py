"""`patchbay init`: the text of a new environment."""

import re
from collections.abc import Iterator
from pathlib import Path

from patchbay import environments, flow_templates, function_folders, toml
from patchbay.aws import LOCAL_ACCOUNT
from patchbay.errors import UserError
from patchbay.scaffold import changes
from patchbay.scaffold.changes import Changes
from patchbay.scaffold.environment_text import Answers, text


def check_name(name: str, root: Path) -> None:
    """Raises UserError where the name is taken or could not be part of a stack's name."""
    if not re.fullmatch(r"[a-z][a-z0-9-]*", name):
        raise UserError(
            f"environment {name!r} is part of every name: use lower-case letters, digits and dashes only"
        )
    changes.check_free(Changes({_path(name): ""}), root)


def plan(answers: Answers, root: Path) -> Changes:
    """The new file, checked: it loads, and its flows can be filled unless resources are still missing.

    Raises UserError where something does not fit together.
    """
    still = missing(answers, root)
    _check_bots(answers, root)
    planned = Changes({_path(answers.name): text(answers, still)})
    with changes.tried(planned, root) as copy:
        environment = environments.load(answers.name, copy)
        if not still:
            environments.rendered_flows(environment, environment.instances[0])
    return planned


def missing(answers: Answers, root: Path) -> dict[str, str]:
    """The resources that the flows name and nobody gave, each with the first flow that names it."""
    found: dict[str, str] = {}
    for name in answers.flows:
        path = root / "flows" / f"{name}.json"
        if not path.exists():
            known = ", ".join(sorted(one.stem for one in path.parent.glob("*.json"))) or "none"
            raise UserError(f"there is no flow {name!r}: flows/ has {known}")
        for one in flow_templates.placeholders(path.read_text(encoding="utf-8"), f"flows/{name}.json"):
            if one.kind == "resource" and one.arguments and one.arguments[0] not in answers.resources:
                found.setdefault(one.arguments[0], name)
    return found


def next_steps(answers: Answers, root: Path) -> Iterator[str]:
    """What the user does now, as commands or words."""
    if still := missing(answers, root):
        yield f"put {', '.join(still)} into {_path(answers.name)}"
    if answers.account == LOCAL_ACCOUNT:
        yield f"patchbay local deploy --env {answers.name} --start"
        return
    yield f"make synth ENV={answers.name}"
    foreign = answers.arn.account != answers.account
    regions = answers.regions if foreign else dict.fromkeys((*answers.regions, answers.arn.region))
    yield f"npx cdk bootstrap {' '.join(f'aws://{answers.account}/{region}' for region in regions)}"
    if foreign:
        yield (
            f"npx cdk bootstrap aws://{answers.arn.account}/{answers.arn.region} --trust {answers.account} "
            "--cloudformation-execution-policies "
            f"arn:{answers.arn.partition}:iam::aws:policy/AdministratorAccess   # with its own credentials"
        )
    yield f"make deploy ENV={answers.name}"


def _check_bots(answers: Answers, root: Path) -> None:
    for name, path in function_folders.folders(root / "lambdas").items():
        bot = toml.read(path).get("bot") if name in answers.functions else None
        if bot and bot not in answers.resources:
            raise UserError(
                f"function {name!r} serves the bot {bot!r}: give its alias ARN with "
                f"--resource {bot}=arn:aws:lex:REGION:ACCOUNT:bot-alias/BOT/ALIAS"
            )


def _path(name: str) -> str:
    return f"environments/{name}.toml"
