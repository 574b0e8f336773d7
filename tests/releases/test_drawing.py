"""What a terminal gets: a part that is drawn anew, and reports that are laid out."""

import io

import pytest
from rich.console import Console

from patchbay import output


@pytest.fixture
def terminal(monkeypatch: pytest.MonkeyPatch) -> io.StringIO:
    """Of forty columns."""
    file = io.StringIO()
    console = Console(file=file, force_terminal=True, width=40, highlight=False, soft_wrap=True)
    monkeypatch.setattr(output, "_out", console)
    return file


def test_the_last_state_stays_and_long_rows_are_cut_at_the_edge(terminal: io.StringIO) -> None:
    with output.live() as draw:
        draw([[("first", "bold")]])
        draw([[("last ", "bold"), ("x" * 60, "")], [("[not markup]", "")]])
    text = terminal.getvalue()
    assert text.index("first") < text.index("last")
    assert "x" * 60 not in text
    assert "…" in text
    assert "[not markup]" in text


def test_markdown_is_laid_out_on_a_terminal(terminal: io.StringIO) -> None:
    output.markdown("# Title\n\n| a | b |\n|---|---|\n| 1 | 2 |\n")
    text = terminal.getvalue()
    assert "Title" in text
    assert "|---|" not in text


def test_markdown_is_left_as_it_is_elsewhere(capsys: pytest.CaptureFixture[str]) -> None:
    output.markdown("# Title [a]\n\n| a | b |\n|---|---|\n")
    assert capsys.readouterr().out == "# Title [a]\n\n| a | b |\n|---|---|\n"
    assert not output.is_live()
