"""How often a call may be tried again: no more than is allowed, and no more than the time holds."""

import random
from collections.abc import Callable
from typing import TypeVar

CONNECT_SECONDS, READ_SECONDS = 0.3, 0.9
ATTEMPT_SECONDS = CONNECT_SECONDS + READ_SECONDS
"""The longest that one attempt takes; the clients are made with these limits."""
ANSWER_SECONDS = 0.3
"""Kept back for the answer, so that the flow hears of a failure instead of waiting for its time limit."""
PAUSE_SECONDS = 0.1
"""The longest pause before the first retry; it doubles with each."""

Result = TypeVar("Result")


class Temporary(Exception):
    """A call failed, but may succeed a moment later. Names the error's code, never its text."""


class OutOfTime(Exception):
    """What is left of the invocation does not hold another attempt."""


class Budget:
    """The retries of one invocation, shared by all its calls."""

    def __init__(self, retries: int, left: Callable[[], float], wait: Callable[[float], None]) -> None:
        self._retries = max(0, retries)
        self._done = 0
        self._left = left
        self._wait = wait

    def run(self, call: Callable[[], Result]) -> Result:
        """What `call` gives; repeats it where it raises Temporary. Raises the last one, or OutOfTime."""
        while True:
            if self._left() < ATTEMPT_SECONDS + ANSWER_SECONDS:
                raise OutOfTime
            try:
                return call()
            except Temporary:
                if self._done >= self._retries:
                    raise
            self._done += 1
            self._wait(self._pause())

    def _pause(self) -> float:
        """At random, so that contacts which failed together do not come back together."""
        return random.uniform(0, PAUSE_SECONDS * 2 ** (self._done - 1))  # noqa: S311 - no secret
