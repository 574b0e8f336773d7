"""Immediate attempts against others who write the alias at the same moment."""

from collections.abc import Callable
from random import SystemRandom
from typing import TypeVar

from botocore.exceptions import ClientError

from live_alias.errors import DecideAnewError

ATTEMPTS = 5
"""Then Step Functions, or the next sweep, begins anew."""
THROTTLED = frozenset({"TooManyRequestsException", "ThrottlingException", "Throttling"})
"""Lambda API reference, common errors and GetAlias."""
PAUSE_SECONDS = 0.25
"""The most after the first throttling; it doubles, to 4 s in all at most."""

Sleep = Callable[[float], None]
T = TypeVar("T")

_jitter = SystemRandom().random


def tried(act: Callable[[], T], sleep: Sleep, jitter: Callable[[], float] = _jitter) -> T:
    """What `act` answers. Raises its last DecideAnewError; after a throttling it waits for a moment."""
    for attempt in range(ATTEMPTS - 1):
        try:
            return act()
        except DecideAnewError as error:
            if _is_throttled(error):
                sleep(PAUSE_SECONDS * 2**attempt * (1 + jitter()) / 2)
    return act()


def _is_throttled(error: DecideAnewError) -> bool:
    cause = error.__cause__
    return isinstance(cause, ClientError) and cause.response["Error"]["Code"] in THROTTLED
