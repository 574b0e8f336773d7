"""The failures of a period, for people."""

import time
from collections.abc import Iterable, Iterator, Sequence

from patchbay import output
from patchbay.explain import words
from patchbay.explain.flow_logs import Searched
from patchbay.explain.recent import Group, Recent

COLUMNS = ("cause", "function", "Region", "version", "count", "first", "last (UTC)", "example contact")
_NARROW = len(COLUMNS) - 1
"""Without the contact, which the command below names."""


def recent(found: Recent, since: str, unlogged: Sequence[str] = ()) -> None:
    """A table, then for each row the cause of its example and the next command. `unlogged`: instances that do
    not log flows."""
    for text in _gaps(found.searched):
        output.note(text)
    if not found.groups:
        _nothing(found, since, unlogged)
        return
    today = words.day_of(time.time())
    dated = any(words.day_of(group.first) != today for group in found.groups)
    rows = [_row(group, dated=dated) for group in found.groups]
    wide = sum(2 + max(len(row[at]) for row in (COLUMNS, *rows)) for at in range(len(COLUMNS)))
    most = _NARROW if output.is_live() and wide > output.width() else len(COLUMNS)
    output.table(COLUMNS[:most], [row[:most] for row in rows])
    for group in found.groups:
        _cause(group)
    if found.left_out:
        output.note(f"{found.left_out} earlier failures were not looked into: try a shorter --since")


def _gaps(searched: Iterable[Searched]) -> Iterator[str]:
    for each in searched:
        if each.unread:
            right = f" (the right {each.unread.right} is missing)" if each.unread.right else ""
            yield f"the flow log of {each.instance} could not be read: {each.unread.why}{right}"
        elif each.missing:
            yield f"instance {each.instance} has no log group {each.group}"
        elif each.more:
            yield f"the flow log of {each.instance} was not read to its end: try a shorter --since"


def _nothing(found: Recent, since: str, unlogged: Sequence[str]) -> None:
    """Never in green where there was nothing to read."""
    if found.searched and all(each.unread for each in found.searched):
        output.line("no flow log could be read: whether a Lambda block failed is not known", "red")
        return
    whole = not unlogged and not any(each.unread or each.missing for each in found.searched)
    text = f"no Lambda block failed in the last {since}, as far as flow logs tell"
    output.line(text, "green" if whole else "yellow")
    for name in unlogged:
        output.line(f"but instance {name} does not log flows now: its attribute CONTACTFLOW_LOGS is false")


def _cause(group: Group) -> None:
    where = f" in {group.region}" if group.region else ""
    version = f", version {group.version}" if group.version else ""
    output.line()
    style = "red" if group.certain else "yellow"
    output.beside((), ((f"{_short(group.function)}{where}{version}: ", "bold"), (group.sentence, style)))
    output.line(f"  {group.command}", "cyan")


def _row(group: Group, *, dated: bool) -> tuple[str, ...]:
    return (
        str(group.kind),
        _short(group.function),
        group.region or "-",
        group.version or "-",
        str(group.count),
        _moment(group.first, dated=dated),
        _moment(group.last, dated=dated),
        group.contact,
    )


def _moment(at: float, *, dated: bool) -> str:
    """To the second; with its day, to the minute."""
    return f"{words.day_of(at)[5:]} {words.time_of(at)[:5]}" if dated else words.time_of(at)[:8]


def _short(function: str) -> str:
    """Somebody else's function without its Region and account: the cause has the whole ARN."""
    return function.partition(":function:")[2] or function
