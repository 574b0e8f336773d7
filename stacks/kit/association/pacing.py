"""Keeps calls within Connect's request rate, retries what may be retried, and stops before Lambda does."""

import logging
from collections.abc import Callable
from dataclasses import dataclass
from random import SystemRandom
from typing import TypeVar

from botocore.exceptions import ClientError, HTTPClientError
from botocore.exceptions import ConnectionError as NoConnectionError

from association.errors import AssociationError, RefusedError

# Amazon Connect API reference, "Throttling limits for the Amazon Connect API": two requests a second, burst
# five, per account and Region. Others call too, so 429 is expected all the same.
REQUESTS_PER_SECOND = 2.0
BURST = 5
SERVER_ERROR_ATTEMPTS = 5
BACKOFF_SECONDS = (1.0, 20.0)
"""First and longest wait after a 429 or a server error."""
ACCESS_DENIED_SECONDS = 20.0
"""How long, all calls together, a 403 is put down to a policy that is not in force everywhere yet."""
RESPONSE_SECONDS = 3.0
"""What is left to send the answer to CloudFormation."""
UNDO_SECONDS = 40.0
"""What is left, at most, to undo a Create that fails; never more than a third of the handler's time."""

T = TypeVar("T")
log = logging.getLogger(__name__)
log.setLevel(logging.INFO)


@dataclass(frozen=True)
class Clock:
    """Time as functions, so that tests have their own."""

    now: Callable[[], float]
    sleep: Callable[[float], None]
    remaining: Callable[[], float]
    """Seconds until Lambda stops the handler."""
    jitter: Callable[[], float] = SystemRandom().random
    """A number in [0, 1)."""


class Pace:
    """A token bucket with retries; one for all calls to Connect."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._tokens = float(BURST)
        self._filled = clock.now()
        self._reserve = min(UNDO_SECONDS, clock.remaining() / 3)
        self._patience = ACCESS_DENIED_SECONDS

    def release_reserve(self) -> None:
        """From now on only the answer's time is kept: called before undoing."""
        self._reserve = RESPONSE_SECONDS

    def call(self, request: Callable[[], T]) -> T:
        """Carry out `request`.

        Raises RefusedError where Connect says no, and AssociationError where time runs out on 429s.
        """
        attempt, uncertain = 0, False
        while True:
            self._take()
            try:
                return request()
            except (ClientError, NoConnectionError, HTTPClientError) as error:
                refusal = _refusal(error, uncertain)
                uncertain = refusal.uncertain
                if not self._may_retry(refusal, attempt):
                    raise refusal from error
                if refusal.status == 429:
                    self._tokens = 0.0
            log.info("attempt %d: %s; trying again", attempt + 1, refusal)
            seconds = self._backoff(attempt)
            if refusal.denied:
                self._patience -= seconds
            self._wait(seconds, refusal)
            attempt += 1

    def _may_retry(self, refusal: RefusedError, attempt: int) -> bool:
        if refusal.denied:
            return self._patience > 0
        if refusal.status == 429:
            return True
        return (refusal.status == 0 or refusal.status >= 500) and attempt + 1 < SERVER_ERROR_ATTEMPTS

    def pause(self, seconds: float) -> None:
        """Wait, if there is time."""
        self._wait(seconds, None)

    def _take(self) -> None:
        self._check(0.0, None)
        self._fill()
        if self._tokens < 1:
            self._wait((1 - self._tokens) / REQUESTS_PER_SECOND, None)
            self._fill()
        self._tokens -= 1

    def _fill(self) -> None:
        now = self._clock.now()
        self._tokens = min(BURST, self._tokens + (now - self._filled) * REQUESTS_PER_SECOND)
        self._filled = now

    def _backoff(self, attempt: int) -> float:
        first, longest = BACKOFF_SECONDS
        full = min(longest, first * 2.0 ** min(attempt, 10))
        return full / 2 + full / 2 * self._clock.jitter()

    def _wait(self, seconds: float, reason: RefusedError | None) -> None:
        self._check(seconds, reason)
        self._clock.sleep(seconds)

    def _check(self, seconds: float, reason: RefusedError | None) -> None:
        if self._clock.remaining() - seconds < self._reserve:
            raise AssociationError(
                f"the time of the handler is used up (last answer of Connect: {reason or 'none'}); Connect "
                "allows two requests a second per account and Region: deploy again when other jobs are done"
            )


def _refusal(error: Exception, uncertain: bool) -> RefusedError:
    if isinstance(error, ClientError):
        status = int(error.response["ResponseMetadata"]["HTTPStatusCode"])
        code, message = error.response["Error"]["Code"], error.response["Error"].get("Message", "")
        if code in {"ThrottlingException", "TooManyRequestsException"}:
            status = 429
        return RefusedError(code, status, message, uncertain=uncertain or status >= 500)
    return RefusedError(type(error).__name__, 0, str(error), uncertain=True)
