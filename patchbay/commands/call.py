"""`patchbay call`: places a simulated call and shows what the caller hears."""

import re
from collections.abc import Mapping
from enum import StrEnum
from functools import partial
from pathlib import Path
from typing import Annotated

import typer

from patchbay import calls, environments, output, scripts, transcripts
from patchbay.calls import Caller, Circumstances, Line
from patchbay.calls_live import Person, ctrl_c_hangs_up
from patchbay.commands.options import Address, Channel, ChannelOption, Effects, Env, Json, pairs
from patchbay.errors import UserError
from patchbay.scripts import Miss, WrittenCall
from patchbay.simulator.given import Given
from patchbay.simulator.participant import HungUp
from patchbay.simulator.transcript import CallResult
from patchbay.simulator.verdicts import Outcome

INTERRUPTED = 130
"""Of a live call that Ctrl-C ended."""
LIVE_PACE = 0.06
"""Of a live call to deployed functions: a worker that one of them starts runs in real time."""


class Hours(StrEnum):
    """What the hours of operation are taken as."""

    OPEN = "open"
    CLOSED = "closed"


def command(
    flow: Annotated[
        str | None,
        typer.Argument(
            metavar="FLOW",
            help="The name of a deployed flow, or a path to a flow file.",
            show_default=False,
        ),
    ] = None,
    env: Env = None,
    instance: Annotated[
        str | None, typer.Option(help="One of the environment's instances; default: the first.")
    ] = None,
    from_: Address = None,
    digits: Annotated[
        str,
        typer.Option(help="What the caller keys, one entry a question: 1,2,1234#. Without, you are asked."),
    ] = "",
    script: Annotated[
        str | None, typer.Option(metavar="FILE", help="A written call to replay and to hold the flow to.")
    ] = None,
    channel: ChannelOption = Channel.VOICE,
    attribute: Annotated[
        list[str] | None, typer.Option(metavar="KEY=VALUE", help="A contact attribute to begin with.")
    ] = None,
    stub: Annotated[
        list[str] | None,
        typer.Option(metavar="FUNCTION=FILE", help="The response of a function, from a JSON file."),
    ] = None,
    given: Annotated[
        list[str] | None,
        typer.Option(
            metavar="BLOCK=RESULT",
            help="What came of a block that nothing here can know, by its name or type.",
        ),
    ] = None,
    hours: Annotated[Hours, typer.Option(help="What the hours of operation are taken as.")] = Hours.OPEN,
    pace: Annotated[
        float | None,
        typer.Option(
            min=0,
            help="Real seconds for a second of the call; 1 is a real telephone. A flow that waits for a "
            f"worker needs some. Default: {LIVE_PACE} with an environment, else none.",
        ),
    ] = None,
    allow_effects: Effects = False,
    json: Json = False,
) -> None:
    """Place a call.

    Shows what the caller hears, how long each silence is, which version answers and which branch is taken.
    In a terminal you are the caller: you are asked for the keys as the flow asks for them. A written call
    exits with 1 where the call went otherwise.
    """
    if script is not None:
        own = {
            "--digits": digits,
            "--from": from_,
            "--channel": channel is not Channel.VOICE,
            "--attribute": attribute,
            "--given": given,
            "--hours": hours is not Hours.OPEN,
        }
        written = _written(script, flow, [option for option, value in own.items() if value])
        if env is None and written.needs_environment:
            raise _without_environment(written.flow)
        line = _line(env, instance, allow_effects=allow_effects or written.allow_effects)
        _replay(written, line, stub or [], pace, json=json)
        return
    if flow is None:
        raise UserError("missing argument 'FLOW': see `patchbay call --help`")
    caller = Caller(str(channel), from_, pairs(attribute or (), "--attribute"))
    how: Circumstances = {
        "digits": _keys(digits),
        "hours_open": hours is Hours.OPEN,
        "given": {block: Given(result) for block, result in pairs(given or (), "--given").items()},
        "pace": pace if pace is not None else LIVE_PACE if env else 0.0,
    }
    line = _line(env, instance, allow_effects=allow_effects)
    if digits or json or not output.converses():
        result = _place(flow, line, caller, stub or [], how)
        output.data(result.as_dict()) if json else transcripts.show(result, _names(line))
        if not json:
            _say_how_to_explain(result, line)
    else:
        _live(flow, line, caller, stub or [], how)


