"""The wiring for the terminal: flows with what they invoke, then functions with where their aliases lead."""

from collections.abc import Iterator, Sequence

from patchbay.doctor.model import Status
from patchbay.wiring import words
from patchbay.wiring.measure import printable
from patchbay.wiring.model import AliasNode, FunctionNode, Graph, InstanceNode, Known, Panel, Role, Wire

Piece = tuple[str, str]
Row = Sequence[Piece]
"""One line as pieces of text, each with rich's style."""

_SIGNS = {Status.FAIL: "✗", Status.WARN: "!", Status.SKIPPED: "?", Status.PASS: "✓"}
_STYLES = {Status.FAIL: "red", Status.WARN: "yellow", Status.SKIPPED: "dim", Status.PASS: "green"}


def rows(graph: Graph) -> Iterator[Row]:
    """All lines."""
    yield ((f"{graph.app}-{graph.environment}", "bold"), (f"  {words.summary(graph)}", "dim"))
    yield ((words.checked(graph), "dim"),)
    for instance in graph.instances:
        yield ()
        yield from _instance(graph, instance)
    for panel in graph.panels:
        yield ()
        yield from _panel(panel)
    notes = dict.fromkeys((note.status, note.place, _clean(note.sentence)) for note in graph.notes)
    if notes:
        yield ()
    for status, place, sentence in notes:
        yield _sign(status), (f"{place}: ", _STYLES[status]), (sentence, "")
    if any(status in (Status.FAIL, Status.WARN) for status, _, _ in notes):
        yield ((f"what to do: patchbay doctor --env {graph.environment}", "dim"),)


def hanging(row: Row) -> tuple[Row, Row]:
    """A line as its lead, and what may go on below itself: what a flow invokes, or a note behind its sign."""
    arrow = next((number for number, (text, _) in enumerate(row, start=1) if text.endswith("→ ")), 0)
    at = 1 if row and row[0][0].strip() in _SIGNS.values() else arrow
    return row[:at], row[at:]


def _instance(graph: Graph, instance: InstanceNode) -> Iterator[Row]:
    where = f"  {instance.alias}, {instance.region}, account {instance.account}"
    yield (
        _sign(instance.status),
        (f"{instance.number} {instance.name}", "bold"),
        (where, "dim"),
        *([("  there is no such instance", "red")] if instance.exists is Known.NO else []),
    )
    wide = max((len(flow.name) for flow in instance.flows), default=0)
    for at, flow in enumerate(instance.flows):
        branch = "└" if at == len(instance.flows) - 1 else "├"
        absent = {Known.NO: "not deployed", Known.UNKNOWN: "not read"}.get(flow.deployed, "nothing")
        wires = [_wire(graph, wire) for wire in graph.wires if wire.flow == flow.id]
        invoked: list[Piece] = [piece for wire in wires for piece in ((", ", ""), wire)][1:]
        name = f"{_clean(flow.name):<{wide}}"
        yield (
            (f"  {branch} ", "dim"),
            _sign(flow.status),
            (f"{name} → ", ""),
            *(invoked or [(absent, "dim")]),
        )
    if instance.unread:
        yield ((f"    not read: {', '.join(instance.unread)}", "dim"),)
    if instance.flows_left_out:
        yield ((f"    {instance.flows_left_out} other published flows, not read", "dim"),)


def _wire(graph: Graph, wire: Wire) -> Piece:
    name = next(function.name for function in graph.functions if function.id == wire.function)
    said = f" ({wire.wrong_name})" if wire.wrong_name else ""
    if wire.permitted is Known.NO:
        return f"{_clean(name)}{said} ✗", "red"
    return f"{_clean(name)}{said}", ""


def _panel(panel: Panel) -> Iterator[Row]:
    if not panel.regions:
        yield ((panel.name, "bold"),)
        yield from (((f"    {_clean(f.name)}  {f.where}".rstrip(), "dim"),) for f in panel.functions)
        return
    names = max([len("function"), *(len(f.name) for f in panel.functions)])
    regions = [
        (r.region, r.region if r.role is Role.ONLY else f"{r.region} ({r.role})") for r in panel.regions
    ]
    widths = {
        region: max(
            [len(head), *(len(_leads(a)) for f in panel.functions for a in f.aliases if a.region == region)]
        )
        for region, head in regions
    }
    heads = "".join(f"    {head:<{widths[region]}}" for region, head in regions)
    yield ((f"Lambda, account {panel.account}, group {panel.name}", "bold"),)
    yield ((f"    {'function':<{names}}{heads}".rstrip(), "dim"),)
    for function in panel.functions:
        yield from _function(function, names, widths)


def _function(function: FunctionNode, names: int, widths: dict[str, int]) -> Iterator[Row]:
    row: list[Piece] = [("  ", ""), _sign(function.status), (f"{function.name:<{names}}", "")]
    for alias in function.aliases:
        row += [("  ", ""), _sign(alias.status), (f"{_leads(alias):<{widths[alias.region]}}", _style(alias))]
    last, style = row[-1]
    yield (*row[:-1], (last.rstrip(), style))


def _leads(alias: AliasNode) -> str:
    refused = [str(permit.number) for permit in alias.permits if permit.invoke is Known.NO]
    return f"{alias.leads}{'  not for instance ' + ', '.join(refused) if refused else ''}"


def _style(alias: AliasNode) -> str:
    return {Known.NO: "red", Known.UNKNOWN: "dim"}.get(alias.known, "")


def _sign(status: Status | None) -> Piece:
    return (f"{_SIGNS[status]} ", _STYLES[status]) if status else ("  ", "")


def _clean(content: str) -> str:
    return " ".join(printable(content).split())
