"""The left side: instances with their flows."""

from collections.abc import Iterator

from patchbay.doctor.model import Status
from patchbay.wiring import ids, measure, sizes, words
from patchbay.wiring.drawing import pen, style
from patchbay.wiring.layout import Box, Layout
from patchbay.wiring.measure import BOLD, MONO
from patchbay.wiring.model import FlowNode, InstanceNode, Known


def frame(instance: InstanceNode, layout: Layout) -> str:
    """What is below wires: the instance."""
    head = _head(instance, layout.boxes[instance.id])
    return pen.group(head, class_=f"node {style.hue(instance.number)}", data_id=instance.id)


def rows(instance: InstanceNode, layout: Layout) -> str:
    """What is above wires: its flows, and what is not shown."""
    flows = [_flow(flow, layout.boxes[flow.id]) for flow in instance.flows]
    remarks = _remarks(instance, layout.boxes[instance.id])
    return pen.group([*flows, *remarks], class_=style.hue(instance.number))


def badge(number: int, x: float, y: float, class_: str = "") -> str:
    """An instance's number in its colour; crossed out where it is refused."""
    parts = [pen.element("circle", cx=x, cy=y, r=8), pen.text(str(number), x, y + 3.8)]
    if class_ == "refused":
        parts.append(pen.element("path", d=f"M{x - 6:g} {y + 6:g} {x + 6:g} {y - 6:g}"))
    return pen.element("g", parts, class_=f"badge {style.hue(number)} {class_}".rstrip())


def _head(instance: InstanceNode, box: Box) -> Iterator[str]:
    left, room = box.x + sizes.INSET, box.width - 2 * sizes.INSET
    status = "absent" if instance.exists is not Known.YES else ""
    yield pen.title(words.of_instance(instance))
    yield pen.rectangle(
        box.x, box.y, box.width, box.height, f"frame {pen.css_class(instance.status)} {status}".rstrip(), 10
    )
    yield badge(instance.number, left + 8, box.y + 22)
    name = measure.fit(instance.name, room - sizes.BADGE - sizes.MARK - 4, sizes.NAME + 1, BOLD)
    yield pen.text(name, left + sizes.BADGE + 4, box.y + 27, "strong")
    yield pen.mark(instance.status, box.right - sizes.INSET - 7, box.y + 22)
    for at, line in enumerate(sizes.instance_lines(instance)):
        yield pen.text(measure.fit(line, room, sizes.SMALL), left, box.y + 47 + at * sizes.LINE, "small")


def _flow(flow: FlowNode, box: Box) -> str:
    kind = pen.css_class(flow.status) if flow.deployed is Known.YES else "absent"
    status = flow.status if flow.status or flow.deployed is Known.YES else Status.SKIPPED
    name = measure.fit(flow.name, box.width - sizes.MARK - 26, sizes.MONO_SIZE, MONO)
    parts = [
        pen.title(words.of_flow(flow)),
        pen.rectangle(box.x, box.y, box.width, box.height, f"card {kind}"),
        pen.text(name, box.x + 10, box.middle + 4.3, "mono"),
        pen.mark(status, box.right - 17, box.middle),
    ]
    return pen.group(parts, class_="node", data_id=flow.id, data_instance=ids.instance(flow.instance))


def _remarks(instance: InstanceNode, box: Box) -> Iterator[str]:
    remarks = sizes.remarks(instance)
    top = box.bottom - sizes.INSET - len(remarks) * sizes.LINE
    for at, remark in enumerate(remarks):
        shown = measure.fit(remark, box.width - 2 * sizes.INSET, sizes.SMALL)
        yield pen.text(shown, box.x + sizes.INSET, top + at * sizes.LINE + 14, "small")
