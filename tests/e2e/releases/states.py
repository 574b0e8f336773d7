"""Where a function stands, and where its alias led meanwhile."""

import contextlib
import threading
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from live_alias.record import Record
from tests.e2e.releases.conftest import Releases

Routing = tuple[str, dict[str, float]]


@dataclass(frozen=True)
class State:
    """Of one function in one Region."""

    record: Record
    routing: Routing
    executions: Mapping[str, str]

    @classmethod
    def of(cls, releases: Releases, function: str, region: str = "us-west-2") -> "State":
        """Now."""
        return cls(
            releases.record(function, region),
            releases.routing(function, region),
            releases.executions(function, region),
        )

    @property
    def candidate(self) -> str:
        """Of the newest release."""
        return self.record.releases[0].candidate


@contextlib.contextmanager
def watched(releases: Releases, function: str) -> Iterator[list[Routing]]:
    """Every place that the alias led to meanwhile, as far as a look every 50 ms shows."""
    seen: list[Routing] = []
    enough = threading.Event()

    def look() -> None:
        while not enough.wait(0.05):
            found = releases.routing(function)
            if not seen or seen[-1] != found:
                seen.append(found)

    looking = threading.Thread(target=look, daemon=True)
    looking.start()
    try:
        yield seen
    finally:
        enough.set()
        looking.join(30)
