"""The SVG: well-formed, self-contained, escaped, and no text wider than its room."""

import re
import xml.etree.ElementTree as ET
from collections.abc import Iterator
from dataclasses import replace
from itertools import pairwise

import pytest

from patchbay.doctor.model import Status
from patchbay.wiring import measure
from patchbay.wiring.drawing import picture
from patchbay.wiring.layout import Layout
from patchbay.wiring.measure import BOLD, MONO, SANS
from patchbay.wiring.model import FunctionNode, Graph, Note
from tests.wiring import laid_out

SVG = "{http://www.w3.org/2000/svg}"
HOSTILE = "</text><script>alert(1)</script>&\"'\x00\u202e"


def parsed(text: str) -> ET.Element:
    return ET.fromstring(text)


def drawn(graph: Graph, layout: Layout) -> str:
    return picture.svg(graph, layout)


def cards(root: ET.Element) -> Iterator[tuple[ET.Element, ET.Element]]:
    """Every group that is one box with text, and its box."""
    for group in root.iter(f"{SVG}g"):
        box = group.find(f"{SVG}rect")
        if box is not None and "card" in box.get("class", "").split():
            yield group, box


def extent(text: ET.Element) -> tuple[float, float]:
    """Left and right side by the estimate."""
    classes = text.get("class", "").split()
    size = 12.5 if "mono" in classes else 11.5 if "small" in classes else 13.0
    face = MONO if "mono" in classes else BOLD if "strong" in classes else SANS
    wide = measure.width("".join(text.itertext()), size, face)
    x = float(text.get("x", "0"))
    return (x - wide, x) if "end" in classes else (x, x + wide)


def by_id(root: ET.Element, node: str) -> ET.Element:
    (found,) = [group for group in root.iter(f"{SVG}g") if group.get("data-id") == node]
    return found


def test_no_text_is_wider_than_its_box_or_runs_into_another() -> None:
    for scene in (laid_out.large, laid_out.unread):
        seen = 0
        for group, box in cards(parsed(drawn(*scene()))):
            left, width = float(box.get("x", "")), float(box.get("width", ""))
            spans = sorted(extent(text) for text in group.findall(f"{SVG}text"))
            assert all(left < start and end < left + width for start, end in spans), ET.tostring(group)
            assert all(one[1] <= other[0] for one, other in pairwise(spans))
            badges = [float(c.get("cx", "")) - 8 for c in group.iter(f"{SVG}circle") if c.get("cx")]
            assert all(end <= badge for _, end in spans for badge in badges), ET.tostring(group)
            seen += bool(spans)
        assert seen > 10


def test_every_text_is_within_the_picture() -> None:
    root = parsed(drawn(*laid_out.large()))
    width = float(root.get("width", ""))
    assert all(extent(text)[1] < width for text in root.iter(f"{SVG}text"))


def test_it_says_what_it_is_to_those_who_do_not_see_it() -> None:
    root = parsed(drawn(*laid_out.large()))
    assert root.get("role") == "img"
    named = {child.get("id"): child.text for child in root if child.get("id")}
    assert str(root.get("aria-labelledby")).split() == list(named)
    assert named["map-title"] == "Wiring of patchbay-prod"
    assert "2 FAIL" in str(named["map-desc"])


def test_it_is_light_and_dark_and_fetches_nothing() -> None:
    text = drawn(*laid_out.large())
    assert "prefers-color-scheme:dark" in text
    assert re.findall(r"https?://[^\"< ]+", text) == ["http://www.w3.org/2000/svg"]
    assert "<script" not in text
    assert "url(" not in text


def test_every_node_has_its_colour_and_says_why() -> None:
    graph, layout = laid_out.large()
    root = parsed(drawn(graph, layout))
    failed = by_id(root, "alias:eu-central-1/pay_bill")
    box, title = failed.find(f"{SVG}rect"), failed.find(f"{SVG}title")
    assert box is not None
    assert title is not None
    assert "fail" in box.get("class", "").split()
    assert "1 americas: may not invoke" in str(title.text)
    assert "FAIL: no statement lets" in str(title.text)
    assert len({node.id for node in graph.nodes}) == len(list(graph.nodes))


def test_a_missing_permission_is_told_by_shape_too() -> None:
    root = parsed(drawn(*laid_out.large()))
    badges = [g for g in by_id(root, "alias:eu-central-1/pay_bill") if "badge" in g.get("class", "")]
    assert ["refused" in badge.get("class", "") for badge in badges] == [True, False, False]
    assert badges[0].find(f"{SVG}path") is not None


def test_what_was_not_read_is_dashed_and_has_no_tick() -> None:
    root = parsed(drawn(*laid_out.unread()))
    group = by_id(root, "alias:us-east-1/tutorial")
    box = group.find(f"{SVG}rect")
    assert box is not None
    assert "absent" in box.get("class", "").split()
    assert any("skipped" in mark.get("class", "") for mark in group.findall(f"{SVG}g"))
    assert not any("pass" in element.get("class", "") for element in group.iter())
    assert "lambda:ListAliases" in ET.tostring(root, encoding="unicode", method="text")


def test_a_split_has_a_bar_of_shares() -> None:
    root = parsed(drawn(*laid_out.large()))
    bars = by_id(root, "alias:eu-west-1/customer_lookup").findall(f"{SVG}rect")[1:]
    first, second = (float(bar.get("width", "")) for bar in bars)
    assert first > 6 * second > 0


def test_names_cannot_break_out_of_the_picture() -> None:
    graph, layout = laid_out.large()
    root = parsed(drawn(hostile(graph), layout))
    assert not list(root.iter(f"{SVG}script"))
    assert any("<script>" in "".join(text.itertext()) for text in root.iter(f"{SVG}text"))


def hostile(graph: Graph) -> Graph:
    """With names and sentences that nobody should trust."""
    first = graph.panels[0]
    function: FunctionNode = replace(first.functions[0], name=HOSTILE)
    panel = replace(first, functions=(function, *first.functions[1:]))
    note = Note("environment", Status.WARN, HOSTILE, HOSTILE, HOSTILE, HOSTILE)
    instance = replace(graph.instances[0], alias=HOSTILE)
    return replace(
        graph,
        panels=(panel, *graph.panels[1:]),
        instances=(instance, *graph.instances[1:]),
        notes=(note, *graph.notes),
    )


def test_the_same_graph_makes_the_same_bytes() -> None:
    graph, layout = laid_out.unread()
    assert drawn(graph, layout) == drawn(graph, layout)


@pytest.mark.parametrize("status", list(Status))
def test_the_legend_explains_the_signs_that_are_there(status: Status) -> None:
    graph, layout = laid_out.unread()
    words = {Status.PASS: "passed", Status.WARN: "WARN", Status.FAIL: "FAIL"}
    text = ET.tostring(parsed(drawn(graph, layout)), encoding="unicode", method="text")
    present = {node.status for node in graph.nodes}
    assert (words.get(status, "not read, or not checked") in text) is (status in present)
