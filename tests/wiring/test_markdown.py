"""Markdown: tables and a flowchart."""

import re
from dataclasses import replace

from patchbay.doctor.model import Finding, Place, Status
from patchbay.wiring import markdown
from patchbay.wiring.model import Graph
from tests.doctor import scenes as doctor_scenes
from tests.wiring import scenes
from tests.wiring.test_picture import hostile


def chart(text: str) -> list[str]:
    found = re.search(r"```mermaid\n(.*?)\n```", text, re.DOTALL)
    assert found
    return found[1].splitlines()


def tables(text: str) -> list[str]:
    return [line for line in text.splitlines() if line.startswith("|")]


def test_the_flowchart_has_a_line_for_every_wire_between_boxes_that_are_there() -> None:
    scene = doctor_scenes.with_statements(scenes.pair(), doctor_scenes.TUTORIAL, [])
    failed = Finding(Status.FAIL, Place(*doctor_scenes.TUTORIAL), "wrong")
    graph = scenes.build(scene, scenes.results(("permission", failed)))
    lines = chart(markdown.text(graph))
    boxes = {found[1] for line in lines if (found := re.match(r"    (\w+)\[", line))}
    arrows = [
        found for line in lines if (found := re.match(r"  (\w+) (?:-->|--x|-\.->)(?:\|.*\|)? (\w+)$", line))
    ]
    assert len(arrows) == len(graph.wires)
    assert {end for arrow in arrows for end in arrow.groups()} <= boxes
    assert "  flow_americas_tutorial --x function_americas_tutorial" in lines
    assert "  class function_americas_tutorial fail" in lines


def test_more_wires_than_a_flowchart_shows_clearly_are_left_to_the_picture() -> None:
    text = markdown.text(scenes.large_with_findings())
    assert "mermaid" not in text
    assert "`patchbay map --env prod --output wiring.svg` draws them" in text


def test_the_tables_say_versions_weights_and_what_is_wrong() -> None:
    lines = tables(markdown.text(scenes.large_with_findings()))
    (lookup,) = [line for line in lines if line.startswith("| `customer_lookup`")]
    assert "live → 7 (90 %) / 8 (10 %) **WARN**" in lookup
    assert "`europe/front_desk`" in lookup
    (bill,) = [line for line in lines if line.startswith("| `pay_bill`")]
    assert "1 americas: may not invoke" in bill


def test_one_more_function_changes_the_lines_of_that_function_alone() -> None:
    graph = scenes.build(scenes.pair())
    panel = graph.panels[0]
    fewer: Graph = replace(graph, panels=(replace(panel, functions=panel.functions[1:]),))
    fewer = replace(fewer, wires=tuple(w for w in graph.wires if w.function != panel.functions[0].id))
    before, after = (set(markdown.text(one).splitlines()) for one in (fewer, graph))
    changed = {line for line in before ^ after if "tutorial" not in line}
    assert changed == {line for line in before ^ after if " functions in " in line}


def test_what_was_not_read_says_so() -> None:
    text = markdown.text(scenes.build(scenes.partly_unread()))
    assert "Not read: the designer's list." in text
    assert "not read ?" in text
    assert "-.->" in text


def test_names_cannot_break_out_of_tables_or_flowchart() -> None:
    text = markdown.text(hostile(scenes.large_with_findings()))
    small = "\n".join(chart(markdown.text(hostile(scenes.build(scenes.pair())))))
    assert "<" not in small
    assert "script" in small
    outside = re.sub(r"`[^`]*`", "", "\n".join(tables(text)))
    assert not re.search(r"(?<!\\)<(?!br>)", outside)
    rows = [line for line in tables(text) if "script" in line]
    assert rows
    assert all(line.startswith("| ") and line.endswith(" |") for line in rows)


def test_a_bar_in_a_name_does_not_make_a_cell() -> None:
    scene = doctor_scenes.with_flow(scenes.pair(), "tutorial", scenes.invoking("a|b"))
    (row,) = [line for line in tables(markdown.text(scenes.build(scene))) if line.startswith("| `a\\")]
    assert row.startswith("| `a\\|b` |")
