"""What a question is, and what an answer to it says."""

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from patchbay.probe.bench import Bench


class AsAssumed(StrEnum):
    """Whether AWS does what the design stands on."""

    YES = "yes"
    NO = "no"
    UNKNOWN = "unknown"


class NotAskedError(Exception):
    """The question could not be put, or AWS gave no answer to it; the message says why."""


@dataclass(frozen=True)
class Answer:
    """One answer: a few words, what they rest on, and what they mean for the design."""

    text: str
    evidence: str
    as_assumed: AsAssumed

    @classmethod
    def yes(cls, text: str, evidence: str) -> "Answer":
        """As the design assumes."""
        return cls(text, evidence, AsAssumed.YES)

    @classmethod
    def no(cls, text: str, evidence: str) -> "Answer":
        """Not as the design assumes."""
        return cls(text, evidence, AsAssumed.NO)

    @classmethod
    def unknown(cls, text: str, evidence: str) -> "Answer":
        """Nothing follows from it."""
        return cls(text, evidence, AsAssumed.UNKNOWN)


@dataclass(frozen=True)
class Question:
    """One question to AWS."""

    id: str
    asked: str
    how: str
    assumed: str
    """What the design stands on."""
    ask: Callable[["Bench"], Answer]
    """May raise NotAskedError, or what boto3 raises."""


@dataclass(frozen=True)
class Finding:
    """A question with its answer."""

    question: Question
    answer: Answer
