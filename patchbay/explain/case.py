"""One Lambda block with all that is known of it, and what was found out."""

from dataclasses import dataclass, field
from enum import StrEnum

from patchbay.arns import Arn
from patchbay.explain.join import Joined, limit_seconds
from patchbay.explain.model import Attempt, Entry, Facts, Target
from patchbay.limits import CHAIN_SECONDS
from patchbay.live.model import Read, Unread


class Kind(StrEnum):
    """Why a Lambda block took its Error branch."""

    ACCESS_DENIED = "access-denied"
    NOT_FOUND = "not-found"
    THROTTLED = "throttled"
    INSTANCE_LIMIT = "instance-limit"
    SERVICE_ERROR = "service-error"
    REQUEST_REFUSED = "request-refused"
    TIME_LIMIT = "time-limit"
    FUNCTION_TIMEOUT = "function-timeout"
    CHAIN_LIMIT = "chain-limit"
    START_UP = "start-up"
    CRASHED = "crashed"
    RAISED = "raised"
    RESPONSE_REFUSED = "response-refused"
    UNKNOWN = "unknown"


@dataclass(frozen=True)
class Cause:
    """One sentence with what it stands on."""

    kind: Kind
    sentence: str
    evidence: tuple[str, ...] = ()
    certain: bool = True
    """False: it is likely, or could not be told; the sentence says so."""


@dataclass(frozen=True)
class Silence:
    """What the caller heard nothing for."""

    ms: float
    basis: str
    at_most: bool = False
    """Other blocks may have been in that time."""


@dataclass(frozen=True)
class Case:
    """A Lambda block."""

    entry: Entry
    target: Target | None
    source: Arn
    """The Connect instance."""
    facts: Facts | None
    """None where the target is no function's ARN."""
    joined: Joined = field(default_factory=Joined)
    log: Read[int | None] | Unread = Read(None)  # noqa: RUF009 - frozen, and so shared by nobody
    """How many lines of the function's log were read; None: it has no log group."""
    log_note: str = ""
    """What else is to be said about that log, such as how long it keeps lines."""
    chain_ms: float = 0.0
    """What functions took since the last prompt, before this block."""
    age_seconds: float = 0.0
    """How long ago the entry was written."""

    @property
    def attempts(self) -> tuple[Attempt, ...]:
        """The earliest first."""
        return self.joined.attempts

    @property
    def limit_ms(self) -> float:
        """Of the block."""
        return limit_seconds(self.entry) * 1000

    @property
    def left_of_chain_ms(self) -> float:
        """What the 20 s of functions without a prompt leave for this block."""
        return CHAIN_SECONDS * 1000 - self.chain_ms

    @property
    def took_ms(self) -> float:
        """All attempts, by Lambda's own account."""
        return sum(attempt.total_ms for attempt in self.attempts)

    @property
    def version(self) -> str | None:
        """The one that the last attempt met."""
        return self.attempts[-1].version if self.attempts else None
