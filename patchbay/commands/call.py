"""`patchbay call`: places a simulated call and shows what the caller hears."""

import re
from typing import Annotated

import typer

from patchbay import calls, environments, output
from patchbay.commands.options import Address, Channel, ChannelOption, Effects, Env, Json, pairs
from patchbay.errors import UserError
from patchbay.transcripts import show


def command(
    flow: Annotated[
        str, typer.Argument(metavar="FLOW", help="The name of a deployed flow, or a path to a flow file.")
    ],
    env: Env = None,
    instance: Annotated[
        str | None, typer.Option(help="One of the environment's instances; default: the first.")
    ] = None,
    from_: Address = None,
    digits: Annotated[str, typer.Option(help="What the caller keys, one entry a question: 1,2,1234#.")] = "",
    channel: ChannelOption = Channel.VOICE,
    attribute: Annotated[
        list[str] | None, typer.Option(metavar="KEY=VALUE", help="A contact attribute to begin with.")
    ] = None,
    stub: Annotated[
        list[str] | None,
        typer.Option(metavar="FUNCTION=FILE", help="The response of a function, from a JSON file."),
    ] = None,
    allow_effects: Effects = False,
    json: Json = False,
) -> None:
    """Place a call.

    Shows what the caller hears, how long each silence is, which version answers and which branch is taken.
    """
    caller = calls.Caller(str(channel), from_, pairs(attribute or (), "--attribute"))
    keys = _keys(digits)
    if env is not None:
        line = calls.line(env, instance, allow_effects=allow_effects)
        result = line.call(flow, caller, digits=keys, stub=stub or ())
    elif calls.is_file(flow):
        result = calls.offline(flow, caller, digits=keys, stub=stub or ())
    else:
        known = ", ".join(environments.available())
        raise UserError(f"flow {flow!r} is on an instance of an environment: add --env, one of {known}")
    if json:
        output.data(result.as_dict())
    else:
        show(result)


def _keys(digits: str) -> list[str]:
    keys = digits.split(",") if digits else []
    wrong = next((entry for entry in keys if not re.fullmatch(r"[0-9*#]+", entry)), None)
    if wrong is not None:
        raise UserError(
            f"--digits {digits!r}: {wrong!r} has other keys than 0-9, * and #: write for instance 1,2,1234#"
        )
    return keys
