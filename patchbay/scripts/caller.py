"""The caller of a written call."""

import re
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass

from patchbay.scripts.written import HangsUp, Keys, KeysTheCode, Says, WrittenCall
from patchbay.simulator.participant import KEYS, PATIENCE, WORDS, BotQuestion, KeyQuestion, Utterance
from patchbay.simulator.transcript import Entry, Who


@dataclass
class ScriptedCaller:
    """Gives the script's answers in order; a question that it has none for stays unanswered."""

    keyed: deque[Keys | KeysTheCode]
    said: deque[Says]
    hanging_up: bool
    """Once everything is answered."""
    listener: Callable[[Entry], None]
    """Is told each line too."""
    message: str = ""
    """The newest text message."""
    unanswered: int = 0

    @classmethod
    def of(cls, written: WrittenCall, listener: Callable[[Entry], None] = lambda _: None) -> "ScriptedCaller":
        """The caller that this script tells of."""
        whats = [step.what for step in written.steps]
        return cls(
            deque(what for what in whats if isinstance(what, Keys | KeysTheCode)),
            deque(what for what in whats if isinstance(what, Says)),
            any(isinstance(what, HangsUp) for what in whats),
            listener,
        )

    def hears(self, entry: Entry) -> None:
        """Remembers the newest text message."""
        if entry.who is Who.PHONE:
            self.message = entry.text
        self.listener(entry)

    def keys(self, question: KeyQuestion = KEYS) -> str | None:  # noqa: ARG002 - as it is written
        """The next keys."""
        if not self.keyed:
            self.unanswered += 1
            return None
        what = self.keyed.popleft()
        return code(self.message) if isinstance(what, KeysTheCode) else what.keys

    def says(self, question: BotQuestion = WORDS) -> Utterance | None:  # noqa: ARG002 - as it is written
        """The next words."""
        if not self.said:
            self.unanswered += 1
            return None
        return self.said.popleft().utterance

    def hangs_up(self) -> bool:
        """Where the script says so, or after three questions that it has no answer to."""
        answered = not self.keyed and not self.said
        return answered and (self.hanging_up or self.unanswered >= PATIENCE)


def code(message: str) -> str | None:
    """The last digits of a text message; None where it has none."""
    found = re.findall(r"\d+", message)
    return found[-1] if found else None
