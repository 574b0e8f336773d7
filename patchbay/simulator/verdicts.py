"""What Connect asks of Lambda in one block, and what comes of it."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from common.response import ResponseType
from patchbay.arns import Arn
from patchbay.limits import BLOCK_RETRIES, CHAIN_SECONDS
from patchbay.simulator import policies
from patchbay.simulator.clock import seconds
from patchbay.simulator.functions import FunctionName


class Outcome(StrEnum):
    """How an attempt, and so the block, came out."""

    SUCCESS = "success"
    ACCESS_DENIED = "access-denied"
    NOT_FOUND = "not-found"
    TIME_LIMIT = "time-limit"
    CHAIN_LIMIT = "chain-limit"
    FUNCTION_ERROR = "function-error"
    THROTTLED = "throttled"
    SERVICE_ERROR = "service-error"
    """A 5xx."""
    REQUEST_REFUSED = "request-refused"
    """Another 4xx, which the same request would get again."""
    RESPONSE_REFUSED = "response-refused"


@dataclass(frozen=True)
class Block:
    """What the block asks for."""

    function: FunctionName
    payload: bytes
    limit_ms: int
    chain_left_ms: int
    """What is left of the 20 s that functions may take with no prompt between them."""
    response_type: ResponseType
    instance: Arn
    """Who asks: the Connect instance, or the bot alias where the function fulfils a bot's intents."""
    principal: str = policies.CONNECT
    retries: int = BLOCK_RETRIES

    @property
    def deadline_ms(self) -> int:
        """How long all attempts together may take."""
        return min(self.limit_ms, self.chain_left_ms)

    @property
    def late(self) -> tuple[Outcome, str]:
        """Which of the two limits ends the block, and how to say so."""
        if self.chain_left_ms < self.limit_ms:
            return Outcome.CHAIN_LIMIT, f"functions took {CHAIN_SECONDS} s with no prompt between them"
        return (
            Outcome.TIME_LIMIT,
            f"no answer within {seconds(self.limit_ms)}, the block's limit for all attempts",
        )


@dataclass(frozen=True)
class Attempt:
    """One request to Lambda."""

    version: str | None
    """None where Lambda throttled it: a throttle meets no version."""
    outcome: Outcome
    duration_ms: int
    reason: str | None = None
    response: Mapping[str, object] | None = None


@dataclass(frozen=True)
class Verdict:
    """The block's result; `attempts` is empty where Lambda ran nothing."""

    outcome: Outcome
    requests: int
    """How often Connect asked Lambda, refusals included."""
    attempts: tuple[Attempt, ...] = ()
    reason: str | None = None

    @property
    def duration_ms(self) -> int:
        """How long the caller waited."""
        return sum(attempt.duration_ms for attempt in self.attempts)

    @property
    def response(self) -> Mapping[str, object]:
        """What the function returned; empty unless the outcome is success."""
        return (self.attempts[-1].response or {}) if self.attempts else {}

    @property
    def version(self) -> str | None:
        """The version that the last attempt met."""
        return self.attempts[-1].version if self.attempts else None
