"""`patchbay init`: the text of a new environment."""

import re
from collections.abc import Iterator, Sequence
from pathlib import Path

from patchbay import environments, flow_templates, function_folders, toml
from patchbay.aws import LOCAL_ACCOUNT
from patchbay.config import REGION_SHAPE
from patchbay.errors import UserError
from patchbay.flow_templates import Placeholder
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


def check_regions(regions: Sequence[str]) -> None:
    """Raises UserError on what is not written as a Region."""
    wrong = next((one for one in regions if not re.fullmatch(REGION_SHAPE, one)), None)
    if wrong is not None:
        raise UserError(f"{wrong!r} is not a Region: write it as in eu-west-2")


def check_functions(functions: Sequence[str], root: Path) -> None:
    """Raises UserError on one that has no folder."""
    known = function_folders.folders(root / "lambdas")
    wrong = next((name for name in functions if name not in known), None)
    if wrong is not None:
        raise UserError(f"there is no function {wrong!r}: lambdas/ has {', '.join(known)}")


def invoked(flows: Sequence[str], root: Path) -> tuple[str, ...]:
    """The functions that these flows invoke, and those that they invoke in turn.

    Raises UserError where there is no such flow.
    """
    folders = function_folders.folders(root / "lambdas")
    names = [
        one.arguments[0] for flow in flows for one in _placeholders(flow, root) if one.kind == "function"
    ]
    for name in names:  # it grows meanwhile
        further = toml.read(folders[name]).get("invokes", ()) if name in folders else ()
        names += [one for one in further if one not in names]
    return tuple(dict.fromkeys(names))


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
        for one in _placeholders(name, root):
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


def bots(functions: Sequence[str], root: Path) -> dict[str, str]:
    """The bots that these functions serve, each with its function."""
    folders = function_folders.folders(root / "lambdas")
    served = {name: toml.read(folders[name]).get("bot") for name in functions if name in folders}
    return {str(bot): name for name, bot in served.items() if bot}


def _check_bots(answers: Answers, root: Path) -> None:
    for bot, name in bots(answers.functions, root).items():
        if bot not in answers.resources:
            raise UserError(
                f"function {name!r} serves the bot {bot!r}: give its alias ARN with "
                f"--resource {bot}=arn:aws:lex:REGION:ACCOUNT:bot-alias/BOT/ALIAS"
            )


def _placeholders(flow: str, root: Path) -> tuple[Placeholder, ...]:
    path = root / "flows" / f"{flow}.json"
    if not path.exists():
        known = ", ".join(sorted(one.stem for one in path.parent.glob("*.json"))) or "none"
        raise UserError(f"there is no flow {flow!r}: flows/ has {known}")
    return flow_templates.placeholders(path.read_text(encoding="utf-8"), f"flows/{flow}.json")


def _path(name: str) -> str:
    return f"environments/{name}.toml"
