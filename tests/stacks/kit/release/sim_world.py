"""The controller's `World` over a simulated Region: what it sees can be late, wrong or refused."""

from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any, TypeVar

from live_alias.executions import Run, start
from live_alias.lambda_api import LambdaApi
from live_alias.record import Record, parse
from live_alias.state import Snapshot, Write
from release.evidence import History, Reading, Sample, Unreadable
from release.settings import Lead
from release.state import State
from release.view import View
from release.world import News
from release_rule.counts import Counts
from tests.stacks.kit.aws import client
from tests.stacks.kit.live_alias.lambda_service import FUNCTION
from tests.stacks.kit.live_alias.states_service import MACHINE

if TYPE_CHECKING:
    from tests.stacks.kit.release.sim import Region

FEWEST = 20
"""No history in these tests lets a version pass with fewer contacts."""
WEATHER: dict[str, tuple[Any, Any]] = {
    "blind": ("", "Logs throttled"),
    "cross_blind": ("", "CloudWatch throttled"),
    "disagree": ("", "lines are missing"),
    "throttled": (0, 3),
    "mute": (False, True),
    "late": (0.0, 400.0),
    "warm_up_fails": ("", "event hello.json: KeyError"),
}
"""What a World can be like: fine, and not."""
T = TypeVar("T")
NAMES = SimpleNamespace(function=FUNCTION, alias="live", previous_alias="previous")


class Killed(Exception):
    """The step Lambda is gone; Step Functions repeats the step with the same input."""


@dataclass
class Kill:
    """Before or after the call of that number, counted from now."""

    calls: int
    after: bool = False


class SimWorld:
    """Every attribute is the world's weather, to be set by a test."""

    def __init__(self, region: "Region") -> None:
        self._region = region
        self.past = Counts(2000, 10)
        """The stable version's history."""
        self.blind = ""
        """Why no evidence can be read."""
        self.cross_blind = ""
        """Why no metrics can be read."""
        self.disagree = ""
        self.throttled = 0
        self.mute = False
        """Whether CloudWatch refuses to say how many requests were throttled."""
        self.late = 0.0
        """Seconds by which the evidence is behind."""
        self.unfit = ""
        self.warm_up_fails = ""
        self.leads: Region | Callable[[], Record | None] | None = None
        self.kill: Kill | None = None
        self.meanwhile: Callable[[], object] | None = None
        """What another does between a reading of the alias and the next write."""
        self.news: list[News] = []
        self.stuck_again = 0
        """How often the metric was put where nothing changed."""
        self.reports: list[tuple[str, str]] = []
        self.warm_ups = 0
        self.writes: list[Write] = []
        """What the controller wrote."""

    @property
    def aliases(self) -> LambdaApi:
        """Points the shared client at this Region."""
        return LambdaApi(client("lambda", self._region.service), NAMES)

    def now(self) -> float:
        return self._region.now

    def snapshot(self) -> Snapshot:
        return self._call(self.aliases.snapshot)

    def apply(self, steps: tuple[Write, ...]) -> None:
        if self.meanwhile:
            act, self.meanwhile = self.meanwhile, None
            act()
        for write in steps:
            self._call(partial(self._write, write))

    def leader(self, lead: Lead) -> Record | None:
        if self.blind:
            raise Unreadable(self.blind)
        if callable(self.leads):
            return self.leads()
        live = self.leads.service.aliases.get("live") if self.leads else None
        return parse(live["Description"]) if live else None

    def obstacle(self, candidate: str, stable: str) -> str:
        return self.unfit

    def warm_up(self, candidate: str) -> str:
        self.warm_ups += 1
        return self._call(lambda: self.warm_up_fails)

    def history(self, version: str) -> History:
        if self.blind:
            raise Unreadable(self.blind)
        return History(self.past, self._region.callers.per_hour, "log lines")

    def read(self, versions: tuple[str, ...], since: float, until: float, source: str) -> Reading:
        if self.blind:
            raise Unreadable(self.blind)
        assert since <= until
        until = max(since, min(until, self.now() - self.late))
        met = [contact for contact in self._met(since, until) if contact.version in versions]
        samples = tuple(Sample(contact.version, contact.at, contact.failed) for contact in met)
        attempts = Counter(sample.version for sample in samples)
        failures = Counter(sample.version for sample in samples if sample.failed)
        throttled = None if self.mute else self.throttled
        return self._call(lambda: Reading(samples, until, attempts, failures, "log lines", throttled))

    def cross_check(
        self, since: float, until: float, attempts: Mapping[str, int], failures: Mapping[str, int]
    ) -> str | None:
        """Exact: what was read since the split is what happened since."""
        if self.blind or self.cross_blind:
            raise Unreadable(self.blind or self.cross_blind)
        counted = Counter(met.version for met in self._met(since, until))
        failed = Counter(met.version for met in self._met(since, until) if met.failed)
        assert dict(counted) == dict(attempts), "what was read is not what happened since the split"
        assert dict(failed) == dict(failures)
        return self.disagree or None

    def tell(self, news: News) -> None:
        self._call(lambda: self.news.append(news))

    def still_stuck(self) -> None:
        self._call(self._count_stuck)

    def _count_stuck(self) -> None:
        self.stuck_again += 1

    def report(self, run: Run, end: str, view: View | None, state: State) -> None:
        self._call(lambda: self.reports.append((run.name, end)))

    def succeed(self, run: Run, payload: Mapping[str, object]) -> None:
        self._call(lambda: self.begin(run, payload))

    def begin(self, run: Run, payload: Mapping[str, Any]) -> None:
        start(client("stepfunctions", self._region.stack.states), MACHINE, run, payload)

    def _met(self, since: float, until: float) -> list[Any]:
        found = []
        for contact in reversed(self._region.callers.met):
            if contact.at < since:
                break
            if contact.at < until:
                found.append(contact)
        return found[::-1]

    def _write(self, write: Write) -> None:
        if '"phase":"watch"' in write.description and '"why":"passed' in write.description:
            doubt = self.blind or self.cross_blind or self.disagree or self.throttled or self.mute
            assert not doubt, "promoted in doubt"
            callers = self._region.callers
            assert callers.split_since is not None
            seen = callers.seen(write.routing.version, callers.split_since)
            assert seen >= FEWEST, f"promoted after {seen} contacts of this split"
        self.aliases.apply((write,))
        self.writes.append(write)

    def _call(self, act: Callable[[], T]) -> T:
        if self.kill is None:
            return act()
        self.kill.calls -= 1
        if self.kill.calls >= 0:
            return act()
        kill, self.kill = self.kill, None
        if kill.after:
            act()
        raise Killed
