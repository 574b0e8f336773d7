"""A few invocations through the throw-away function's aliases."""

import json
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from uuid import uuid4

from patchbay.probe.clock import Clock
from patchbay.probe.things.function import ThrowAway


@dataclass(frozen=True)
class Invocation:
    """One, through an alias."""

    alias: str
    version: str
    """The one that ran, as Lambda answers it."""
    token: str
    """What its log line says."""
    ended: float
    """Epoch seconds, when the answer was here."""


@dataclass(frozen=True)
class Traffic:
    """All of them, in their order."""

    invocations: tuple[Invocation, ...]

    @property
    def started(self) -> float:
        """Epoch seconds: before all of them, with room for a clock that is a minute off."""
        return self.invocations[0].ended - 60

    def through(self, alias: str) -> Counter[str]:
        """How many ran on each version."""
        return Counter(one.version for one in self.invocations if one.alias == alias)


def send(function: ThrowAway, clock: Clock, counts: Mapping[str, int]) -> Traffic:
    """So many through each alias, one after the other. Raises ClientError."""
    return Traffic(
        tuple(_invoke(function, clock, alias) for alias, count in counts.items() for _ in range(count))
    )


def _invoke(function: ThrowAway, clock: Clock, alias: str) -> Invocation:
    token = str(uuid4())
    answer = function.client.invoke(
        FunctionName=function.name, Qualifier=alias, Payload=json.dumps({"token": token}).encode()
    )
    return Invocation(alias, answer["ExecutedVersion"], token, clock.now())
