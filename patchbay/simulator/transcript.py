"""What came of a call: the transcript, the invocations, the end."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from enum import StrEnum
from itertools import pairwise


class Who(StrEnum):
    """Whose line it is."""

    PROMPT = "prompt"
    """What the caller hears."""
    CALLER = "caller"
    """What the caller keys."""
    SILENCE = "silence"
    """Nothing is heard; the text says how long."""
    LAMBDA = "lambda"
    """An invocation: which version in which Region, and what came back."""
    BRANCH = "branch"
    """Which way the flow went."""
    PHONE = "phone"
    """A text message came in."""
    FLOW = "flow"
    """Anything else that the flow did, or that the simulator did not."""


@dataclass(frozen=True)
class Entry:
    """One line; `at_ms` is the clock of the call when it began."""

    at_ms: int
    who: Who
    text: str


@dataclass(frozen=True)
class Invocation:
    """One Invoke block, all attempts together."""

    function: str
    alias: str | None
    version: str | None
    """The version that the last attempt met."""
    region: str | None
    attempts: int
    duration_ms: int
    outcome: str
    error: str | None


@dataclass(frozen=True)
class CallResult:
    """One call."""

    contact_id: str
    flow: str
    transcript: tuple[Entry, ...]
    invocations: tuple[Invocation, ...]
    attributes: Mapping[str, str]
    ended: str
    longest_chain_ms: int = 0
    """The longest time that functions took together with no prompt between them."""

    def longest_silence_ms(self) -> int:
        """The longest time in which nothing was heard: silences up to the next prompt count together."""
        longest = together = 0
        for line, after in pairwise(self.transcript):
            if line.who is Who.PROMPT:
                together = 0
            elif line.who is Who.SILENCE:
                together += after.at_ms - line.at_ms
            longest = max(longest, together)
        return longest

    def as_dict(self) -> dict[str, object]:
        """As `patchbay call --json` prints it."""
        return {
            "contact_id": self.contact_id,
            "flow": self.flow,
            "transcript": [{"at_ms": e.at_ms, "who": str(e.who), "text": e.text} for e in self.transcript],
            "invocations": [asdict(invocation) for invocation in self.invocations],
            "attributes": dict(self.attributes),
            "ended": self.ended,
        }
