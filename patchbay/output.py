"""The only module that prints: data to standard output, progress and complaints to standard error."""

import contextlib
import json
import sys
import time
from collections.abc import Callable, Iterator, Sequence

from rich.console import Console, Group
from rich.live import Live
from rich.markdown import Markdown
from rich.table import Table
from rich.text import Text

_out = Console(highlight=False, soft_wrap=True)
_err = Console(stderr=True, highlight=False, soft_wrap=True)


def line(text: str = "", style: str = "") -> None:
    """One line of data; `style` is rich's, shown on a terminal only."""
    _out.print(Text(text, style=style))


def script(lines: Sequence[tuple[str, str, str, str]]) -> None:
    """Lines of clock, who, what and style; on a terminal, long ones wrap below their own column."""
    if not _out.is_terminal:
        for clock, who, what, _ in lines:
            _out.print(Text(f"{clock}  {who:<8} {what}"))
        return
    grid = Table.grid(padding=(0, 1, 0, 0))
    for width in (_CLOCK_WIDTH, _WHO_WIDTH, None):
        grid.add_column(no_wrap=width is not None, width=width, overflow="fold")
    for clock, who, what, style in lines:
        grid.add_row(Text(clock, style="dim"), Text(who, style=style), Text(what, style=style))
    _out.print(grid, soft_wrap=False)


_CLOCK_WIDTH, _WHO_WIDTH = 8, 8
"""So that lines which are shown one by one stand below each other."""


def converses() -> bool:
    """Whether somebody can be asked: both ends are a terminal."""
    return _out.is_terminal and sys.stdin.isatty()


def ask(who: str) -> str:
    """What is typed at a prompt that stands in the column of `script`. Raises EOFError after Ctrl-D."""
    _out.file.flush()
    try:
        return input(f"{'':<{_CLOCK_WIDTH}} {who:<{_WHO_WIDTH}} ").strip()
    except EOFError:
        _out.print()
        raise


def note(text: str) -> None:
    """What the user should know beside the data."""
    _err.print(Text(text, style="dim"))


def heading(text: str) -> None:
    """Sets a part of a longer output apart."""
    _out.print()
    _out.print(Text(text, style="bold"))


def error(message: str) -> None:
    """A complaint, as every command words it."""
    _err.print(Text(f"patchbay: {message}"))


def data(value: object) -> None:
    """`--json`: one object, indented, in the order in which it was made."""
    _out.out(json.dumps(value, indent=2, ensure_ascii=False))


def table(columns: Sequence[str], rows: Sequence[Sequence[str]]) -> None:
    """Aligned columns, never cut: a name that is cut cannot be copied."""
    grid = Table(box=None, pad_edge=False, header_style="dim")
    for column in columns:
        grid.add_column(column, no_wrap=True)
    for row in rows:
        grid.add_row(*(Text(cell) for cell in row))
    wide = Console(highlight=False, width=10_000)
    with wide.capture() as captured:
        wide.print(grid)
    for row_text in captured.get().splitlines():
        _out.print(Text.from_ansi(row_text.rstrip()))


Row = Sequence[tuple[str, str]]
"""One line as pieces of text, each with rich's style."""


def pieces(row: Row) -> None:
    """One line of data in several styles."""
    _out.print(Text.assemble(*row))


def beside(lead: Row, row: Row) -> None:
    """`pieces` behind a lead; on a terminal, what is too long goes on below itself, not below the lead."""
    head, text = Text.assemble(*lead), Text.assemble(*row)
    if not _out.is_terminal or head.cell_len > _out.width // 2 or not head:
        _out.print(Text.assemble(head, text), soft_wrap=not _out.is_terminal or bool(head))
        return
    grid = Table.grid()
    grid.add_column(no_wrap=True, width=head.cell_len)
    grid.add_column(overflow="fold")
    grid.add_row(head, text)
    _out.print(grid, soft_wrap=False)


def is_live() -> bool:
    """Whether `live` draws: standard output is a terminal."""
    return _out.is_terminal


def width() -> int:
    """The terminal's columns."""
    return _out.width


def markdown(text: str) -> None:
    """As it is; on a terminal, laid out."""
    if _out.is_terminal:
        _out.print(Markdown(text), soft_wrap=False)
    else:
        _out.out(text.rstrip())


@contextlib.contextmanager
def live() -> Iterator[Callable[[Sequence[Row]], None]]:
    """A part of the terminal that is drawn anew with each call; its last state stays."""
    with Live(console=_out, auto_refresh=False, vertical_overflow="visible") as screen:

        def draw(rows: Sequence[Row]) -> None:
            lines = (Text.assemble(*pieces, no_wrap=True, overflow="ellipsis") for pieces in rows)
            screen.update(Group(*lines), refresh=True)

        yield draw


@contextlib.contextmanager
def step(title: str) -> Iterator[Callable[[str], None]]:
    """A part of the work that takes seconds: a spinner with its latest news, then one line with its time.

    Without a terminal, a line at the start and one at the end, and the news that matter between.
    """
    started = time.monotonic()
    if _err.is_terminal:
        with _err.status(title) as status:
            yield lambda news: status.update(f"{title} [dim]{_short(news)}")
    else:
        note(f"{title} ...")
        yield lambda news: note(f"  {news}") if news.lstrip().startswith("✅") else None
    _err.print(Text(f"{title}: {time.monotonic() - started:.1f} s", style="green"))


def _short(news: str) -> str:
    return Text(" ".join(news.split())[:90]).markup
