"""A transcript, read from the top as the steps of a script ask for its lines."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

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

    def ahead(self, who: Who) -> str:
        """The next line of `who`, for people."""
        rest = [
            entry.text[self.column if number == 0 else 0 :].strip()
            for number, entry in enumerate(self.transcript[self.line :])
            if entry.who is who
        ]
        found = next((text for text in rest if text), None)
        return f"next came {shown(found)}" if found else "nothing more came"


def shown(text: str) -> str:
    """In quotation marks, and not too long."""
    return f'"{text[:SHOWN_CHARS]}..."' if len(text) > SHOWN_CHARS else f'"{text}"'
