"""Wires: a flow's trunk and its branches, drawn over a halo so that crossings can be followed."""

from collections.abc import Iterator
from itertools import groupby

from patchbay.doctor.model import Status
from patchbay.wiring import ids, measure, sizes, words
from patchbay.wiring.drawing import pen, style
from patchbay.wiring.layout import Layout, Way
from patchbay.wiring.model import Graph, Known, Wire

_CORNER = 7.0


def draw(graph: Graph, layout: Layout) -> Iterator[str]:
    """Flow by flow, the left of the trunks last: its branches are the longest."""
    numbers = {instance.name: instance.number for instance in graph.instances}
    by_flow = [list(wires) for _, wires in groupby(graph.wires, lambda wire: wire.flow)]
    yield from _unwired(graph, layout)
    for wires in sorted(by_flow, key=lambda wires: -min(layout.ways[wire.id].trunk for wire in wires)):
        hue = style.hue(numbers[wires[0].instance])
        halos = [
            pen.element("path", d=_path(_outside(layout.ways[wire.id])), class_="halo") for wire in wires
        ]
        yield pen.group(halos)
        refused_last = sorted(wires, key=lambda wire: wire.permitted is Known.NO)
        yield from (_wire(graph, wire, layout.ways[wire.id], hue) for wire in refused_last)


def ends(graph: Graph, layout: Layout) -> Iterator[str]:
    """Jacks and plugs: above the boxes at whose sides they are."""
    numbers = {instance.name: instance.number for instance in graph.instances}
    for wire in graph.wires:
        hue = style.hue(numbers[wire.instance])
        way = layout.ways[wire.id]
        jack = pen.element("circle", cx=way.start[0], cy=way.start[1], r=3.4, class_="jack")
        yield pen.group([jack, _plug(wire, way), _said(wire, way)], class_=f"link {hue}", **_data(wire))


def _plug(wire: Wire, way: Way) -> str:
    if wire.permitted is Known.NO:
        return pen.mark(Status.FAIL, way.end[0] - 9, way.end[1])
    return pen.element("circle", cx=way.end[0], cy=way.end[1], r=3, class_="plug")


def _said(wire: Wire, way: Way) -> str:
    """On the wire, left of the frame."""
    if not wire.wrong_name:
        return ""
    x, y = way.end[0] - sizes.INSET - 8, way.end[1]
    wide = measure.width(wire.wrong_name, sizes.SMALL)
    paper = pen.rectangle(x - wide - 2, y - 7, wide + 4, 14, "paper", 3)
    return paper + pen.text(wire.wrong_name, x, y + 3.8, "said end")


def _data(wire: Wire) -> dict[str, str]:
    """For the page."""
    return {
        "data_from": wire.flow,
        "data_to": wire.function,
        "data_instance": ids.instance(wire.instance),
    }


def _outside(way: Way) -> Way:
    """The part between frames: a halo has the paper's colour."""
    (x1, y1), (x2, y2) = way.start, way.end
    return Way((x1 + sizes.INSET + 1, y1), way.trunk, (x2 - sizes.INSET - 1, y2))


def _wire(graph: Graph, wire: Wire, way: Way, hue: str) -> str:
    parts = [pen.title(words.of_wire(graph, wire))]
    parts.append(pen.element("path", d=_path(way), class_=f"wire {_kind(wire)}".rstrip()))
    return pen.group(parts, class_=f"link {hue}", **_data(wire))


def _kind(wire: Wire) -> str:
    if wire.permitted is Known.NO:
        return "refused"
    if wire.permitted is Known.UNKNOWN:
        return "unsure"
    return "behind" if wire.fallback_only else ""


def _unwired(graph: Graph, layout: Layout) -> Iterator[str]:
    """An instance without a wire belongs to its functions all the same."""
    wired = {wire.instance for wire in graph.wires}
    for instance in graph.instances:
        if instance.name in wired:
            continue
        start, end = layout.boxes[instance.id], layout.boxes[ids.panel(instance.group)]
        way = Way((start.right, start.middle), (start.right + end.x) / 2, (end.x, end.middle))
        why = pen.title([f"{instance.name} is wired to group {instance.group}; no deployed flow is known"])
        yield pen.group([why, pen.element("path", d=_path(way), class_="wired")])


def _path(way: Way) -> str:
    """Right, up or down, right, with round corners."""
    (x1, y1), (x2, y2) = way.start, way.end
    if abs(y2 - y1) < 1:
        return f"M{_n(x1)} {_n(y1)}L{_n(x2)} {_n(y2)}"
    corner = min(_CORNER, abs(y2 - y1) / 2)
    down = corner if y2 > y1 else -corner
    trunk = way.trunk
    return (
        f"M{_n(x1)} {_n(y1)}H{_n(trunk - corner)}Q{_n(trunk)} {_n(y1)} {_n(trunk)} {_n(y1 + down)}"
        f"V{_n(y2 - down)}Q{_n(trunk)} {_n(y2)} {_n(trunk + corner)} {_n(y2)}H{_n(x2)}"
    )


def _n(value: float) -> str:
    return f"{round(value, 1):g}"
