"""A release's world on AWS."""

import logging
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from botocore.exceptions import BotoCoreError, ClientError

from common.response import ResponseType
from live_alias import executions
from live_alias import record as records
from live_alias.converge import Clock
from live_alias.errors import DecideAnewError
from live_alias.executions import Run
from live_alias.lambda_api import LambdaApi
from live_alias.record import Record
from live_alias.state import Snapshot, Write
from release import evidence, news, obstacle, reading, reports, warm_up
from release.clients import Clients
from release.evidence import History, Reading, Unreadable, Window
from release.place import Place
from release.report import Told
from release.settings import Lead, Settings
from release.state import State
from release.view import LIVE, PREVIOUS, View
from release.world import News

RECORDED = Path(__file__).parent.parent / "warm_up"
"""The recorded events, by the functions' folders; the stack packs them."""
SNAPSHOT_RESERVE = 30.0
"""Seconds that must be left to begin anew with the alias."""

log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Aliases:
    """Of one function; for `LambdaApi`."""

    function: str
    alias: str = LIVE
    previous_alias: str = PREVIOUS


class AwsWorld:
    """One step of one release: implements `release.world.World`. Where a step decides anew, what takes long
    is not asked again."""

    def __init__(
        self,
        run: Run,
        settings: Settings,
        clients: Clients,
        place: Place,
        clock: Callable[[], float] = time.time,
    ) -> None:
        self._run, self._settings, self._clients, self._place = run, settings, clients, place
        self._clock = clock
        self._aliases = LambdaApi(clients.alias, Aliases(run.function))
        self._histories: dict[str, History] = {}
        self._warm: dict[str, str] = {}
        self._window: Window | None = None

    def now(self) -> float:
        """Epoch seconds."""
        return self._clock()

    def snapshot(self) -> Snapshot:
        """Raises DecideAnewError and LiveAliasError."""
        if self._clients.remaining() < SNAPSHOT_RESERVE:
            raise DecideAnewError(f"no time left to decide about {self._run.function} in this step")
        return self._aliases.snapshot()

    def apply(self, steps: tuple[Write, ...]) -> None:
        """Raises DecideAnewError and LiveAliasError."""
        self._aliases.apply(steps)

    def leader(self, lead: Lead) -> Record | None:
        """Raises Unreadable."""
        client = self._clients.leader(lead.region)
        try:
            found = client.get_alias(FunctionName=self._run.function, Name=LIVE)
        except client.exceptions.ResourceNotFoundException:
            return None
        except (ClientError, BotoCoreError) as error:
            raise Unreadable(f"cannot read {self._run.function} in {lead.region}: {error}") from error
        return records.parse(found.get("Description", ""))

    def obstacle(self, candidate: str, stable: str) -> str:
        """Raises Unreadable and DecideAnewError."""
        return obstacle.obstacle(self._clients.functions, self._run.function, candidate, stable)

    def warm_up(self, candidate: str) -> str:
        """Raises Unreadable."""
        if candidate not in self._warm:
            target = warm_up.Candidate(
                self._clients.invoke, self._run.function, candidate, ResponseType(self._settings.response)
            )
            clock = Clock(time.sleep, self._clients.remaining)
            went = warm_up.warm_up(target, warm_up.recorded(self._recorded), clock)
            log.info("warm-up of version %s: %d of %d events", candidate, went.invoked, went.events)
            self._warm[candidate] = went.failure
        return self._warm[candidate]

    def history(self, version: str) -> History:
        """Raises Unreadable."""
        if version not in self._histories:
            telemetry = evidence.Clients(self._clients.past_logs, self._clients.cloudwatch, self._clock)
            self._histories[version] = reading.history(
                telemetry,
                self._run.function,
                self._settings.log_group,
                version,
                self.now(),
                self._settings.time_limit_seconds,
            )
        return self._histories[version]

    def read(self, versions: tuple[str, ...], since: float, until: float, source: str) -> Reading:
        """Raises Unreadable."""
        self._window = Window(
            self._run.function,
            self._settings.log_group,
            versions,
            since,
            until,
            self._settings.time_limit_seconds,
            source or None,
            self._settings.period_seconds,
        )
        return reading.read(self._telemetry, self._window)

    def cross_check(
        self, since: float, until: float, attempts: Mapping[str, int], failures: Mapping[str, int]
    ) -> str | None:
        """Of the versions that were read last. Raises Unreadable."""
        if self._window is None:
            raise ValueError(f"nothing of {self._run.function} was read that could be compared")
        window = replace(self._window, since=since, until=until)
        return reading.cross_check(self._telemetry, window, attempts, failures)

    def tell(self, told: News) -> None:
        """Never raises."""
        news.tell(self._clients, self._place, self._run, told)

    def still_stuck(self) -> None:
        """Never raises."""
        news.still_stuck(self._clients, self._place, self._run)

    def report(self, run: Run, end: str, view: View | None, state: State) -> None:
        """Never raises."""
        events = len(list(self._recorded.glob("*.json")))
        told = Told(run, end, view, state, self._settings, self._place.region, events)
        reports.leave(self._clients.s3, self._place.reports_bucket, told)

    def succeed(self, run: Run, payload: Mapping[str, object]) -> None:
        """Raises ClientError and BotoCoreError: then the step is repeated."""
        executions.start(self._clients.states, self._place.machine_arn, run, payload)

    @property
    def _telemetry(self) -> evidence.Clients:
        return evidence.Clients(self._clients.logs, self._clients.cloudwatch, self._clock)

    @property
    def _recorded(self) -> Path:
        return RECORDED / self._settings.name
