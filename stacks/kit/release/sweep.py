"""Looks after what no execution does: releases whose controller died, and old versions.

May be repeated, and broken off, at any point.
"""

import logging
import time
from collections.abc import Callable, Iterable

from live_alias import executions
from live_alias.executions import Run
from live_alias.lambda_api import LambdaApi
from release import news, parts
from release.aws import Aliases, AwsWorld
from release.clients import Clients
from release.orphans import RESTARTS, Rescue, afterwards, rescue
from release.place import Place
from release.prune import prune
from release.settings import Settings
from release.state import State
from release.tries import Sleep, tried
from release.view import View, view
from release.world import News

RESERVE_SECONDS = 30.0

log = logging.getLogger(__name__)


class SweepFailed(Exception):
    """For some functions; the others were looked after."""


def sweep(
    functions: Iterable[str],
    clients: Clients,
    place: Place,
    clock: Callable[[], float] = time.time,
    sleep: Sleep = time.sleep,
) -> dict[str, str]:
    """What was done, by Lambda function name. Raises SweepFailed after all were tried."""
    done, failed = {}, {}
    for function in functions:
        try:
            if clients.remaining() < RESERVE_SECONDS:
                raise SweepFailed("no time left")
            done[function] = _Keeper(function, clients, place, clock, sleep).tend()
        except Exception as error:
            log.warning("the sweep of %s failed", function, exc_info=True)
            failed[function] = f"{type(error).__name__}: {error}"
    if failed:
        told = "; ".join(f"{function} ({error})" for function, error in failed.items())
        raise SweepFailed(
            f"{len(failed)} of {len(failed) + len(done)} functions were not looked after: {told}"
        )
    return done


class _Keeper:
    """Of one function."""

    def __init__(
        self, function: str, clients: Clients, place: Place, clock: Callable[[], float], sleep: Sleep
    ) -> None:
        self._function, self._clients, self._place = function, clients, place
        self._clock, self._sleep = clock, sleep
        self._api = LambdaApi(clients.alias, Aliases(function))

    def tend(self) -> str:
        return tried(self._once, self._sleep)

    def _once(self) -> str:
        snapshot = self._api.snapshot()
        seen = view(snapshot)
        if seen is not None and seen.progress.active:
            return self._save(seen)
        gone = prune(self._clients.functions, self._function, snapshot, self._place.keep_versions)
        return f"deleted versions {', '.join(gone)}" if gone else "nothing to do"

    def _save(self, seen: View) -> str:
        first = Run(self._function, seen.candidate, seen.progress.at)
        last = parts.last(self._clients.states, self._place.machine_arn, first)
        found = rescue(seen, last, self._clock())
        self._api.apply(found.steps)
        after = afterwards(seen, found.steps)
        if found.run and last:
            self._restart(after, last, found, found.run)
        elif not after.progress.active:
            self._tell(after, last.run if last else first, found)
            self._report(after, last)
        return found.note

    def _restart(self, after: View, last: parts.Part, found: Rescue, run: Run) -> None:
        """A step's state may be what killed it, so nothing of it is handed on."""
        progress = after.progress
        state = State().moved(self._clock(), progress.phase, after.weight, f"restarted: {progress.why}")
        payload = run.input({**last.settings, RESTARTS: found.restarts}, state.as_dict())
        executions.start(self._clients.states, self._place.machine_arn, run, payload)

    def _tell(self, after: View, run: Run, found: Rescue) -> None:
        """Stuck, because somebody should find out why."""
        flags = {"stuck": True, "paused": False}
        phase, stable, weight = after.progress.phase.value, after.stable, after.weight
        told = News(self._function, run.candidate, stable, phase, weight, found.note, **flags)
        news.tell(self._clients, self._place, run, told)

    def _report(self, after: View, last: parts.Part | None) -> None:
        """Where there was an execution: else nobody knows which folder it belongs to."""
        if last is None:
            return
        progress, settings = after.progress, Settings.of(last.settings)
        world = AwsWorld(last.run, settings, self._clients, self._place, self._clock)
        state = State().moved(self._clock(), progress.phase, after.weight, progress.why)
        world.report(last.run, progress.phase.value, after, state)
