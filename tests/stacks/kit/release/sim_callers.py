"""Callers: each contact meets the version that the alias's weights give it at the time."""

from dataclasses import dataclass
from random import Random

from tests.stacks.kit.live_alias.lambda_service import FakeLambda


@dataclass(frozen=True)
class Met:
    """One contact, with one attempt."""

    at: float
    version: str
    failed: bool


class Callers:
    """They call evenly; which version they meet, and whether it fails, is drawn with a fixed seed."""

    def __init__(self, service: FakeLambda, per_hour: float, now: float) -> None:
        self.per_hour = per_hour
        self.rates: dict[str, float] = {}
        """The share of contacts that fail, by version; 0 where nothing is said."""
        self.outage = 0.0
        """The share that fails on any version."""
        self.met: list[Met] = []
        self.split_since: float | None = None
        """Since when the alias has been split, as far as time passed."""
        self._service, self._random, self._next, self._now = service, Random(7), now, now

    def until(self, now: float) -> None:
        """Those who call before `now`."""
        if now > self._now:
            self._note_split()
        self._now = now
        gap = 3600 / self.per_hour if self.per_hour else None
        if gap is None:
            self._next = max(self._next, now)
            return
        while self._next < now:
            self._call(self._next)
            self._next += gap

    def seen(self, version: str, since: float = 0.0) -> int:
        return sum(met.version == version and met.at >= since for met in self.met)

    def harmed(self, version: str, since: float = 0.0) -> int:
        return sum(met.version == version and met.failed and met.at >= since for met in self.met)

    def _note_split(self) -> None:
        where = self._service.where("live")
        split = bool(where and where[1])
        if split and self.split_since is None:
            self.split_since = self._now
        if not split:
            self.split_since = None

    def _call(self, at: float) -> None:
        where = self._service.where("live")
        if where is None:
            return
        version, weights = where
        draw = self._random.random()
        for other, weight in weights.items():
            if draw < weight:
                version = other
        rate = max(self.rates.get(version, 0.0), self.outage)
        self.met.append(Met(at, version, self._random.random() < rate))
