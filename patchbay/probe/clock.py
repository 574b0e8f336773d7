"""Time, and how long the probe waits for what comes late."""

import time
from collections.abc import Callable, Collection
from dataclasses import dataclass
from typing import TypeVar

from botocore.exceptions import ClientError

Result = TypeVar("Result")


@dataclass(frozen=True)
class Clock:
    """Seconds since the epoch, and waiting."""

    now: Callable[[], float] = time.time
    sleep: Callable[[float], None] = time.sleep


@dataclass(frozen=True)
class Patience:
    """Bounds in seconds."""

    readable: float
    """Until log lines and metrics are readable."""
    poll: float
    """Between two looks for them; no lag is known better than this."""
    grace: float
    """After the last one that was expected, for one that was not."""
    made: float
    """Until a new role can be assumed, a new function is active, a new version is known everywhere."""
    retry: float
    """Between two attempts at that."""


REAL = Patience(readable=300, poll=3, grace=30, made=90, retry=3)
EMBEDDED = Patience(readable=8, poll=0.5, grace=0, made=15, retry=0.2)
"""What the embedded AWS writes is there at once, or never."""


def patiently(
    clock: Clock, patience: Patience, passing: Collection[str], call: Callable[[], Result]
) -> Result:
    """`call`, again while AWS answers with one of these error codes. Raises ClientError at the bound."""
    until = clock.now() + patience.made
    while True:
        try:
            return call()
        except ClientError as error:
            if error.response["Error"]["Code"] not in passing or clock.now() >= until:
                raise
        clock.sleep(patience.retry)
