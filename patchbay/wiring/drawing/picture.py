"""The whole picture, on its own or for a page."""

from collections.abc import Iterator

from patchbay.wiring import words
from patchbay.wiring.drawing import instances, legend, panels, pen, style, wires
from patchbay.wiring.layout import Layout
from patchbay.wiring.model import Graph

_MARGIN = 28.0
_HEAD = 96.0
_LEAST_WIDTH = 720.0
_COUNTED = 96.0
"""Room for one count of checks."""


def svg(graph: Graph, layout: Layout) -> str:
    """A file of its own, with legend and findings."""
    width = max(layout.width, _LEAST_WIDTH)
    top = _HEAD + layout.height + 22
    signs = legend.signs(graph, 0, top, width)
    found = legend.findings(graph, 0, top + signs.height + 12, width)
    height = top + signs.height + 12 + found.height
    content = [*_head(graph), *_body(graph, layout, _HEAD), _rule(top - 8, width), signs.elements]
    return _document(graph, (width, height), [*content, found.elements], f"<style>{style.css()}</style>")


def inline(graph: Graph, layout: Layout) -> str:
    """For a page that has style, title and findings itself."""
    width = max(layout.width, _LEAST_WIDTH)
    signs = legend.signs(graph, 0, layout.height + 22, width)
    content = [*_body(graph, layout, 0), _rule(layout.height + 14, width), signs.elements]
    return _document(graph, (width, layout.height + 22 + signs.height), content, "")


def _document(graph: Graph, size: tuple[float, float], content: list[str], styles: str) -> str:
    width, height = (round(side + 2 * _MARGIN) for side in size)
    about = (
        pen.element("title", pen.plain(f"Wiring of {graph.app}-{graph.environment}"), id="map-title"),
        pen.element(
            "desc", pen.plain(f"{words.summary(graph)}. Checks: {words.checked(graph)}."), id="map-desc"
        ),
    )
    paper = pen.element("rect", width=width, height=height, class_="paper")
    moved = pen.group(content, transform=f"translate({_MARGIN:g} {_MARGIN:g})")
    return pen.element(
        "svg",
        [*about, styles, paper, moved],
        xmlns="http://www.w3.org/2000/svg",
        viewBox=f"0 0 {width} {height}",
        width=width,
        height=height,
        class_="map map-colours",
        role="img",
        aria_labelledby="map-title map-desc",
    )


def _head(graph: Graph) -> Iterator[str]:
    yield pen.text(f"{graph.app}-{graph.environment}", 0, 18, "headline")
    yield pen.text(words.summary(graph), 0, 42, "small")
    at = 0.0
    for status, word in words.STATUSES.items():
        if count := graph.checks.get(status):
            yield pen.mark(status, at + 8, 62)
            yield pen.text(f"{count} {word}", at + 20, 66, "small")
            at += _COUNTED
    if not graph.checks:
        yield pen.text("not checked", 0, 66, "small")


def _body(graph: Graph, layout: Layout, top: float) -> Iterator[str]:
    parts = [
        *(part for panel in graph.panels for part in panels.frame(panel, layout)),
        *(instances.frame(instance, layout) for instance in graph.instances),
        *wires.draw(graph, layout),
        *(part for panel in graph.panels for part in panels.rows(graph, panel, layout)),
        *(instances.rows(instance, layout) for instance in graph.instances),
        *wires.ends(graph, layout),
    ]
    yield pen.group(parts, transform=f"translate(0 {top:g})")


def _rule(y: float, width: float) -> str:
    return pen.element("path", d=f"M0 {y:g}H{width:g}", class_="rule")
