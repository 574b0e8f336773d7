"""The failures of a period, for people."""

from patchbay import output
from patchbay.explain import words
from patchbay.explain.recent import Group, Recent

COLUMNS = ("cause", "function", "Region", "version", "count", "first", "last (UTC)", "example contact")


def recent(found: Recent, since: str) -> None:
    """A table, then for each row the cause of its example and the next command."""
    for each in found.searched:
        if each.unread:
            right = f" (the right {each.unread.right} is missing)" if each.unread.right else ""
            output.note(f"the flow log of {each.instance} could not be read: {each.unread.why}{right}")
        elif each.missing:
            output.note(f"instance {each.instance} has no log group {each.group}")
        elif each.more:
            output.note(f"the flow log of {each.instance} was not read to its end: try a shorter --since")
    if not found.groups:
        output.line(f"no Lambda block failed in the last {since}, as far as flow logs tell", "green")
        return
    output.table(COLUMNS, [_row(group) for group in found.groups])
    for group in found.groups:
        output.line()
        output.line(f"{group.kind}, {group.function}: {group.sentence}", "red" if group.certain else "yellow")
        output.line(f"  {group.command}", "cyan")
    if found.left_out:
        output.note(f"{found.left_out} earlier failures were not looked into: try a shorter --since")


def _row(group: Group) -> tuple[str, ...]:
    return (
        str(group.kind),
        group.function,
        group.region or "-",
        group.version or "-",
        str(group.count),
        words.time_of(group.first),
        words.time_of(group.last),
        group.contact,
    )
