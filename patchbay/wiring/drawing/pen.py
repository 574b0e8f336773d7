"""Elements of SVG as text; every value is escaped here, and nowhere else."""

from collections.abc import Iterable
from xml.sax.saxutils import escape, quoteattr

from patchbay.doctor.model import Status
from patchbay.wiring.measure import printable

Attribute = str | float | None


def element(tag: str, children: Iterable[str] | str = (), /, **attributes: Attribute) -> str:
    """One element; `class_` is class, an underscore is a dash, None leaves an attribute out.

    Children are elements, already made; what is text goes through `text` or `title`.
    """
    written = "".join(
        f" {name.rstrip('_').replace('_', '-')}={quoteattr(_value(value))}"
        for name, value in attributes.items()
        if value is not None
    )
    inside = children if isinstance(children, str) else "".join(children)
    return f"<{tag}{written}>{inside}</{tag}>" if inside else f"<{tag}{written}/>"


def text(content: str, x: float, y: float, class_: str = "", **attributes: Attribute) -> str:
    """At a baseline."""
    return element("text", plain(content), x=x, y=y, class_=class_ or None, **attributes)


def spans(pieces: Iterable[tuple[str, str]], x: float, y: float, class_: str = "") -> str:
    """At a baseline, one piece after the other, each with its class."""
    inside = [element("tspan", plain(content), class_=of or None) for content, of in pieces]
    return element("text", inside, x=x, y=y, class_=class_ or None)


def title(lines: Iterable[str]) -> str:
    """The tooltip of the element that it is put into first; nothing without lines."""
    shown = "\n".join(plain(line) for line in lines)
    return f"<title>{shown}</title>" if shown else ""


def plain(content: str) -> str:
    """Escaped, without characters that XML refuses."""
    return escape(printable(content))


def rectangle(x: float, y: float, width: float, height: float, class_: str, radius: float = 6) -> str:
    """With round corners."""
    return element("rect", x=x, y=y, width=width, height=height, rx=radius, class_=class_)


def group(children: Iterable[str], **attributes: Attribute) -> str:
    """Elements that belong together."""
    return element("g", children, **attributes) + "\n"


def css_class(status: Status | None) -> str:
    """Of what has this status."""
    return status.value.lower() if status else "unasked"


_SIGNS = {
    Status.FAIL: "M-2.8-2.8 2.8 2.8M2.8-2.8-2.8 2.8",
    Status.WARN: "M0-3.8V.8M0 3.5v.3",
    Status.SKIPPED: "M-2.2-1.7A2.2 2.2 0 1 1 .8.4Q0 .9 0 1.8M0 3.9v.2",
    Status.PASS: "M-3.2.2-.9 2.6 3.4-2.6",
}


def mark(status: Status | None, x: float, y: float) -> str:
    """The sign of a status around a point, told apart by shape too; nothing where nobody looked."""
    if status is None:
        return ""
    disc = "" if status is Status.PASS else element("circle", r=7)
    sign = element("path", d=_SIGNS[status])
    return element(
        "g", [disc, sign], class_=f"mark {css_class(status)}", transform=f"translate({_value(x)} {_value(y)})"
    )


def _value(value: str | float | None) -> str:
    """Numbers with one digit after the point at most: the same on every machine, and good in a diff."""
    return printable(value) if isinstance(value, str) else f"{round(value or 0, 1):g}"
