"""Layouts that are made once for all tests: Node.js starts once for each scene."""

from functools import cache

from patchbay.wiring import layout
from patchbay.wiring.layout import Layout
from patchbay.wiring.model import Graph
from tests.wiring import scenes


@cache
def large() -> tuple[Graph, Layout]:
    """Three instances, two Regions, thirty functions, on a bad day."""
    graph = scenes.large_with_findings()
    return graph, layout.of(graph)


@cache
def unread() -> tuple[Graph, Layout]:
    """Much could not be read."""
    graph = scenes.build(scenes.partly_unread())
    return graph, layout.of(graph)
