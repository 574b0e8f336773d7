"""No more requests than AWS answers: everybody in an account shares the rates, callers' functions too."""

import math
import threading
import time
from collections.abc import Callable
from typing import Any

from patchbay.limits import CONNECT_API_RATE, OTHER_API_RATES, Rate

_SHARE = 0.9
"""Of a rate: the rest is for others, and for requests that take different times to arrive."""


class Bucket:
    """A token bucket: `burst` requests at once, then `rate` a second."""

    def __init__(
        self,
        rate: Rate,
        clock: Callable[[], float] = time.monotonic,
        sleep: Callable[[float], None] = time.sleep,
    ) -> None:
        self._every = 1 / (rate.per_second * _SHARE)
        self._allowance = self._every * (rate.burst - 1)
        self._clock, self._sleep = clock, sleep
        self._next = -math.inf
        self._lock = threading.Lock()

    def take(self) -> None:
        """Waits until the next request may go.

        One after the other, each from when the one before really went: threads that a busy machine wakes
        too late do not go all together then.
        """
        with self._lock:
            self._next = max(self._next, self._clock() - self._allowance)
            if (wait := self._next - self._clock()) > 0:
                self._sleep(wait)
            self._next = max(self._next, self._clock() - self._allowance) + self._every


class Pacer:
    """The buckets of every account and Region."""

    def __init__(
        self, clock: Callable[[], float] = time.monotonic, sleep: Callable[[float], None] = time.sleep
    ) -> None:
        self._clock, self._sleep = clock, sleep
        self._buckets: dict[tuple[str, ...], Bucket] = {}
        self._lock = threading.Lock()

    def attach(self, client: Any, service: str, region: str, account: str) -> None:
        """From now on every request of the client waits for its turn, repeats and further pages too."""

        def wait(operation_name: str, **_: object) -> None:
            self.wait(service, operation_name, region, account)

        client.meta.events.register_first("request-created", wait, unique_id="patchbay-pace")

    def wait(self, service: str, operation: str, region: str, account: str) -> None:
        """Until this operation may be asked for."""
        shared, rate = rate_of(service, operation)
        if rate is not None:
            self._bucket(rate, service, shared, region, account).take()

    def _bucket(self, rate: Rate, *key: str) -> Bucket:
        with self._lock:
            if key not in self._buckets:
                self._buckets[key] = Bucket(rate, self._clock, self._sleep)
            return self._buckets[key]


def rate_of(service: str, operation: str) -> tuple[str, Rate | None]:
    """Which operations share a bucket (an operation's own name, or empty for the rest), and its rate."""
    if service == "connect":
        return "", CONNECT_API_RATE
    own = OTHER_API_RATES.get((service, operation))
    return (operation, own) if own else ("", OTHER_API_RATES.get((service, "")))
