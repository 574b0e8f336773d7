"""The picture as a page: nothing is fetched, the script is a few lines, and without it all is still there."""

from collections.abc import Iterator
from pathlib import Path

from patchbay.wiring import words
from patchbay.wiring.drawing import pen, picture, style
from patchbay.wiring.layout import Layout
from patchbay.wiring.model import Graph, Note

_HERE = Path(__file__).parent
_POLICY = "default-src 'none'; style-src 'unsafe-inline'; script-src 'unsafe-inline'"
"""The browser fetches nothing either, whatever a name holds."""
_SEARCH = pen.element(
    "input",
    type="search",
    placeholder="Find an instance, a flow, a function",
    aria_label="Find an instance, a flow, a function",
)


def html(graph: Graph, layout: Layout) -> str:
    """The whole file."""
    name = pen.plain(f"{graph.app}-{graph.environment}")
    about = f"<h1>{name}</h1><p>{pen.plain(words.summary(graph))}</p><p>{words.checked(graph)}</p>"
    return "\n".join(
        (
            '<!doctype html>\n<html lang="en">\n<head>\n<meta charset="utf-8">',
            '<meta name="viewport" content="width=device-width, initial-scale=1">',
            f'<meta http-equiv="Content-Security-Policy" content="{_POLICY}">',
            f"<title>Wiring of {name}</title>",
            f"<style>\n{style.css()}\n{_css()}</style>\n</head>",
            f'<body class="map-colours">\n<header><div>{about}</div>{_SEARCH}</header>',
            f"<figure>{picture.inline(graph, layout)}</figure>",
            *_notes(graph),
            f"<script>\n{(_HERE / 'page.js').read_text(encoding='utf-8')}</script>\n</body>\n</html>\n",
        )
    )


def _css() -> str:
    return (_HERE / "page.css").read_text(encoding="utf-8").replace("SANS", style.SANS_FONTS)


def _notes(graph: Graph) -> Iterator[str]:
    if graph.notes:
        yield "<h2>What is not as it should be, or not known</h2>\n<ul>"
        yield from (_note(note) for note in graph.notes)
        yield "</ul>"


def _note(note: Note) -> str:
    kind = pen.css_class(note.status)
    parts = [
        pen.element("small", pen.plain(note.check)) if note.check else "",
        pen.element("b", note.status, class_=kind),
        f" <strong>{pen.plain(note.place)}</strong>: {pen.plain(note.sentence)}",
        pen.element("em", pen.plain(note.fix)) if note.fix else "",
    ]
    return pen.element("li", parts, class_=kind, data_node=note.node)
