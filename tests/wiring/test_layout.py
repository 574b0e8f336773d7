"""Where things are: nothing overlaps, and wires end where they should."""

from collections.abc import Callable
from itertools import combinations

import pytest

from patchbay.errors import UserError
from patchbay.wiring import elk, layout, measure, request, sizes
from patchbay.wiring.layout import Box, Layout
from patchbay.wiring.measure import BOLD
from patchbay.wiring.model import Graph
from tests.doctor import scenes as doctor_scenes
from tests.wiring import laid_out, scenes

Scene = Callable[[], tuple[Graph, Layout]]
SCENES = pytest.mark.parametrize("scene", [laid_out.large, laid_out.unread])


def overlaps(boxes: dict[str, Box]) -> list[tuple[str, str]]:
    pairs = combinations(boxes.items(), 2)
    return [(one, other) for (one, box), (other, second) in pairs if box.overlaps(second)]


def rows(graph: Graph) -> list[str]:
    return [node.id for node in (*graph.flows, *graph.functions)]


@SCENES
def test_no_two_boxes_overlap(scene: Scene) -> None:
    graph, laid = scene()
    assert overlaps({node: laid.boxes[node] for node in rows(graph)}) == []
    frames = [*(one.id for one in graph.instances), *(panel.id for panel in graph.panels)]
    assert overlaps({node: laid.boxes[node] for node in frames}) == []


@SCENES
def test_every_row_is_inside_of_its_frame(scene: Scene) -> None:
    graph, laid = scene()
    holds = [(one.id, flow.id) for one in graph.instances for flow in one.flows]
    holds += [(panel.id, function.id) for panel in graph.panels for function in panel.functions]
    for frame, row in holds:
        outer, inner = laid.boxes[frame], laid.boxes[row]
        assert outer.x < inner.x, row
        assert outer.y < inner.y, row
        assert inner.right < outer.right, row
        assert inner.bottom < outer.bottom, row


@SCENES
def test_wires_run_between_the_frames_and_end_at_their_rows(scene: Scene) -> None:
    graph, laid = scene()
    for wire in graph.wires:
        way, flow, function = laid.ways[wire.id], laid.boxes[wire.flow], laid.boxes[wire.function]
        assert (way.start[0], way.end[0]) == (flow.right, function.x)
        assert flow.y <= way.start[1] <= flow.bottom
        assert function.y <= way.end[1] <= function.bottom
        assert laid.boxes[f"instance:{wire.instance}"].right < way.trunk < function.x


def test_no_two_wires_end_at_the_same_place() -> None:
    _, laid = laid_out.large()
    ends = [way.end for way in laid.ways.values()]
    assert len(ends) == len(set(ends))


def test_trunks_of_two_flows_do_not_run_over_each_other() -> None:
    graph, laid = laid_out.large()
    spans: dict[tuple[str, float], list[float]] = {}
    for wire in graph.wires:
        way = laid.ways[wire.id]
        spans.setdefault((wire.flow, way.trunk), []).extend((way.start[1], way.end[1]))
    for ((one, x), first), ((other, x2), second) in combinations(spans.items(), 2):
        beside = one == other or abs(x - x2) >= 4
        assert beside or max(first) < min(second) or max(second) < min(first), (one, other)


def test_what_no_wire_leads_to_is_below_the_rest() -> None:
    graph, laid = laid_out.large()
    called = {wire.function for wire in graph.wires}
    panel = graph.panels[0]
    lowest = max(laid.boxes[f.id].bottom for f in panel.functions if f.id in called)
    idle = [laid.boxes[f.id].y for f in panel.functions if f.id not in called]
    assert len(idle) == 4
    assert min(idle) > lowest


def test_the_large_picture_is_read_on_a_laptop_without_scrolling_sideways() -> None:
    _, laid = laid_out.large()
    assert laid.width < 1400
    assert laid.height < 1500


def test_an_instance_without_any_wire_stands_left_of_its_functions() -> None:
    scene = doctor_scenes.with_instance(scenes.pair(), flows=doctor_scenes.DENIED)
    (edge,) = request.of(scenes.build(scene))["edges"]
    assert (edge["sources"], edge["targets"]) == (["instance:americas"], ["panel:americas"])


def test_a_layout_that_does_not_come_about_is_one_sentence(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(elk, "_NODE", "there-is-no-such-program")
    with pytest.raises(UserError, match=r"could not be laid out .*make setup"):
        layout.of(scenes.build(scenes.small()))


def test_the_title_of_a_panel_fits_above_its_columns() -> None:
    for graph in (scenes.build(scenes.small()), scenes.large_with_findings()):
        for panel in graph.panels:
            wide = measure.width(sizes.panel_title(panel), sizes.NAME, BOLD)
            assert wide <= sizes.columns(panel).total
