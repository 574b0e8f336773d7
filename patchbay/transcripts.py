"""A call as text: the clock, who, and what."""

from patchbay import output
from patchbay.simulator.transcript import CallResult, Entry, Who

ERROR_BRANCH = "Error branch"
"""The branch lines that tell of a failure."""
_STYLES = {
    Who.PROMPT: "bold",
    Who.CALLER: "bold cyan",
    Who.SILENCE: "yellow",
    Who.LAMBDA: "green",
    Who.PHONE: "bold magenta",
    Who.BRANCH: "dim",
    Who.FLOW: "dim",
}


def show(result: CallResult) -> None:
    """The transcript, then how the call ended."""
    output.line(f"flow {result.flow}, contact {result.contact_id}", "dim")
    output.script([_row(entry) for entry in result.transcript])
    output.line(f"ended: {result.ended}")


def show_entry(entry: Entry) -> None:
    """One line, as it happens."""
    output.script([_row(entry)])


def show_end(result: CallResult) -> None:
    """What `show` tells besides the lines that were shown already."""
    output.line(f"ended: {result.ended}")
    output.line(f"flow {result.flow}, contact {result.contact_id}", "dim")


def _row(entry: Entry) -> tuple[str, str, str, str]:
    style = "red" if entry.who is Who.BRANCH and ERROR_BRANCH in entry.text else _STYLES[entry.who]
    return clock(entry.at_ms), str(entry.who), entry.text, style


def clock(at_ms: int) -> str:
    """Minutes, seconds and tenths since the call began: ` 0:03.2`."""
    tenths = at_ms // 100
    return f"{tenths // 600:>2}:{tenths % 600 // 10:02}.{tenths % 10}"
