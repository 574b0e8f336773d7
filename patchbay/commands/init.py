"""`patchbay init`: an environment for an instance that one has."""

from collections.abc import Sequence
from pathlib import Path
from typing import Annotated

import typer
from botocore.exceptions import BotoCoreError, ClientError

from patchbay import environments, function_folders, output
from patchbay.arns import InstanceArn
from patchbay.commands.options import pairs
from patchbay.errors import UserError
from patchbay.scaffold import changes, instances, new_environment, questions, whereabouts
from patchbay.scaffold.environment_text import Answers
from patchbay.scaffold.instances import Seen


def command(
    name: Annotated[str | None, typer.Argument(metavar="NAME", help="Makes environments/NAME.toml.")] = None,
    instance_arn: Annotated[str | None, typer.Option(help="The Connect instance; no look-up then.")] = None,
    alias: Annotated[
        str | None, typer.Option(help="The instance's alias; default: Connect is asked.")
    ] = None,
    function_region: Annotated[
        list[str] | None, typer.Option(help="Of the functions: first the preferred one, then the fallback.")
    ] = None,
    functions: Annotated[
        str | None, typer.Option(metavar="A,B", help="From lambdas/; default: those that the flows invoke.")
    ] = None,
    flows: Annotated[str | None, typer.Option(metavar="A,B", help="Flows, from flows/.")] = None,
    resource: Annotated[
        list[str] | None, typer.Option(metavar="KEY=ARN", help="What flows name as {{resource:KEY}}.")
    ] = None,
    account: Annotated[str | None, typer.Option(help="Of the functions; default: the instance's.")] = None,
    app: Annotated[str, typer.Option(help="The prefix of every name.")] = "patchbay",
    profile: Annotated[str | None, typer.Option(help="The AWS profile of the instance's account.")] = None,
    region: Annotated[
        list[str] | None, typer.Option(help="Look for instances here, too; default: the configured Region.")
    ] = None,
) -> None:
    """Write an environment for an instance that you have.

    Asks for what no option says; without a terminal, NAME, --instance-arn and --function-region are needed.
    """
    root = environments.ROOT
    asking = questions.is_terminal()
    if asking:
        whereabouts.tell(root)
    else:
        questions.require(NAME=name, instance_arn=instance_arn, function_region=function_region)
    name = name or _free_name(root)
    new_environment.check_name(name, root)
    arn, known = _instance(instance_arn, profile, region or ())
    alias = alias or known or _alias(profile, arn, asking=asking)
    regions = function_region or _regions(arn.region)
    account = account or (questions.ask("Account of the functions", arn.account) if asking else arn.account)
    chosen_flows = _flows(flows, root, asking=asking)
    chosen_functions = _functions(functions, chosen_flows, root, asking=asking)
    answers = Answers(
        name=name,
        arn=arn,
        alias=alias,
        regions=regions,
        account=account,
        app=app,
        functions=chosen_functions,
        flows=chosen_flows,
        resources=_with_bots(pairs(resource or (), "--resource"), chosen_functions, root, asking=asking),
        profile=profile,
    )
    planned = new_environment.plan(answers, root)
    if not asking:
        whereabouts.tell(root)
    changes.make(planned, root)
    output.line(f"wrote  environments/{name}.toml")
    output.heading("next")
    for step in new_environment.next_steps(answers, root):
        output.line(f"  {step}")


def _instance(given: str | None, profile: str | None, further: Sequence[str]) -> tuple[InstanceArn, str]:
    """The instance, and its alias where that is known by now."""
    if given:
        return _parsed(given), ""
    seen = _seen(profile, further)
    for number, one in enumerate(seen, 1):
        output.note(f"  {number}  {one.alias or '-'}  {one.arn}")
    chosen = questions.choose("Instance: its number, or an ARN" if seen else "ARN of the instance", len(seen))
    return (seen[chosen].arn, seen[chosen].alias) if isinstance(chosen, int) else (_parsed(chosen), "")


def _seen(profile: str | None, further: Sequence[str]) -> list[Seen]:
    """Every instance in sight; a Region that does not answer is named."""
    found: list[Seen] = []
    regions = instances.regions(profile, further)
    if not regions:
        output.note("no Region is configured: name those of your instances with --region, or type an ARN")
    for one in regions:
        try:
            with output.step(f"looking for instances in {one}"):
                found += instances.visible(profile, one)
        except (ClientError, BotoCoreError) as error:
            output.note(f"Connect in {one} cannot be asked (connect:ListInstances): {error}")
    return found


def _parsed(arn: str) -> InstanceArn:
    try:
        return InstanceArn.parse(arn)
    except ValueError as error:
        raise UserError(str(error)) from error


def _alias(profile: str | None, arn: InstanceArn, *, asking: bool) -> str:
    try:
        return instances.alias(profile, arn)
    except UserError as error:
        if not asking:
            raise
        output.note(str(error))
        return questions.ask("Alias of the instance")


def _free_name(root: Path) -> str:
    return questions.ask_until_fit(
        lambda: questions.ask("Name of the environment"),
        lambda name: new_environment.check_name(name, root),
    )


def _regions(default: str) -> tuple[str, ...]:
    question = "Regions of the functions, the preferred one first"
    return questions.ask_until_fit(
        lambda: questions.ask_list(question, default), new_environment.check_regions
    )


def _flows(given: str | None, root: Path, *, asking: bool) -> tuple[str, ...]:
    if given is not None or not asking:
        return questions.words(given or "")
    output.note(f"flows: {', '.join(sorted(path.stem for path in root.glob('flows/*.json'))) or 'none'}")
    return questions.ask_until_fit(
        lambda: questions.ask_list("Flows"), lambda flows: new_environment.invoked(flows, root)
    )


def _functions(given: str | None, flows: Sequence[str], root: Path, *, asking: bool) -> tuple[str, ...]:
    """Those that the flows invoke, unless others are wanted."""
    if given is not None:
        return questions.words(given)
    needed = new_environment.invoked(flows, root)
    if not asking:
        return needed
    output.note(f"functions: {', '.join(function_folders.folders(root / 'lambdas')) or 'none'}")
    return questions.ask_until_fit(
        lambda: questions.ask_list("Functions", ", ".join(needed) or "none"),
        lambda functions: new_environment.check_functions(functions, root),
    )


def _with_bots(
    resources: dict[str, str], functions: Sequence[str], root: Path, *, asking: bool
) -> dict[str, str]:
    """A function of a bot needs the bot's ARN from the beginning: its alias lets the bot in."""
    for bot, function in new_environment.bots(functions, root).items():
        if asking and bot not in resources:
            resources[bot] = questions.ask(f"ARN of the bot alias {bot}, which {function} serves")
    return resources
