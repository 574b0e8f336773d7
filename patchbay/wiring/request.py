"""A graph as ELK takes it: frames with rows, ports at their sides, and wires.

What no wire leads to is left out, with room for it in its frame: there is nothing to order, and ELK would put
it in the first column.
"""

from typing import Any

from patchbay.wiring import ids, sizes
from patchbay.wiring.model import Graph, InstanceNode, Panel

_OPTIONS = {
    "elk.algorithm": "layered",
    "elk.direction": "RIGHT",
    "elk.hierarchyHandling": "INCLUDE_CHILDREN",
    "elk.edgeRouting": "ORTHOGONAL",
    "elk.separateConnectedComponents": "false",
    "elk.randomSeed": "1",
    "elk.padding": "[top=0,left=0,bottom=0,right=0]",
    "elk.spacing.nodeNode": "22",
    "elk.layered.thoroughness": "40",
    "elk.layered.spacing.nodeNodeBetweenLayers": "40",
    "elk.layered.spacing.edgeEdgeBetweenLayers": "10",
    "elk.layered.spacing.edgeNodeBetweenLayers": "18",
    "elk.layered.nodePlacement.strategy": "NETWORK_SIMPLEX",
}
"""ELK's reference, "Layout options"."""
_PORTS = {"elk.portConstraints": "FIXED_SIDE", "elk.spacing.portPort": str(sizes.PORT)}


def of(graph: Graph) -> dict[str, Any]:
    """In ELK's JSON format, without coordinates."""
    edges = [
        {"id": wire.id, "sources": [f"{wire.flow}|out"], "targets": [f"{wire.function}|{wire.id}"]}
        for wire in graph.wires
    ]
    children = [_instance(graph, instance) for instance in graph.instances]
    children += [_panel(graph, panel) for panel in graph.panels]
    hidden = [
        {"id": f"{one.id}|wired", "sources": [one.id], "targets": [ids.panel(one.group)]}
        for one in graph.instances
        if not any(wire.instance == one.name for wire in graph.wires)
    ]
    return {"id": "root", "layoutOptions": _OPTIONS, "children": children, "edges": edges + hidden}


def _instance(graph: Graph, instance: InstanceNode) -> dict[str, Any]:
    width = sizes.instances_width(graph)
    wired = {wire.flow for wire in graph.wires}
    flows = [
        {
            "id": flow.id,
            "width": width,
            "height": sizes.ROW,
            "layoutOptions": _PORTS,
            "ports": [{"id": f"{flow.id}|out", "layoutOptions": {"elk.port.side": "EAST"}}],
        }
        for flow in instance.flows
        if flow.id in wired
    ]
    rest = _rest_of_instance(graph, instance)
    return _frame(instance.id, width, sizes.INSTANCE_HEAD, rest, flows)


def _panel(graph: Graph, panel: Panel) -> dict[str, Any]:
    width = sizes.columns(panel).total
    idle = {function.id for function in sizes.idle(graph, panel)}
    rows = []
    for function in panel.functions:
        wires = graph.wires_to(function.id)
        ports = [{"id": f"{function.id}|{w.id}", "layoutOptions": {"elk.port.side": "WEST"}} for w in wires]
        height = sizes.row_height(len(wires))
        row = {"id": function.id, "width": width, "height": height, "layoutOptions": _PORTS, "ports": ports}
        rows.append(row)
    head = sizes.PANEL_HEAD if panel.regions else sizes.IDLE_HEAD
    called = [row for row in rows if row["id"] not in idle]
    return _frame(panel.id, width, head, _rest_of_panel(graph, panel), called)


def _frame(
    node: str, width: float, head: float, rest: float, children: list[dict[str, Any]]
) -> dict[str, Any]:
    """With room for its head and for what ELK does not place."""
    if not children:
        return {"id": node, "width": width + 2 * sizes.INSET, "height": head + rest + sizes.INSET}
    padding = f"[top={head},left={sizes.INSET},bottom={sizes.INSET + rest},right={sizes.INSET}]"
    options = {"elk.padding": padding, "elk.spacing.nodeNode": str(sizes.BETWEEN)}
    return {"id": node, "layoutOptions": options, "children": children}


def _rest_of_instance(graph: Graph, instance: InstanceNode) -> float:
    wired = {wire.flow for wire in graph.wires}
    idle = sum(flow.id not in wired for flow in instance.flows)
    return idle * (sizes.ROW + sizes.BETWEEN) + len(sizes.remarks(instance)) * sizes.LINE


def _rest_of_panel(graph: Graph, panel: Panel) -> float:
    idle = len(sizes.idle(graph, panel))
    return sizes.IDLE_HEAD + idle * (sizes.ROW + sizes.BETWEEN) - sizes.BETWEEN if idle else 0.0
