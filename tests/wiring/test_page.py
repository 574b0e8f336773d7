"""The page: the picture, the findings, nothing from elsewhere."""

import re
from dataclasses import replace
from html.parser import HTMLParser

from patchbay.wiring import layout, page
from tests.wiring import laid_out, scenes, test_picture


class Elements(HTMLParser):
    """Start tags with their attributes, and the text of list items."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.found: list[tuple[str, dict[str, str | None]]] = []
        self.open: list[str] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append((tag, dict(attrs)))
        if tag != "meta":
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append((tag, dict(attrs)))

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def of(self, tag: str) -> list[dict[str, str | None]]:
        return [attributes for name, attributes in self.found if name == tag]


def test_every_element_is_closed_and_nothing_is_fetched() -> None:
    text = page.html(*laid_out.large())
    elements = Elements(text)
    assert elements.open == []
    assert not any({"src", "href"} & attributes.keys() for _, attributes in elements.found)
    assert re.findall(r"https?://[^\"< ]+", text) == ["http://www.w3.org/2000/svg"]
    assert not re.search(r"@import|url\(|fetch\(", text)
    policy = [m["content"] for m in elements.of("meta") if m.get("http-equiv") == "Content-Security-Policy"]
    assert str(policy[0]).startswith("default-src 'none'")


def test_only_elements_of_the_picture_close_themselves() -> None:
    """A browser takes `<small/>` for the beginning of one."""
    graph = scenes.build(scenes.partly_unread())
    text = page.html(graph, layout.of(graph))
    outside = text[: text.index("<svg")] + text[text.index("</svg>") :]
    assert "<li" in outside
    assert set(re.findall(r"<(\w+)[^>]*/>", outside)) <= {"input", "meta"}


def test_every_finding_is_listed_at_its_node() -> None:
    graph, layout = laid_out.large()
    elements = Elements(page.html(graph, layout))
    assert [item["data-node"] for item in elements.of("li")] == [note.node for note in graph.notes]
    ids = {group.get("data-id") for group in elements.of("g")}
    assert {note.node for note in graph.notes} <= ids


def test_wires_name_nodes_that_are_there() -> None:
    elements = Elements(page.html(*laid_out.large()))
    ids = {group.get("data-id") for group in elements.of("g")}
    links = [group for group in elements.of("g") if "data-from" in group]
    assert links
    assert all({g["data-from"], g["data-to"], g["data-instance"]} <= ids for g in links)


def test_names_cannot_break_out_of_the_page() -> None:
    graph, layout = laid_out.large()
    elements = Elements(page.html(test_picture.hostile(graph), layout))
    assert len(elements.of("script")) == 1
    assert elements.open == []


def test_without_findings_there_is_no_list() -> None:
    graph, layout = laid_out.unread()
    assert "<ul>" in page.html(graph, layout)
    assert "<ul>" not in page.html(replace(graph, notes=()), layout)
