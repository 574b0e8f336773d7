"""A contact's path, for people."""

from collections.abc import Iterator, Sequence
from itertools import pairwise

from patchbay import output
from patchbay.explain import words
from patchbay.explain.contact import Absent, Path
from patchbay.explain.entries import SETS_LOGGING
from patchbay.explain.investigation import Explained
from patchbay.explain.model import Entry
from patchbay.explain.unlogged import Ran
from patchbay.transcripts import clock

Row = tuple[str, str, str, str]
LONG_GAP_SECONDS = 30.0
"""Between two entries: nothing is known of that time."""


def path(found: Path) -> None:
    """Block by block, and what the failures come from."""
    first, last = found.entries[0], found.entries[-1]
    instances = ", ".join(dict.fromkeys(entry.instance for entry in found.entries))
    output.line(f"contact {found.contact} on instance {instances}", "bold")
    output.line(f"{words.day_of(first.at)} {words.time_of(first.at)} to {words.time_of(last.at)} UTC", "dim")
    output.script(list(_rows(found)))
    for ran in found.unlogged.ran:
        _unlogged(ran, "no entry of the flow log tells of it: logging was off, most likely")
    _notes(found)
    output.line(_summary(found.blocks), "red" if any(b.cause for b in found.blocks) else "green")


def absent(found: Absent) -> None:
    """What was looked at, and why nothing may be there."""
    output.line(f"contact {found.contact}: {found.headline}", "bold")
    for reason in found.reasons:
        output.line(f"  - {reason}")
    for ran in found.unlogged.ran:
        _unlogged(ran, "from its own log")


def _rows(found: Path) -> Iterator[Row]:
    began = found.entries[0].at
    for before, entry in pairwise((None, *found.entries)):
        if entry is None:
            continue
        if before is not None:
            yield from _gap(before, entry, began)
        at = clock(max(0, round((entry.at - began) * 1000)))
        block = found.block(entry)
        if block is None:
            yield at, "block", _named(entry), "dim"
        else:
            yield from _lambda(at, entry, block)


def _gap(before: Entry, entry: Entry, began: float) -> Iterator[Row]:
    passed = entry.at - before.at
    if entry.type == SETS_LOGGING:
        text = "logging is switched on here: what came before may have no entries"
    elif passed >= LONG_GAP_SECONDS:
        text = "without an entry: the caller was busy or waited, or logging was off in between"
    else:
        return
    yield clock(round((before.at - began) * 1000)), "gap", f"{words.seconds(passed * 1000)} {text}", "yellow"


def _named(entry: Entry) -> str:
    said = f": {entry.results}" if entry.results is not None else ""
    return f"{entry.block or entry.type} ({entry.type}, flow {entry.flow}){said}"


def _lambda(at: str, entry: Entry, block: Explained) -> Iterator[Row]:
    case = block.case
    what = case.target.label if case.target else entry.parameters.get("FunctionArn", "a function")
    branch = "Error branch" if entry.failed else "Success branch"
    style = "red" if entry.failed else "green"
    limit = f", limit {words.seconds(entry.limit_ms)}" if entry.limit_ms else ""
    yield at, "Lambda", f"{entry.block or entry.type} (flow {entry.flow}): {what}{limit}: {branch}", style
    for number, attempt in enumerate(case.attempts, start=1):
        text = f"attempt {number}: {words.ran(attempt)}: {words.ended(attempt)}, request {attempt.request}"
        yield "", "", text, "dim"
    if block.silence:
        most = "at most " if block.silence.at_most else ""
        text = f"{most}{words.seconds(block.silence.ms)} ({block.silence.basis})"
        yield "", "silence", text, "yellow"
    if block.cause:
        yield "", "cause", block.cause.sentence, "bold red" if block.cause.certain else "bold yellow"
        for line in block.cause.evidence:
            yield "", "", f"| {line}", "dim"


def _unlogged(ran: Ran, why: str) -> None:
    output.line(f"{ran.function} in {ran.region} ran for this contact ({why}):", "yellow")
    for attempt in ran.attempts:
        told = f"{words.ran(attempt)}: {words.ended(attempt)}, request {attempt.request}"
        output.line(f"  {words.time_of(attempt.started)} {told}")


def _notes(found: Path) -> None:
    for each in found.searched:
        if each.unread:
            right = f" (the right {each.unread.right} is missing)" if each.unread.right else ""
            output.note(f"the flow log of {each.instance} could not be read: {each.unread.why}{right}")
        if each.more:
            output.note(f"the flow log of {each.instance} was not read to its end: try a shorter --since")
    for text in found.unlogged.unread:
        output.note(f"not looked at: {text}")


def _summary(blocks: Sequence[Explained]) -> str:
    failed = [block for block in blocks if block.cause]
    if not blocks:
        return "no Lambda block"
    if not failed:
        return f"{_blocks(len(blocks))}, none failed"
    causes = ", ".join(dict.fromkeys(str(block.cause.kind) for block in failed if block.cause))
    return f"{_blocks(len(blocks))}, {len(failed)} failed: {causes}"


def _blocks(number: int) -> str:
    return f"{number} Lambda block{'s' if number > 1 else ''}"
