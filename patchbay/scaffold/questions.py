"""Asking in a terminal; without one, an answer that is missing is named by its option."""

import re
import sys
from collections.abc import Callable
from typing import TypeVar

import typer

from patchbay import output
from patchbay.errors import UserError

Answer = TypeVar("Answer")


def is_terminal() -> bool:
    """Whether somebody is there to answer."""
    return sys.stdin.isatty()


def require(**given: object) -> None:
    """Raises UserError with the options (or NAME) that have no value, where nobody can be asked."""
    missing = [
        key if key.isupper() else f"--{key.replace('_', '-')}" for key, value in given.items() if not value
    ]
    if missing:
        raise UserError(f"nobody is there to answer questions: add {' and '.join(missing)}")


def ask(question: str, default: str | None = None) -> str:
    """One line."""
    try:
        return str(typer.prompt(question, default=default, err=True)).strip()
    except typer.Abort:  # Ctrl-C at the prompt: as anywhere else
        raise KeyboardInterrupt from None


def ask_until_fit(asked: Callable[[], Answer], check: Callable[[Answer], object]) -> Answer:
    """Asks again, with the reason, as long as `check` raises UserError."""
    while True:
        answer = asked()
        try:
            check(answer)
        except UserError as error:
            output.note(str(error))
        else:
            return answer


def agreed(question: str) -> bool:
    """Yes or no; Enter means no."""
    try:
        return typer.confirm(question, err=True)
    except typer.Abort:
        raise KeyboardInterrupt from None


def ask_list(question: str, default: str = "none") -> tuple[str, ...]:
    """Several words in one line."""
    return words(ask(f"{question}, separated by commas", default))


def words(text: str) -> tuple[str, ...]:
    """`a,b` or `a b`, each once; `none` is nothing."""
    found = dict.fromkeys(word for word in re.split(r"[,\s]+", text) if word)
    return () if list(found) == ["none"] else tuple(found)


def choose(question: str, count: int) -> int | str:
    """The index of what was chosen from a numbered list, or the text that was typed in place of a number."""
    while True:
        answer = ask(question, "1" if count == 1 else None)
        if not answer.isdecimal():
            return answer
        if 1 <= int(answer) <= count:
            return int(answer) - 1
        output.note(f"there is no number {answer}: type 1 to {count}, or an ARN")
