"""`patchbay invoke`: one function, as a flow block would invoke it."""

import random
from typing import Annotated

import typer

from common.response import warnings
from patchbay import calls, output
from patchbay.commands.options import Address, Channel, ChannelOption, Effects, Json, pairs
from patchbay.lambda_functions import LambdaFunctions
from patchbay.local.connect_service import LambdaMetrics
from patchbay.simulator.invoke import invoke
from patchbay.simulator.verdicts import Block, Outcome, Verdict


def command(
    function: Annotated[str, typer.Argument(metavar="FUNCTION", help="A function of the environment.")],
    env: Annotated[str, typer.Option("--env", help="The environment: environments/NAME.toml.")],
    parameter: Annotated[
        list[str] | None, typer.Option(metavar="KEY=VALUE", help="A function input parameter.")
    ] = None,
    attribute: Annotated[
        list[str] | None, typer.Option(metavar="KEY=VALUE", help="A contact attribute.")
    ] = None,
    region: Annotated[str | None, typer.Option(help="Default: the group's preferred Region.")] = None,
    instance: Annotated[
        str | None, typer.Option(help="One of the environment's instances; default: the first.")
    ] = None,
    from_: Address = None,
    channel: ChannelOption = Channel.VOICE,
    allow_effects: Effects = False,
    json: Json = False,
) -> None:
    """Invoke one function as a flow block.

    With Connect's event, permission check, time limit, retries and response check. Exits with 1
    where Connect would take the Error branch.
    """
    line = calls.line(env, instance, allow_effects=allow_effects)
    caller = calls.Caller(str(channel), from_, pairs(attribute or (), "--attribute"))
    block = line.block(function, caller, pairs(parameter or (), "--parameter"), region)
    metrics = LambdaMetrics(line.aws)
    functions = LambdaFunctions(line.aws, line.environment, allow_effects=allow_effects)
    verdict = invoke(block, functions, random.Random(), metrics)  # noqa: S311 - routing needs chance, not secrecy
    if line.aws.embedded:
        metrics.flush()
    if json:
        output.data(_as_dict(block, verdict))
    else:
        _show(block, verdict)
    if verdict.outcome is not Outcome.SUCCESS:
        raise typer.Exit(1)


def _as_dict(block: Block, verdict: Verdict) -> dict[str, object]:
    return {
        "function": block.function.name,
        "alias": block.function.alias,
        "version": verdict.version,
        "region": block.function.region,
        "attempts": verdict.requests,
        "duration_ms": verdict.duration_ms,
        "outcome": str(verdict.outcome),
        "error": verdict.reason,
        "response": verdict.response,
        "warnings": list(warnings(verdict.response)),
    }


def _show(block: Block, verdict: Verdict) -> None:
    name, region = block.function.name, block.function.region
    version = f" version {verdict.version}" if verdict.version else ""
    tries = f", {verdict.requests} attempts" if verdict.requests > 1 else ""
    output.line(f"{name}{version} in {region}, {verdict.duration_ms} ms of {block.limit_ms} ms{tries}")
    if verdict.outcome is not Outcome.SUCCESS:
        output.line(f"Error branch: {verdict.outcome}: {verdict.reason}", "red")
        return
    output.data(verdict.response)
    output.line(f"Success branch: a {block.response_type} that Connect takes", "green")
    for warning in warnings(verdict.response):
        output.line(f"warning: {warning}", "yellow")
