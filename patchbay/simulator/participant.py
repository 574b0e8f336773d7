"""The customer's side of a call: who hears, keys and speaks."""

from collections import deque
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Protocol

from patchbay.simulator.transcript import Entry

PATIENCE = 3
"""Unanswered questions after which the simulated caller hangs up."""


class HungUp(BaseException):
    """The customer put the receiver down, be it in the middle of a block.

    Not an Exception: what a function's client does about errors must not swallow it.
    """


@dataclass(frozen=True)
class Utterance:
    """What the customer says to a bot, and what the bot makes of it."""

    text: str
    intent: str
    slots: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class KeyQuestion:
    """What the flow lets the customer key."""

    seconds: float = 5.0
    """How long it waits for the first key."""
    longest: int | None = None
    """The most keys that count; None: the terminator or time ends the entry."""
    terminator: str = "#"
    choices: tuple[str, ...] = ()
    """The keys that a menu has a branch for; empty where the input is stored."""


@dataclass(frozen=True)
class BotQuestion:
    """What a bot can make of the customer's words."""

    intents: tuple[str, ...] = ()
    """Those that the block has a branch for."""


KEYS, WORDS = KeyQuestion(), BotQuestion()
"""Questions of which nothing more is known."""


class Participant(Protocol):
    """A customer. One of them takes part in one call. Any of these may raise HungUp."""

    def hears(self, entry: Entry) -> None:
        """Each line of the transcript, as it happens."""

    def keys(self, question: KeyQuestion = KEYS) -> str | None:
        """The answer to the question that was just heard; None where nothing is keyed in time."""

    def says(self, question: BotQuestion = WORDS) -> Utterance | None:
        """The answer to a bot; None where nothing is said in time."""

    def hangs_up(self) -> bool:
        """Asked before each question."""


@dataclass
class Prepared:
    """Answers that were written down before the call, in order; then silence, and the receiver goes down."""

    digits: deque[str] = field(default_factory=deque)
    utterances: deque[Utterance] = field(default_factory=deque)
    unanswered: int = 0

    @classmethod
    def of(cls, digits: Iterable[str] = (), utterances: Iterable[Utterance] = ()) -> "Prepared":
        """One entry a question."""
        return cls(deque(digits), deque(utterances))

    def hears(self, entry: Entry) -> None:
        """Nothing that it heard changes its answers."""

    def keys(self, question: KeyQuestion = KEYS) -> str | None:  # noqa: ARG002 - as it was prepared
        """The next entry."""
        if self.digits:
            return self.digits.popleft()
        self.unanswered += 1
        return None

    def says(self, question: BotQuestion = WORDS) -> Utterance | None:  # noqa: ARG002 - as it was prepared
        """The next utterance."""
        if self.utterances:
            return self.utterances.popleft()
        self.unanswered += 1
        return None

    def hangs_up(self) -> bool:
        """After three questions that it left unanswered."""
        return not self.digits and not self.utterances and self.unanswered >= PATIENCE
