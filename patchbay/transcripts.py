"""A call as text: the clock, who, and what."""

from patchbay import output
from patchbay.simulator.transcript import CallResult, Who

_STYLES = {
    Who.PROMPT: "bold",
    Who.CALLER: "bold cyan",
    Who.SILENCE: "yellow",
    Who.LAMBDA: "green",
    Who.BRANCH: "dim",
    Who.FLOW: "dim",
}


def show(result: CallResult) -> None:
    """The transcript, then how the call ended."""
    output.line(f"flow {result.flow}, contact {result.contact_id}", "dim")
    output.script(
        [(clock(entry.at_ms), str(entry.who), entry.text, _STYLES[entry.who]) for entry in result.transcript]
    )
    output.line(f"ended: {result.ended}")


def clock(at_ms: int) -> str:
    """Minutes, seconds and tenths since the call began: ` 0:03.2`."""
    tenths = at_ms // 100
    return f"{tenths // 600:>2}:{tenths % 600 // 10:02}.{tenths % 10}"
