"""A release on a simulated Region: Step Functions' loop, callers, and the sweep."""

import json
from collections.abc import Callable
from typing import Any

from live_alias.executions import Run
from live_alias.progress import Phase, Progress
from live_alias.record import Record, Release
from live_alias.record import parse as parse_record
from live_alias.routing import Routing
from release.handler import answer
from release.view import LIVE
from tests.stacks.kit.release.account import PLACE, Account, Killed
from tests.stacks.kit.release.services import FUNCTION, LOG_GROUP

SETTINGS: dict[str, Any] = {
    "name": "lookup",
    "log_group": LOG_GROUP,
    "time_limit_seconds": 3,
    "response": "STRING_MAP",
    "effects": False,
    "lead": None,
    "max_hours": 24,
    "watch_hours": 0.4,
    "period_seconds": 1800,
    "settle_seconds": 10,
    "watch_period_seconds": 1800,
    "history_events": 20_000,
}
CALLS_PER_HOUR = 120
"""With that long periods a release takes few steps, and a test little time."""
RETRIES = 5
"""Of the Step state."""
MOST_STEPS = 200
"""Of a release that ends."""


class Controller:
    """`fails`: whether a version fails a call, by version and number of the call.

    Version 1 has callers, version 2 is the candidate.
    """

    def __init__(self, fails: Callable[[str, int], bool] = lambda version, call: False) -> None:
        self.account = Account()
        self.fails = fails
        self.settings = dict(SETTINGS)
        self.execution_dies = False
        """Whether a killed step is not repeated."""
        self.deaths = 0
        self._call = 0
        self._share = 0.0
        self._inputs: dict[str, str] = {}
        """Of the next step, by execution."""

    @property
    def live(self) -> tuple[str, dict[str, float]] | None:
        return self.account.function.where(LIVE)

    @property
    def record(self) -> Record:
        found = parse_record(self.account.function.aliases[LIVE]["Description"])
        assert found is not None
        return found

    @property
    def progress(self) -> Progress:
        assert self.record.progress is not None
        return self.record.progress

    def deploy(self, *, start: bool = True) -> Run:
        """What the custom resource does; `start`: the execution, too."""
        function, at = self.account.function, int(self.account.telemetry.now)
        stable, candidate = function.publish(), function.publish()
        self.recorded(Progress(Phase.START, at), Routing(stable), candidate)
        run = Run(FUNCTION, candidate, at)
        if start:
            self.account._StartExecution(
                {
                    "stateMachineArn": PLACE.machine_arn,
                    "name": run.name,
                    "input": json.dumps(run.input(self.settings)),
                }
            )
        return run

    def recorded(self, progress: Progress, routing: Routing, candidate: str = "2") -> None:
        """The alias as it is, with a release on record."""
        release = Release(candidate, Routing("1"))
        record = Record("owner", "f" * 16, (release,), progress=progress)
        weights = dict(routing.weights)
        function = self.account.function
        function.by_hand(LIVE, routing.version, weights, Description=record.description())

    def run(self) -> None:
        """Until no execution is left, and nothing is left to do for the sweep."""
        for _ in range(MOST_STEPS):
            if not self.advance():
                return
        raise AssertionError("the release does not end")

    def advance(self) -> bool:
        """One step, or the sweep where no execution is left; False where nothing is left to do."""
        if self.running:
            self.one_step()
        elif self.progress.active:
            self.wait(900)
            self.sweep()
        else:
            return False
        return True

    @property
    def running(self) -> list[dict[str, Any]]:
        """Executions."""
        return [one for one in self.account.executions.values() if one["status"] == "RUNNING"]

    @property
    def split(self) -> bool:
        return bool(self.live and self.live[1])

    @property
    def promoted(self) -> bool:
        """Whether all callers were ever on the candidate: `previous` then keeps the way back."""
        return "previous" in self.account.function.aliases

    def fail_execution(self) -> None:
        """For whatever reason; the sweep that comes with it is left out."""
        self.account.stop(self.running[0]["name"], "FAILED")

    def sweep(self) -> None:
        """EventBridge's; where it is killed, the next one comes with the schedule."""
        try:
            self.answer({"sweep": [FUNCTION]})
        except Killed:
            self.deaths += 1

    def answer(self, event: dict[str, Any]) -> dict[str, Any]:
        """One invocation of the Lambda."""
        telemetry = self.account.telemetry
        return answer(event, self.account.clients(), PLACE, lambda: telemetry.now)

    def wait(self, seconds: float) -> None:
        """Callers come."""
        telemetry, number = self.account.telemetry, round(CALLS_PER_HOUR * seconds / 3600)
        began = telemetry.now
        for index in range(number):
            telemetry.now = began + (index + 0.5) * seconds / number
            self._caller(telemetry.now)
        telemetry.now = began + seconds

    def one_step(self) -> None:
        """Repeated as the state machine does, and the wait after it."""
        execution = self.running[0]
        event = json.loads(self._inputs.get(execution["name"], execution["input"]))
        for _ in range(1 if self.execution_dies else 1 + RETRIES):
            try:
                after = self.answer(event)
                break
            except Killed:
                self.deaths += 1
        else:
            self.account.stop(execution["name"], "FAILED")
            self.sweep()
            return
        if after["done"]:
            self.account.stop(execution["name"], "SUCCEEDED")
            return
        self._inputs[execution["name"]] = json.dumps(after)
        self.wait(after["wait"])

    def _caller(self, at: float) -> None:
        where = self.live
        assert where is not None
        stable, weights = where
        telemetry = self.account.telemetry
        telemetry.split = bool(weights)
        self._call += 1
        self._share += sum(weights.values())
        version = stable
        if self._share >= 1:
            self._share -= 1
            version = next(iter(weights), stable)
        met = telemetry.raised if self.fails(version, self._call) else telemetry.ok
        met(version, f"contact-{self._call}", at - 1)
