"""The wiring as Markdown: a flowchart that GitHub draws, and tables that are good in a diff.

Everything is in the order of the configuration, so that a change of one thing changes one line.
"""

import re
from collections.abc import Iterator, Sequence

from patchbay.doctor.model import Status
from patchbay.wiring import words
from patchbay.wiring.measure import printable
from patchbay.wiring.model import AliasNode, Graph, InstanceNode, Known, Panel, Permit, Role

_MOST_WIRES = 20
"""GitHub draws more, too, but nobody can follow them: Mermaid has no ports and bundles nothing."""
_CLASSES = {
    Status.FAIL: "classDef fail fill:#fde7e6,stroke:#cc2b2b,color:#17212b",
    Status.WARN: "classDef warn fill:#fff3d4,stroke:#a86400,color:#17212b",
    Status.SKIPPED: "classDef skipped stroke-dasharray:4 3",
}


def text(graph: Graph) -> str:
    """The whole file."""
    parts = [
        f"# Wiring of {_md(graph.app)}-{_md(graph.environment)}\n\n{words.summary(graph)}. "
        f"Checks: {words.checked(graph)}.",
        _flowchart(graph),
        *(_instance(graph, instance) for instance in graph.instances),
        *(_panel(graph, panel) for panel in graph.panels),
    ]
    if graph.notes:
        rows = [(n.status, _md(n.place), _md(n.sentence), _md(n.fix)) for n in graph.notes]
        parts.append(
            "## What is not as it should be, or not known\n\n" + _table(("", "where", "what", "next"), rows)
        )
    return "\n\n".join(parts) + "\n"


def _flowchart(graph: Graph) -> str:
    if len(graph.wires) > _MOST_WIRES:
        return (
            f"{len(graph.wires)} wires are more than a flowchart here shows clearly: "
            f"`patchbay map --env {graph.environment} --output wiring.svg` draws them."
        )
    return "\n".join(("```mermaid", *_chart(graph), "```"))


def _chart(graph: Graph) -> Iterator[str]:
    names = _names([*(node.id for node in graph.nodes), *(panel.id for panel in graph.panels)])
    yield "flowchart LR"
    for instance in graph.instances:
        yield f'  subgraph {names[instance.id]}["{_label(_head(instance))}"]'
        yield from (f'    {names[flow.id]}["{_label(flow.name)}"]' for flow in instance.flows)
        yield "  end"
    for panel in graph.panels:
        yield f'  subgraph {names[panel.id]}["{_label(_panel_name(panel))}"]'
        yield from (f'    {names[f.id]}["{_label(f.name)}"]' for f in panel.functions)
        yield "  end"
    for wire in graph.wires:
        arrow = {Known.YES: "-->", Known.NO: "--x", Known.UNKNOWN: "-.->"}[wire.permitted]
        said = f'|"{_label(wire.wrong_name)}"|' if wire.wrong_name else ""
        yield f"  {names[wire.flow]} {arrow}{said} {names[wire.function]}"
    yield from _coloured(graph, names)


def _names(nodes: Sequence[str]) -> dict[str, str]:
    """Mermaid's, from the nodes' own: another function leaves all other lines as they are."""
    found: dict[str, str] = {}
    for node in nodes:
        name = re.sub(r"\W", "_", node, flags=re.ASCII)
        taken = set(found.values())
        tries = (name, *(f"{name}_{number}" for number in range(2, len(nodes) + 2)))
        found[node] = next(one for one in tries if one not in taken)
    return found


def _coloured(graph: Graph, names: dict[str, str]) -> Iterator[str]:
    """A function has the colour of its worst alias: it is one box here."""
    found: dict[Status, list[str]] = {status: [] for status in _CLASSES}
    boxes = [(f.id, [f.status]) for f in graph.flows]
    boxes += [(one.id, [one.status]) for one in graph.instances]
    boxes += [(f.id, [f.status, *(alias.status for alias in f.aliases)]) for f in graph.functions]
    for node, statuses in boxes:
        worst = next((status for status in _CLASSES if status in statuses), None)
        if worst:
            found[worst].append(names[node])
    for status, nodes in found.items():
        if nodes:
            yield f"  {_CLASSES[status]}"
            yield f"  class {','.join(nodes)} {status.lower()}"


def _head(instance: InstanceNode) -> str:
    return f"{instance.number} {instance.name} ({instance.alias}, {instance.region}, {instance.account})"


def _instance(graph: Graph, instance: InstanceNode) -> str:
    names = {function.id: function.name for function in graph.functions}
    rows = []
    for flow in instance.flows:
        called = [names[wire.function] for wire in graph.wires if wire.flow == flow.id]
        absent = {Known.NO: "not deployed", Known.UNKNOWN: "not read"}.get(flow.deployed, "nothing")
        rows.append((_code(flow.name), ", ".join(_code(name) for name in called) or absent))
    lines = [f"## {_md(_head(instance))}"]
    lines += [f"Not read: {', '.join(instance.unread)}."] if instance.unread else []
    lines += [_table(("flow", "invokes"), rows)] if rows else ["No flow of this environment."]
    return "\n\n".join(lines)


def _panel(graph: Graph, panel: Panel) -> str:
    columns = ["function", "limit", *(_column(r.region, r.role) for r in panel.regions), "invoked by"]
    rows = []
    for function in panel.functions:
        flows = [wire.flow.removeprefix("flow:") for wire in graph.wires_to(function.id)]
        limit = f"{function.limit} s" if function.limit else function.where
        aliases = {alias.region: _alias(alias) for alias in function.aliases}
        cells = [aliases.get(region.region, "") for region in panel.regions]
        invokers = ", ".join(_code(flow) for flow in flows) or {"worker": "functions", "lex": "a bot"}.get(
            function.kind, ""
        )
        rows.append((_code(function.name), _md(limit), *cells, invokers))
    return f"## {_md(_panel_name(panel))}\n\n{_table(columns, rows)}"


def _panel_name(panel: Panel) -> str:
    return (
        f"Lambda: account {panel.account}, group {panel.name}" if panel.regions else f"Functions {panel.name}"
    )


def _column(region: str, role: Role) -> str:
    return region if role is Role.ONLY else f"{region} ({role})"


def _alias(alias: AliasNode) -> str:
    """What is so of every instance goes without saying."""
    wrong = [words.of_permit(permit) for permit in alias.permits if not _is_fine(permit)]
    sign = {Status.FAIL: " **FAIL**", Status.WARN: " **WARN**", Status.SKIPPED: " ?"}
    return "<br>".join([f"{_md(alias.leads)}{sign.get(alias.status or Status.PASS, '')}", *map(_md, wrong)])


def _is_fine(permit: Permit) -> bool:
    return permit.invoke is Known.YES and permit.listed is Known.YES


def _table(columns: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    lines = [columns, ["---"] * len(columns), *rows]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


def _md(content: str) -> str:
    """On one line, without a meaning to Markdown or HTML."""
    one_line = " ".join(printable(content).split())
    return re.sub(r"([\\`*_{}\[\]<>#|~$])", r"\\\1", one_line.replace("&", "&amp;"))


def _code(content: str) -> str:
    """As it is, between backticks; a bar would end the table's cell even there."""
    shown = " ".join(printable(content).split()).replace("`", "'").replace("|", "\\|")
    return f"`{shown}`"


def _label(content: str) -> str:
    """For Mermaid, which reads entities by number between # and ; and HTML in quotes."""
    one_line = " ".join(printable(content).split())
    return re.sub(r"[^\w .,:;()/%→·-]|;", lambda found: f"#{ord(found[0])};", one_line)
