"""A person at a terminal as the caller: reads what the caller hears, types what the caller keys."""

import contextlib
import re
import signal
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from types import FrameType

from patchbay import output, transcripts
from patchbay.scripts.forms import pairs
from patchbay.simulator.participant import KEYS, WORDS, BotQuestion, HungUp, KeyQuestion, Utterance
from patchbay.simulator.transcript import Entry, Who

FALLBACK = "FallbackIntent"
"""What Lex V2 calls the intent of words that fit no other."""
_HANG_UP = ("hang up", "hangup")
_HELP = "Type the keys, then Enter. Enter alone: nothing is keyed. hang up or Ctrl-D: the caller hangs up."
_BOT_HELP = "A bot listens. No language model runs here: type the words, then which intent they are."


@dataclass
class Person:
    """The caller. Raises HungUp from wherever the call is."""

    ask: Callable[[str], str] = output.ask
    """Shows a prompt and gives the line that was typed; raises EOFError."""
    helped: bool = False
    typed: bool = False
    """The next line of the caller stands on the screen already."""
    names: Mapping[str, str] = field(default_factory=dict)
    """What ARNs are shown as."""

    def hears(self, entry: Entry) -> None:
        """Shows the line."""
        if entry.who is Who.CALLER and self.typed:
            self.typed = False
        else:
            transcripts.show_entry(entry, self.names)

    def keys(self, question: KeyQuestion = KEYS) -> str | None:
        """What was typed; asks again until it is something that a telephone has."""
        if not self.helped:
            _hint(_HELP)
            self.helped = True
        while typed := self._asked("keys>"):
            if re.fullmatch(r"[0-9*#]+", typed):
                self.typed = True
                return typed
            _hint(f"a telephone has the keys 0-9, * and #: {_told(question)}")
        return None

    def says(self, question: BotQuestion = WORDS) -> Utterance | None:
        """The words, and the intent that the person takes them for."""
        intents = [intent for intent in question.intents if intent != FALLBACK]
        _hint(_BOT_HELP)
        words = self._asked("says>")
        if not words:
            return None
        self.typed = True
        listed = ", ".join(f"{number} {intent}" for number, intent in enumerate(intents, start=1))
        _hint(f"intents: {listed or 'any name'}; Enter alone: {FALLBACK}; with slots: 1 with amount = 42")
        while True:
            chosen, _, slots = self._asked("intent>").partition(" with ")
            intent = _intent(chosen.strip(), intents)
            if intent is not None:
                return Utterance(words, intent, pairs(slots))
            _hint(f"the flow has no branch for {chosen.strip()!r}: take one of {listed}, or Enter alone")

    def hangs_up(self) -> bool:
        """Only by typing so."""
        return False

    def _asked(self, who: str) -> str:
        try:
            typed = self.ask(who)
        except EOFError:
            raise HungUp from None
        if typed.lower() in _HANG_UP:
            raise HungUp
        return typed


def _hint(text: str) -> None:
    output.script([("", "", text, "dim")])


def _intent(chosen: str, intents: list[str]) -> str | None:
    """By its number or its name; None for a slip. Where the flow names no intent, any name will do."""
    if not chosen:
        return FALLBACK
    known = {intent.lower(): intent for intent in (*intents, FALLBACK)}
    known |= {str(number): intent for number, intent in enumerate(intents, start=1)}
    return known.get(chosen.lower(), None if intents else chosen)


def _told(question: KeyQuestion) -> str:
    if question.choices:
        return f"the menu has {', '.join(question.choices)}"
    most = f"up to {question.longest} keys, " if question.longest else ""
    return f"{most}{question.terminator} ends the entry"


@contextlib.contextmanager
def ctrl_c_hangs_up() -> Iterator[Callable[[], bool]]:
    """The first Ctrl-C puts the receiver down; the next one ends the command. Gives whether there was one."""
    happened: list[int] = []
    before = signal.getsignal(signal.SIGINT)

    def hang_up(number: int, _frame: FrameType | None) -> None:
        signal.signal(signal.SIGINT, before)
        happened.append(number)
        output.line()
        raise HungUp

    signal.signal(signal.SIGINT, hang_up)
    try:
        yield lambda: bool(happened)
    finally:
        signal.signal(signal.SIGINT, before)
