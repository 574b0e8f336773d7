"""Where everything is: instances with their flows on the left, functions on the right, wires between them.

ELK's layered layout orders flows and functions so that few wires cross, and gives every flow one trunk from
which its wires branch off. What is done to its answer here moves nothing past anything else: rows of all
panels are put below each other, kinks of wires at frames that they pass are taken out, and what no wire leads
to is put below the rest of its frame.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Any

from patchbay.wiring import elk, request, sizes
from patchbay.wiring.model import Graph


@dataclass(frozen=True)
class Box:
    """A rectangle."""

    x: float
    y: float
    width: float
    height: float

    @property
    def right(self) -> float:
        """Its right side."""
        return self.x + self.width

    @property
    def bottom(self) -> float:
        """Its lower side."""
        return self.y + self.height

    @property
    def middle(self) -> float:
        """Half its height down."""
        return self.y + self.height / 2

    def overlaps(self, other: "Box") -> bool:
        """Whether they share more than a side."""
        beside = self.right <= other.x or other.right <= self.x
        return not (beside or self.bottom <= other.y or other.bottom <= self.y)


@dataclass(frozen=True)
class Way:
    """Of one wire: right to its trunk, along it, right to the function; on whole pixels, which are sharp."""

    start: tuple[float, float]
    trunk: float
    end: tuple[float, float]


@dataclass(frozen=True)
class Layout:
    """All of it; the origin is the picture's upper left corner."""

    width: float
    height: float
    boxes: Mapping[str, Box]
    """By the id of an instance, a flow, a panel or a function's row."""
    ways: Mapping[str, Way]
    """By the id of a wire."""


def of(graph: Graph, run: elk.Elk = elk.run) -> Layout:
    """Raises UserError where ELK does not run."""
    laid = run(request.of(graph))
    boxes = _aligned(graph, dict(_boxes(laid, 0, 0)))
    for instance in graph.instances:
        idle = [flow.id for flow in instance.flows if flow.id not in boxes]
        below = len(sizes.remarks(instance)) * sizes.LINE
        boxes |= _stacked(idle, boxes[instance.id], below)
    for panel in graph.panels:
        idle = [function.id for function in panel.functions if function.id not in boxes]
        boxes |= _stacked(idle, boxes[panel.id], 0)
    ways = dict(_ways(graph, laid, boxes))
    width = max(box.right for box in boxes.values())
    return Layout(width, max(box.bottom for box in boxes.values()), boxes, ways)


def _boxes(node: Mapping[str, Any], x: float, y: float) -> Iterator[tuple[str, Box]]:
    """ELK's coordinates are from the parent's corner."""
    for child in node.get("children", ()):
        box = Box(x + child["x"], y + child["y"], child["width"], child["height"])
        yield child["id"], box
        yield from _boxes(child, box.x, box.y)


def _aligned(graph: Graph, boxes: Mapping[str, Box]) -> dict[str, Box]:
    """Without the room that ELK keeps for wires inside of frames; all panels begin at the same place."""
    left = max(_row_left(boxes, panel.id, [f.id for f in panel.functions]) for panel in graph.panels)
    found = dict(boxes)
    width = sizes.instances_width(graph) + 2 * sizes.INSET
    for instance in graph.instances:
        found[instance.id] = replace(boxes[instance.id], x=0, width=width)
        found |= {f.id: replace(boxes[f.id], x=sizes.INSET) for f in instance.flows if f.id in boxes}
    for panel in graph.panels:
        total = sizes.columns(panel).total
        found[panel.id] = replace(boxes[panel.id], x=left - sizes.INSET, width=total + 2 * sizes.INSET)
        found |= {f.id: replace(boxes[f.id], x=left) for f in panel.functions if f.id in boxes}
    return found


def _row_left(boxes: Mapping[str, Box], frame: str, rows: Iterable[str]) -> float:
    return max([boxes[frame].x + sizes.INSET, *(boxes[row].x for row in rows if row in boxes)])


def _stacked(nodes: list[str], frame: Box, below: float) -> dict[str, Box]:
    """At the lower end of a frame."""
    step = sizes.ROW + sizes.BETWEEN
    top = frame.bottom - sizes.INSET - below - len(nodes) * step + sizes.BETWEEN
    x, width = frame.x + sizes.INSET, frame.width - 2 * sizes.INSET
    return {node: Box(x, top + at * step, width, sizes.ROW) for at, node in enumerate(nodes)}


def _ways(graph: Graph, laid: Mapping[str, Any], boxes: Mapping[str, Box]) -> Iterator[tuple[str, Way]]:
    corners = {"root": (0.0, 0.0)} | {node: (box.x, box.y) for node, box in _boxes(laid, 0, 0)}
    points = dict(_points(laid, corners))
    for wire in graph.wires:
        found = points[wire.id]
        start, end = boxes[wire.flow], boxes[wire.function]
        trunk = float(round(_trunk(found)))
        yield wire.id, Way((start.right, round(found[0][1])), trunk, (end.x, round(found[-1][1])))


Point = tuple[float, float]


def _points(node: Mapping[str, Any], corners: Mapping[str, Point]) -> Iterator[tuple[str, list[Point]]]:
    for edge in node.get("edges", ()):
        x, y = corners[edge.get("container", "root")]
        section = edge["sections"][0]
        corner_points = (section["startPoint"], *section.get("bendPoints", ()), section["endPoint"])
        yield edge["id"], [(x + point["x"], y + point["y"]) for point in corner_points]
    for child in node.get("children", ()):
        yield from _points(child, corners)


def _trunk(points: list[Point]) -> float:
    """Where the wire's longest way up or down is; half the way to the right where it has none."""
    legs = [(abs(b[1] - a[1]), a[0]) for a, b in pairwise(points) if a[0] == b[0]]
    return max(legs, default=(0.0, (points[0][0] + points[-1][0]) / 2))[1]
