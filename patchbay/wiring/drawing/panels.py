"""The right side: functions as rows, Regions as columns."""

from collections.abc import Iterator

from patchbay.wiring import measure, sizes, words
from patchbay.wiring.drawing import instances, pen
from patchbay.wiring.layout import Box, Layout
from patchbay.wiring.measure import BOLD, MONO
from patchbay.wiring.model import AliasNode, FunctionNode, Graph, Known, Panel, Permit, RegionNode, Role

_COLUMN_TOP = 38.0


def frame(panel: Panel, layout: Layout) -> Iterator[str]:
    """What is below wires: the panel and its Regions."""
    box = layout.boxes[panel.id]
    title = measure.fit(sizes.panel_title(panel), box.width - 2 * sizes.INSET, sizes.NAME, BOLD)
    paper = pen.rectangle(box.x, box.y, box.width, box.height, "frame", 10)
    yield pen.group([paper, pen.text(title, box.x + sizes.INSET, box.y + 25, "strong")])
    for region, (left, width) in zip(panel.regions, sizes.columns(panel).cells, strict=True):
        yield _region(region, Box(box.x + sizes.INSET + left, box.y, width, box.height))


def rows(graph: Graph, panel: Panel, layout: Layout) -> Iterator[str]:
    """What is above wires: functions with their aliases."""
    columns = sizes.columns(panel)
    yield from _idle_heading(graph, panel, layout)
    for function in panel.functions:
        yield from _row(graph, function, layout.boxes[function.id], columns)


def _region(region: RegionNode, box: Box) -> str:
    top = box.y + _COLUMN_TOP
    role = "" if region.role is Role.ONLY else str(region.role)
    parts = [
        pen.title(words.of_region(region)),
        pen.rectangle(box.x - 7, top, box.width + 14, box.height - _COLUMN_TOP - 7, "column", 8),
        pen.spans(((region.region, "strong"), (f"  {role}", "small")), box.x + 4, top + 26),
        pen.mark(region.status, box.right - 11, top + 21),
    ]
    return pen.group(parts, class_="node", data_id=region.id, data_region=region.region)


def _idle_heading(graph: Graph, panel: Panel, layout: Layout) -> Iterator[str]:
    idle = sizes.idle(graph, panel)
    if idle:
        first = layout.boxes[idle[0].id]
        yield pen.text("not invoked by these flows", first.x, first.y - 8, "small")


def _row(graph: Graph, function: FunctionNode, box: Box, columns: sizes.Columns) -> Iterator[str]:
    cells = dict(zip([a.region for a in function.aliases], function.aliases, strict=True))
    yield _name(function, Box(box.x, box.y, columns.name, box.height))
    before = columns.name
    for at, alias in enumerate(cells.values()):
        left, width = columns.cells[at]
        yield _link(graph, function, alias, at, (box.x + before, box.x + left, box.middle))
        yield _alias(alias, function.id, Box(box.x + left, box.y, width, box.height))
        before = left + width


def _name(function: FunctionNode, box: Box) -> str:
    tag = sizes.tag(function)
    mark = sizes.MARK if function.status else 0
    room = box.width - measure.width(tag, sizes.SMALL) - mark - 24
    kind = "absent" if function.kind == "outside" else pen.css_class(function.status)
    parts = [
        pen.title(words.of_function(function)),
        pen.rectangle(box.x, box.y, box.width, box.height, f"card {kind}"),
        pen.text(
            measure.fit(function.name, room, sizes.MONO_SIZE, MONO), box.x + 11, box.middle + 4.3, "mono"
        ),
        pen.text(tag, box.right - 9 - mark, box.middle + 4, "small end") if tag else "",
        pen.mark(function.status, box.right - 12, box.middle),
    ]
    return pen.group(parts, class_="node", data_id=function.id)


def _link(
    graph: Graph, function: FunctionNode, alias: AliasNode, at: int, way: tuple[float, float, float]
) -> str:
    """From the name to its first alias; from an alias to the one in whose Region flows go on."""
    x1, x2, y = way
    if at == 0:
        return pen.element("path", d=f"M{x1:g} {y:g}H{x2:g}", class_="stub")
    flows = [
        f"{wire.flow.removeprefix('flow:')}: {words.of_call(call)}"
        for wire in graph.wires_to(function.id)
        for call in wire.calls
        if call.alias == alias.id
    ]
    if not flows:
        return ""
    line = pen.element("path", d=f"M{x1 + 3:g} {y:g}H{x2 - 8:g}", class_="turn")
    tip = pen.element("path", d=f"M{x2 - 2:g} {y:g}l-8-4v8z", class_="tip")
    return pen.group(
        [pen.title(["flows that invoke this one too:", *flows]), line, tip],
        class_="node",
        data_row=function.id,
    )


def _alias(alias: AliasNode, row: str, box: Box) -> str:
    kind = (
        pen.css_class(alias.status) if alias.known is Known.YES else f"absent {pen.css_class(alias.status)}"
    )
    badges = len(alias.permits) * sizes.BADGE
    left = box.x + (sizes.MARK + 8 if alias.status else 11)
    room = box.right - badges - 6 - left
    parts = [
        pen.title(words.of_alias(alias)),
        pen.rectangle(box.x, box.y, box.width, box.height, f"card {kind}"),
        pen.mark(alias.status, box.x + 15, box.middle),
        pen.text(measure.fit(alias.leads, room, sizes.MONO_SIZE, MONO), left, box.middle + 4.3, "mono"),
        *_shares(alias, left, room - 8, box.middle + 10),
        *(
            _badge(permit, box.right - badges + at * sizes.BADGE + 5, box.middle)
            for at, permit in enumerate(alias.permits)
        ),
    ]
    data = {"data_id": alias.id, "data_row": row, "data_region": alias.region}
    return pen.group(parts, class_="node", **data)


def _shares(alias: AliasNode, left: float, width: float, y: float) -> Iterator[str]:
    """A bar of the versions' shares, while there is more than one."""
    if len(alias.versions) < 2:
        return
    for at, (_, share) in enumerate(alias.versions):
        yield pen.rectangle(left, y, max(2.0, width * share - 1), 2.5, f"share{min(at, 2)}", 1)
        left += width * share


def _badge(permit: Permit, x: float, y: float) -> str:
    return instances.badge(permit.number, x, y, badge_class(permit))


def badge_class(permit: Permit) -> str:
    """A missing permission is worse than one that is not known."""
    if permit.invoke is Known.NO:
        return "refused"
    if Known.UNKNOWN in (permit.invoke, permit.listed):
        return "unsure"
    return "" if permit.listed is Known.YES else "unlisted"
