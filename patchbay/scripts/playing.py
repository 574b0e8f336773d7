"""Plays a written call: in an environment, or a flow file with stubs alone."""

from collections.abc import Callable, Iterable

from patchbay import calls
from patchbay.calls import Caller, Circumstances, Line
from patchbay.errors import UserError
from patchbay.scripts.caller import ScriptedCaller
from patchbay.scripts.checking import Miss, check
from patchbay.scripts.written import WrittenCall
from patchbay.simulator.transcript import CallResult, Entry


def play(
    written: WrittenCall,
    line: Line | None = None,
    *,
    stub: Iterable[str] = (),
    pace: float | None = None,
    listener: Callable[[Entry], None] = lambda _: None,
) -> tuple[CallResult, list[Miss]]:
    """What came of the call, and what did not come as written.

    Without `line` its flow has to be a file. `stub` is added to the script's own, `pace` goes before it,
    `listener` is told each line of the transcript as it happens.
    """
    caller = Caller(written.channel, written.address, written.attributes)
    all_stubs = [*written.stubs, *stub]
    how: Circumstances = {
        "participant": ScriptedCaller.of(written, listener),
        "hours_open": written.hours_open,
        "given": written.given,
        "pace": written.pace if pace is None else pace,
    }
    if line is not None:
        result = line.call(written.flow, caller, stub=all_stubs, **how)
        return result, check(written, result, line.instance.resources)
    if written.needs_environment:
        raise UserError(
            f"the written call {written.path} calls the deployed flow {written.flow!r}: add --env"
        )
    result = calls.offline(written.flow, caller, stub=all_stubs, **how)
    return result, check(written, result)
