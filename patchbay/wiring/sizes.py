"""How large everything in the picture is, in pixels: from the texts alone."""

from dataclasses import dataclass

from patchbay.wiring import measure
from patchbay.wiring.measure import BOLD, MONO
from patchbay.wiring.model import AliasNode, FunctionNode, Graph, InstanceNode, Panel, RegionNode

NAME = 13.0
SMALL = 11.5
MONO_SIZE = 12.5
"""Font sizes."""

ROW = 31.0
"""A flow, or a function with few wires."""
PORT = 8.0
"""Between wires that end at one function."""
BETWEEN = 6.0
"""Between rows."""
INSET = 14.0
"""Between a frame and what is in it."""
INSTANCE_HEAD = 74.0
PANEL_HEAD = 82.0
IDLE_HEAD = 30.0
"""Above what no wire leads to."""
LINE = 16.0
MARK = 20.0
"""The sign of a status, with its space."""
BADGE = 20.0
"""An instance's number, with its space."""
GAP = 30.0
"""Between Regions: room for the arrow to the fallback."""
STUB = 12.0
"""Between a function's name and its first alias."""

_NAME_ROOM = (96.0, 310.0)
_OUTSIDE_ROOM = (96.0, 420.0)
_CELL_ROOM = (118.0, 330.0)
_INSTANCE_ROOM = (190.0, 300.0)


@dataclass(frozen=True)
class Columns:
    """Where the parts of a panel's rows are, from the row's left side; the last pair of each is a width."""

    name: float
    cells: tuple[tuple[float, float], ...]
    """Left side and width of each Region."""

    @property
    def total(self) -> float:
        """A row's width."""
        return self.cells[-1][0] + self.cells[-1][1] if self.cells else self.name


def columns(panel: Panel) -> Columns:
    """Of one panel; its title fits above them."""
    names = [_name_width(function) for function in panel.functions]
    if not panel.regions:
        return Columns(_within(_OUTSIDE_ROOM, [_heading(panel), *names]), ())
    rooms = [_cell_width(panel, region) for region in panel.regions]
    rest = STUB + sum(rooms) + GAP * (len(rooms) - 1)
    name = max(_within(_NAME_ROOM, names), round(_heading(panel) - rest))
    lefts = [name + STUB + sum(rooms[:at]) + at * GAP for at in range(len(rooms))]
    return Columns(name, tuple(zip(lefts, rooms, strict=True)))


def _cell_width(panel: Panel, region: RegionNode) -> float:
    aliases = [a for f in panel.functions for a in f.aliases if a.region == region.region]
    head = measure.width(region.region, NAME, BOLD) + MARK + 30 + measure.width(region.role, SMALL)
    return _within(_CELL_ROOM, [head, *(_alias_width(alias) for alias in aliases)])


def instances_width(graph: Graph) -> float:
    """Inside the frames of instances, all alike."""
    return _within(_INSTANCE_ROOM, [text for one in graph.instances for text in _instance_texts(one)])


def _instance_texts(instance: InstanceNode) -> list[float]:
    texts = [measure.width(flow.name, MONO_SIZE, MONO) + MARK + 30 for flow in instance.flows]
    texts.append(measure.width(instance.name, NAME + 1, BOLD) + BADGE + MARK + 12)
    lines = (*instance_lines(instance), *remarks(instance))
    return [*texts, *(measure.width(line, SMALL) + 8 for line in lines)]


def instance_lines(instance: InstanceNode) -> tuple[str, str]:
    """Below its name."""
    return instance.alias, f"{instance.region} · account {instance.account}"


def remarks(instance: InstanceNode) -> list[str]:
    """Below its flows: what is not shown, and why."""
    found = [f"? not read: {part}" for part in instance.unread]
    if not instance.flows:
        found.append("no flow of this environment")
    if instance.flows_left_out:
        found.append(f"{instance.flows_left_out} other published flows, not read")
    return found


def row_height(wires: int) -> float:
    """Of a function with so many wires."""
    return max(ROW, 2 * PORT + PORT * wires)


def panel_title(panel: Panel) -> str:
    """At its top."""
    if not panel.regions:
        return panel.name
    return f"Lambda · account {panel.account} · group {panel.name}"


def idle(graph: Graph, panel: Panel) -> tuple[FunctionNode, ...]:
    """The functions that no wire leads to."""
    called = {wire.function for wire in graph.wires}
    return tuple(function for function in panel.functions if function.id not in called)


def _name_width(function: FunctionNode) -> float:
    return measure.width(function.name, MONO_SIZE, MONO) + measure.width(tag(function), SMALL) + MARK + 26


def tag(function: FunctionNode) -> str:
    """Beside its name: how long it may run, or who invokes it where that is not a flow."""
    seconds = f"{function.limit} s" if function.limit else ""
    kind = {"worker": "worker", "lex": "bot"}.get(function.kind, "")
    return " · ".join(part for part in (kind, seconds, function.where) if part)


def _alias_width(alias: AliasNode) -> float:
    return measure.width(alias.leads, MONO_SIZE, MONO) + MARK + BADGE * len(alias.permits) + 22


def _heading(panel: Panel) -> float:
    return measure.width(panel_title(panel), NAME, BOLD) + 8


def _within(room: tuple[float, float], wanted: list[float]) -> float:
    return float(round(min(room[1], max([room[0], *wanted]))))
