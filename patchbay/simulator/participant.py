"""The customer's side of a call: who hears, keys and speaks."""

from collections import deque
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Protocol

from patchbay.simulator.transcript import Entry

PATIENCE = 3
"""Unanswered questions after which the simulated caller hangs up."""


@dataclass(frozen=True)
class Utterance:
    """What the customer says to a bot, and what the bot makes of it."""

    text: str
    intent: str
    slots: Mapping[str, str] = field(default_factory=dict)


class Participant(Protocol):
    """A customer. One of them takes part in one call."""

    def hears(self, entry: Entry) -> None:
        """Each line of the transcript, as it happens."""

    def keys(self) -> str | None:
        """The answer to the question that was just heard; None where nothing is keyed in time."""

    def says(self) -> Utterance | None:
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

    def keys(self) -> str | None:
        """The next entry."""
        if self.digits:
            return self.digits.popleft()
        self.unanswered += 1
        return None

    def says(self) -> Utterance | None:
        """The next utterance."""
        if self.utterances:
            return self.utterances.popleft()
        self.unanswered += 1
        return None

    def hangs_up(self) -> bool:
        """After three questions that it left unanswered."""
        return not self.digits and not self.utterances and self.unanswered >= PATIENCE