def _line(env: str | None, instance: str | None, *, allow_effects: bool) -> Line | None:
    return None if env is None else calls.line(env, instance, allow_effects=allow_effects)


def _names(line: Line | None) -> Mapping[str, str]:
    """What the transcript calls the ARNs of the instance's resources."""
    return transcripts.NO_NAMES if line is None else line.resource_keys


def _place(flow: str, line: Line | None, caller: Caller, stub: list[str], how: Circumstances) -> CallResult:
    if line is not None:
        return line.call(flow, caller, stub=stub, **how)
    if calls.is_file(flow):
        return calls.offline(flow, caller, stub=stub, **how)
    raise _without_environment(flow)


def _without_environment(flow: str) -> UserError:
    known = ", ".join(environments.available())
    return UserError(f"flow {flow!r} is on an instance of an environment: add --env, one of {known}")


def _live(flow: str, line: Line | None, caller: Caller, stub: list[str], how: Circumstances) -> None:
    how["participant"] = Person(names=_names(line))
    with ctrl_c_hangs_up() as interrupted:
        try:
            result = _place(flow, line, caller, stub, how)
            transcripts.show_end(result, _names(line))
            _say_how_to_explain(result, line)
        except HungUp:  # before the call began, or after it was over
            output.line("ended: caller hung up")
    if interrupted():
        raise typer.Exit(INTERRUPTED)


def _written(script: str, flow: str | None, options: list[str]) -> WrittenCall:
    written = scripts.load(script)
    if options:
        raise UserError(f"{options[0]} does not go with --script: write it into {script}")
    if flow not in (None, written.flow) and Path(str(flow)).resolve() != Path(written.flow):
        raise UserError(f"the written call {script} calls {written.flow!r}, not {flow!r}: leave FLOW out")
    return written


def _replay(
    written: WrittenCall, line: Line | None, stub: list[str], pace: float | None, *, json: bool
) -> None:
    if json:
        result, misses = scripts.play(written, line, stub=stub, pace=pace)
        missed = [
            {"line": miss.line, "expected": miss.expected, "happened": miss.happened} for miss in misses
        ]
        output.data({**result.as_dict(), "script": written.path, "misses": missed})
    else:
        output.line(written.title, "bold")
        names = _names(line)
        show = partial(transcripts.show_entry, names=names)
        result, misses = scripts.play(written, line, stub=stub, pace=pace, listener=show)
        transcripts.show_end(result, names)
        _tell(written, misses, names)
        _say_how_to_explain(result, line)
    if misses:
        raise typer.Exit(1)


def _tell(written: WrittenCall, misses: list[Miss], names: Mapping[str, str]) -> None:
    for miss in misses:
        output.line(transcripts.named(str(miss), names), "red")
    if misses:
        output.line(
            f"{len(misses)} of {len(written.steps)} lines of the written call did not come true", "red"
        )
    else:
        output.line("the call went as written", "green")


def _say_how_to_explain(result: CallResult, line: Line | None) -> None:
    """Where a block took its Error branch and the logs can tell why."""
    if line is not None and any(made.outcome != Outcome.SUCCESS for made in result.invocations):
        output.note(f"why: patchbay explain {result.contact_id} --env {line.environment.name}")


def _keys(digits: str) -> list[str]:
    keys = digits.split(",") if digits else []
    wrong = next((entry for entry in keys if not re.fullmatch(r"[0-9*#]+", entry)), None)
    if wrong is not None:
        raise UserError(
            f"--digits {digits!r}: {wrong!r} has other keys than 0-9, * and #: write for instance 1,2,1234#"
        )
    return keys
