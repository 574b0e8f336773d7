"""A call as text: the clock, who, and what.

`names` are what ARNs are shown as, such as an environment's keys of its resources.
"""

import re
from collections.abc import Mapping
from types import MappingProxyType

from patchbay import output
from patchbay.simulator.transcript import CallResult, Entry, Who

ERROR_BRANCH = "Error branch"
"""The branch lines that tell of a failure."""
NO_NAMES: Mapping[str, str] = MappingProxyType({})
_STYLES = {
    Who.PROMPT: "bold",
    Who.CALLER: "bold cyan",
    Who.SILENCE: "yellow",
    Who.LAMBDA: "green",
    Who.PHONE: "bold magenta",
    Who.BRANCH: "dim",
    Who.FLOW: "dim",
}


def show(result: CallResult, names: Mapping[str, str] = NO_NAMES) -> None:
    """The transcript, then how the call ended."""
    output.line(f"flow {result.flow}, contact {result.contact_id}", "dim")
    output.script([_row(entry, names) for entry in result.transcript])
    output.line(f"ended: {named(result.ended, names)}")


def show_entry(entry: Entry, names: Mapping[str, str] = NO_NAMES) -> None:
    """One line, as it happens."""
    output.script([_row(entry, names)])


def show_end(result: CallResult, names: Mapping[str, str] = NO_NAMES) -> None:
    """What `show` tells besides the lines that were shown already."""
    output.line(f"ended: {named(result.ended, names)}")
    output.line(f"flow {result.flow}, contact {result.contact_id}", "dim")


def named(text: str, names: Mapping[str, str]) -> str:
    """With the name in place of each ARN that has one; an ARN that only begins alike stays."""
    if not names:
        return text
    arns = "|".join(re.escape(arn) for arn in sorted(names, key=len, reverse=True))
    return re.sub(rf"(?:{arns})(?![\w/:-])", lambda found: names[found[0]], text)


def _row(entry: Entry, names: Mapping[str, str]) -> tuple[str, str, str, str]:
    style = "red" if entry.who is Who.BRANCH and ERROR_BRANCH in entry.text else _STYLES[entry.who]
    return clock(entry.at_ms), str(entry.who), named(entry.text, names), style


def clock(at_ms: int) -> str:
    """Minutes, seconds and tenths since the call began: ` 0:03.2`."""
    tenths = at_ms // 100
    return f"{tenths // 600:>2}:{tenths % 600 // 10:02}.{tenths % 10}"
