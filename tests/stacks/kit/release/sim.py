"""One function in one Region: its aliases, its callers, and the executions that work on its releases.

Time is simulated. Lambda is the fake of the alias tests behind a real boto3 client, so writes are guarded by
the RevisionId; the step is the controller's own.
"""

import json
from dataclasses import dataclass, field, replace
from typing import Any

from live_alias.errors import DecideAnewError, LiveAliasError
from live_alias.executions import Run
from live_alias.progress import Phase
from live_alias.record import Record
from release.operate import Answer, Command, Order, operate
from release.orphans import RESTARTS, rescue
from release.parts import Part
from release.step import step
from release.view import View, view
from tests.stacks.kit.live_alias.lambda_service import FUNCTION
from tests.stacks.kit.live_alias.world import Stack
from tests.stacks.kit.release.sim_callers import Callers
from tests.stacks.kit.release.sim_world import Killed, SimWorld

HOUR = 3600.0
RETRY_SECONDS, RETRIES = 5.0, 5
"""Of the step in the state machine."""


@dataclass
class Execution:
    """A running execution: the payload of its next step."""

    payload: dict[str, Any]
    due: float
    failures: int = 0


@dataclass
class Region:
    """Version 1 is deployed at once; releases after it are canary."""

    name: str = "eu-west-2"
    release: dict[str, Any] = field(default_factory=dict)
    calls_per_hour: float = 120.0
    now: float = 1_763_000_000.0

    def __post_init__(self) -> None:
        self.stack = Stack()
        self.stack.release |= {"watch_hours": 2, **self.release}
        self.service = self.stack.service
        self.callers = Callers(self.service, self.calls_per_hour, self.now)
        self.world = SimWorld(self)
        self.executions: dict[str, Execution] = {}
        self.ends: dict[str, str] = {}
        """How executions ended, by name."""
        self.stopped: dict[str, float] = {}
        """When they did."""
        self.states: list[dict[str, Any]] = []
        """What the steps returned."""
        self.stack.now = int(self.now)
        self.stack.create()
        self.stack.strategy = "canary"

    # What is where.

    @property
    def live(self) -> tuple[str, dict[str, float]]:
        where = self.stack.live
        assert where
        return where

    @property
    def previous(self) -> str | None:
        return self.stack.previous

    @property
    def record(self) -> Record:
        record = self.stack.record
        assert record
        return record

    @property
    def phase(self) -> Phase | None:
        return self.record.progress.phase if self.record.progress else None

    @property
    def view(self) -> View:
        seen = view(self.world.aliases.snapshot())
        assert seen
        return seen

    @property
    def state(self) -> dict[str, Any]:
        """What the last step returned."""
        state: dict[str, Any] = self.states[-1]["state"]
        return state

    # What others do.

    def deploy(self) -> str:
        """Of new code; the controller is started. Returns the candidate."""
        self.stack.now = int(self.now)
        self.stack.deploy()
        self.start_executions()
        return self.stack.current

    def deploy_that_fails(self) -> str:
        self.stack.now = int(self.now)
        failed = self.stack.deploy_halfway()
        self.start_executions()
        return failed

    def roll_back(self, failed: str) -> None:
        self.stack.now = int(self.now)
        self.stack.roll_back(failed)
        self.stack.clean_up(failed)
        self.start_executions()

    def decide(self, command: str, **fields: Any) -> Answer:
        """What an operator's command decides now, not yet written."""
        order = Order(Command(command), FUNCTION, int(self.now), **fields)
        return operate(order, self.world.aliases.snapshot())

    def command(self, command: str, **fields: Any) -> Answer:
        """As the command line does it: anew, where the alias changed meanwhile."""
        answer = self.decide(command, **fields)
        self.write(answer)
        return answer

    def write(self, answer: Answer) -> None:
        """Raises DecideAnewError where the alias changed meanwhile."""
        self.callers.until(self.now)
        self.world.aliases.apply(answer.steps)
        if answer.run:
            self.world.begin(answer.run, answer.run.input(self.stack.release))
        self.start_executions()

    def by_hand(self, version: str, weights: dict[str, float] | None = None, **fields: Any) -> None:
        self.callers.until(self.now)
        self.service.by_hand("live", version, weights, **fields)

    def sweep(self) -> str:
        """By the shipped rules; the clients around them are tried in test_sweep.py. What was done."""
        seen = view(self.world.aliases.snapshot())
        if seen is None or not seen.progress.active:
            return "nothing to do"
        found = rescue(seen, self._last(Run(FUNCTION, seen.candidate, seen.progress.at)), self.now)
        self.callers.until(self.now)
        self.world.aliases.apply(found.steps)
        if found.run:
            settings = {**self.stack.release, RESTARTS: found.restarts}
            self.world.begin(found.run, found.run.input(settings))
        self.start_executions()
        return found.note

    def _last(self, run: Run) -> Part | None:
        """As `release.parts.last` finds it."""
        last = None
        while (given := self.stack.states.inputs.get(run.name)) is not None:
            alive = run.name in self.executions
            failed = self.ends.get(run.name, "failed").startswith("failed")
            stopped = None if alive else self.stopped.get(run.name, self.now)
            last = Part(run, alive, not (alive or failed), stopped, given["settings"])
            if alive:
                break
            run = replace(run, part=run.part + 1)
        return last

    def working(self) -> list[str]:
        """The executions that work on the release of the record."""
        progress = self.record.progress
        if progress is None:
            return []
        first = Run(FUNCTION, self.record.releases[0].candidate, progress.at)
        return [name for name in self.executions if name.startswith(first.name.rsplit("-", 1)[0] + "-")]

    # Time.

    def start_executions(self) -> None:
        for name, payload in self.stack.states.inputs.items():
            if name not in self.ends and name not in self.executions:
                self.executions[name] = Execution(json.loads(json.dumps(payload)), self.now)

    def advance(self, seconds: float) -> None:
        """Callers call, and executions take the steps that are due."""
        end = self.now + seconds
        while due := [name for name, run in self.executions.items() if run.due <= end]:
            name = min(due, key=lambda name: self.executions[name].due)
            self._step(name)
        self.now = end
        self.callers.until(end)

    def hours(self, hours: float) -> None:
        self.advance(hours * HOUR)

    def tick(self, steps: int = 1) -> None:
        """Until the next step of any execution is taken."""
        for _ in range(steps):
            if self.executions:
                self.advance(max(0.0, min(run.due for run in self.executions.values()) - self.now))

    def until(self, *phases: Phase | str | None, hours: float = 100) -> None:
        """Until the record is in one of `phases`."""
        end = self.now + hours * HOUR
        while self.phase not in phases:
            assert self.executions, f"nobody works on it any more: {self.record}"
            assert self.now < end, f"still {self.phase}: {self.state['note']}"
            self.tick()

    def reach(self, phase: str) -> str:
        """Deploys a version and brings its release into `phase`. Returns the candidate."""
        candidate = self.deploy()
        if phase == Phase.BACK:
            self.callers.rates[candidate] = 1.0
        if phase == Phase.STOP:
            self.tick(2)
            self.command("abort")
        self.until(Phase(phase))
        return candidate

    def _step(self, name: str) -> None:
        execution = self.executions[name]
        self.now = max(self.now, execution.due)
        self.callers.until(self.now)
        try:
            answer = json.loads(json.dumps(step(execution.payload, self.world, lambda _: None)))
        except (Killed, DecideAnewError, LiveAliasError) as error:
            self._failed(name, execution, error)
            return
        self.states.append(answer)
        if answer["done"]:
            self.end(name, answer["end"])
        else:
            self.executions[name] = Execution(answer, self.now + answer["wait"])
        self.start_executions()

    def _failed(self, name: str, execution: Execution, error: Exception) -> None:
        execution.failures += 1
        execution.due = self.now + RETRY_SECONDS
        if execution.failures > RETRIES:
            self.end(name, f"failed: {error}")
        self.start_executions()

    def end(self, name: str, how: str) -> None:
        """Of an execution."""
        del self.executions[name]
        self.ends[name], self.stopped[name] = how, self.now
