"""A transcript, read from the top as the steps of a script ask for its lines."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from difflib import get_close_matches

from patchbay.simulator.transcript import Entry, Who

SHOWN_CHARS = 100


@dataclass
class Walk:
    """What was found is behind; what was not found moves nothing."""

    transcript: Sequence[Entry]
    line: int = 0
    column: int = 0
    """How much of the line is read already."""

    def finds(self, who: Who, text: str) -> bool:
        """Goes on behind the text, in the next line of `who` that holds it."""
        for number in range(self.line, len(self.transcript)):
            entry = self.transcript[number]
            at = entry.text.find(text, self.column if number == self.line else 0)
            if entry.who is who and at >= 0:
                self.line, self.column = number, at + len(text)
                return True
        return False

    def meets(self, who: Who, is_it: Callable[[str], bool]) -> bool:
        """Goes on behind the next line of `who` that is the one."""
        for number in range(self.line + bool(self.column), len(self.transcript)):
            entry = self.transcript[number]
            if entry.who is who and is_it(entry.text):
                self.line, self.column = number + 1, 0
                return True
        return False

    def ahead(self, who: Who, wanted: str = "") -> str:
        """The next line of `who`, for people, and a later one where that is more like the `wanted` text."""
        rest = [
            entry.text[self.column if number == 0 else 0 :].strip()
            for number, entry in enumerate(self.transcript[self.line :])
            if entry.who is who
        ]
        lines = [text for text in rest if text]
        if not lines:
            return "nothing more came"
        alike = [text for text in get_close_matches(wanted, lines, n=1) if text != lines[0]]
        return "".join([f"next came {shown(lines[0])}", *(f", and later {shown(text)}" for text in alike)])


def shown(text: str) -> str:
    """In quotation marks, and not too long."""
    return f'"{text[:SHOWN_CHARS]}..."' if len(text) > SHOWN_CHARS else f'"{text}"'
