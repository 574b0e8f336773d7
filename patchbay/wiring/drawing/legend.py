"""What the signs mean: of those that the picture has; and what the doctor found, in words."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from patchbay.doctor.model import Status
from patchbay.wiring import measure, sizes
from patchbay.wiring.drawing import instances, panels, pen
from patchbay.wiring.measure import BOLD
from patchbay.wiring.model import Graph, Known, Note

_HEIGHT = 24.0
_SIGN = 34.0
"""Room for a sign."""
_MOST = 12
"""Findings in the picture; the doctor has the rest."""


@dataclass(frozen=True)
class Drawn:
    """Some elements, and the height that they take."""

    elements: str
    height: float


_Sign = tuple[Callable[[float, float], str], str]


def signs(graph: Graph, x: float, y: float, width: float) -> Drawn:
    """In rows."""
    at_x, at_y = x, y + 14
    made = []
    for sign, meaning in _signs(graph):
        room = _SIGN + measure.width(meaning, sizes.SMALL) + 14
        if at_x > x and at_x + room > x + width:
            at_x, at_y = x, at_y + _HEIGHT
        made += [sign(at_x, at_y), pen.text(meaning, at_x + _SIGN, at_y + 4, "small")]
        at_x += room
    return Drawn("".join(made), at_y - y + _HEIGHT / 2)


def findings(graph: Graph, x: float, y: float, width: float) -> Drawn:
    """The worst ones, wrapped."""
    if not graph.notes:
        return Drawn("", 0)
    made = [pen.text("What is not as it should be, or not known", x, y + 20, "strong")]
    at = y + 44
    for note in graph.notes[:_MOST]:
        drawn = _finding(note, x, at, width)
        made.append(drawn.elements)
        at += drawn.height
    left = len(graph.notes) - _MOST
    if left > 0:
        made.append(pen.text(f"and {left} more: patchbay doctor --env {graph.environment}", x, at, "small"))
        at += sizes.LINE
    return Drawn("".join(made), at - y)


def _finding(note: Note, x: float, y: float, width: float) -> Drawn:
    left = x + sizes.MARK + 4
    place = f"{note.place}: "
    taken = measure.width(place, sizes.NAME, BOLD)
    lines = measure.wrap(note.sentence, width - sizes.MARK - 4, sizes.NAME)
    first = measure.wrap(note.sentence, width - sizes.MARK - 4 - taken, sizes.NAME)
    beside = len(first) == 1
    head = [(place, "strong"), *((line, "") for line in first if beside)]
    made = [pen.mark(note.status, x + 8, y - 4.5), pen.spans(head, left, y)]
    if not beside:
        made += [pen.text(line, left, y + sizes.LINE * (at + 1)) for at, line in enumerate(lines)]
    return Drawn("".join(made), (1 if beside else 1 + len(lines)) * (sizes.LINE + 1) + 6)


def _signs(graph: Graph) -> Iterator[_Sign]:
    wires, permits = graph.wires, [p for alias in graph.aliases for p in alias.permits]
    found = {
        "flow": bool(wires),
        "fallback": any(len({c.region for c in wire.calls}) > 1 for wire in wires),
        "behind": any(wire.fallback_only and wire.permitted is Known.YES for wire in wires),
        "refused": any(wire.permitted is Known.NO for wire in wires),
        "unsure": any(wire.permitted is Known.UNKNOWN for wire in wires),
    }
    yield from (sign for name, sign in _WIRES.items() if found[name])
    classes = {panels.badge_class(permit) for permit in permits}
    yield from (sign for name, sign in _BADGES.items() if name in classes)
    statuses = {node.status for node in graph.nodes}
    yield from (sign for status, sign in _MARKS.items() if status in statuses)


def _line(class_: str) -> Callable[[float, float], str]:
    def draw(x: float, y: float) -> str:
        line = pen.element("path", d=f"M{x:g} {y:g}H{x + 26:g}", class_=class_)
        return pen.element("g", line, class_="hue0")

    return draw


def _badge(class_: str) -> Callable[[float, float], str]:
    return lambda x, y: instances.badge(1, x + 18, y, class_)


def _mark(status: Status) -> Callable[[float, float], str]:
    return lambda x, y: pen.mark(status, x + 20, y)


_WIRES: dict[str, _Sign] = {
    "flow": (_line("wire"), "flow invokes the alias"),
    "fallback": (_line("turn"), "and this one, in the fallback Region"),
    "behind": (_line("wire behind"), "in the fallback Region only"),
    "refused": (_line("wire refused"), "the instance may not invoke it"),
    "unsure": (_line("wire unsure"), "permission not known"),
}
_BADGES: dict[str, _Sign] = {
    "": (_badge(""), "instance 1 may invoke the alias, its designer lists it"),
    "unlisted": (_badge("unlisted"), "may, but is not in the designer's list"),
    "refused": (_badge("refused"), "may not"),
    "unsure": (_badge("unsure"), "not known"),
}
_MARKS: dict[Status, _Sign] = {
    Status.PASS: (_mark(Status.PASS), "passed"),
    Status.WARN: (_mark(Status.WARN), "WARN"),
    Status.FAIL: (_mark(Status.FAIL), "FAIL"),
    Status.SKIPPED: (_mark(Status.SKIPPED), "not read, or not checked"),
}
