"""One step of the controller: read alias and evidence, decide, write; anew where the alias changed."""

import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from math import ceil
from typing import Any

from live_alias.executions import Run
from live_alias.progress import ENDS, Phase
from live_alias.state import Snapshot
from release.begin import begin
from release.evidence import Unreadable
from release.follow import follow
from release.hands import orphaned
from release.orphans import afterwards
from release.outcome import Outcome
from release.patience import blind, paused
from release.report import WORDS
from release.settings import Settings
from release.shift import shift
from release.state import State
from release.tries import Sleep, tried
from release.view import View, view
from release.watching import watch
from release.world import News, World

EVENTS_PER_STEP = 15
"""History events: 9 of Task, Choice and Wait, and room for a repetition or two."""

SUPERSEDED = "superseded"
"""The end of an execution whose release the alias does not record any more."""

Decide = Callable[[View, State, Settings, World], Outcome]
PHASES: dict[Phase, Decide] = {Phase.START: begin, Phase.SHIFT: shift, Phase.WATCH: watch}


@dataclass(frozen=True)
class Job:
    """The step's input, parsed."""

    run: Run
    settings: Settings
    raw_settings: Mapping[str, Any]
    state: State

    @classmethod
    def of(cls, raw: Mapping[str, Any]) -> "Job":
        """Of an execution's input or of the last step's output."""
        run = Run(raw["function"], raw["candidate"], int(raw["at"]), int(raw["part"]))
        state = State.of(raw["state"]) if raw["state"] else State()
        return cls(run, Settings.of(raw["settings"]), raw["settings"], state)

    def is_of(self, view: View | None) -> bool:
        """Whether the alias still records this release."""
        return view is not None and view.progress.at == self.run.at and view.candidate == self.run.candidate


def step(raw: Mapping[str, Any], world: World, sleep: Sleep = time.sleep) -> dict[str, Any]:
    """The next step's input, with `wait` (whole seconds) and `done`.

    Raises DecideAnewError or LiveAliasError where it did nothing; it may then be repeated as it is.
    """
    job = Job.of(raw)
    return tried(lambda: _once(job, world), sleep)


def _once(job: Job, world: World) -> dict[str, Any]:
    snapshot = world.snapshot()
    before = view(snapshot)
    if before is None or not job.is_of(before):
        world.apply(orphaned(snapshot, job.run, job.state))
        _superseded(job, snapshot, world)
        return _answer(job, job.state, done=True, wait=1, end=SUPERSEDED)
    if before.progress.phase in ENDS:
        return _finish(job, before, replace(job.state, stuck=False), world)
    outcome = _decide(job, before, world)
    world.apply(outcome.steps)
    now = world.now()
    after = afterwards(before, outcome.steps)
    state = paused(_ticked(job.state, outcome.state, before, now), after, now)
    if after.progress.phase in ENDS:
        return _finish(job, after, state, world)
    return _go_on(job, _announced(after, state, job.run, world), after, world)


def _decide(job: Job, before: View, world: World) -> Outcome:
    lead = job.settings.lead
    decide = follow if lead and lead.mode == "follow" else PHASES[before.progress.phase]
    try:
        return decide(before, job.state, job.settings, world)
    except Unreadable as error:
        return blind(before, job.state, job.settings, str(error), world.now())


def _superseded(job: Job, snapshot: Snapshot, world: World) -> None:
    """CloudFormation takes a release back without a word of its own."""
    run = job.run
    weight = snapshot.live.routing.shares.get(run.candidate, 0.0) if snapshot.live else 0.0
    flags = {"stuck": False, "paused": False}
    world.tell(News(run.function, run.candidate, None, SUPERSEDED, weight, WORDS[SUPERSEDED], **flags))
    world.report(run, SUPERSEDED, None, job.state)


def _ticked(before: State, after: State, seen: View, now: float) -> State:
    paused = now - before.ticked if seen.progress.paused and before.ticked else 0.0
    return replace(
        after, ticked=now, ticks=after.ticks + 1, paused_seconds=after.paused_seconds + max(0.0, paused)
    )


def _announced(after: View, state: State, run: Run, world: World) -> State:
    """Tells what changed since it was told last; twice rather than never, where a step was killed."""
    progress = after.progress
    headline = f"{progress.phase} {after.weight:g} {int(progress.paused)} {int(state.stuck)}"
    if headline == state.announced:
        if state.stuck:
            world.still_stuck()
        return state
    why = (state.note if state.stuck else progress.why) or state.note
    flags = {"stuck": state.stuck, "paused": progress.paused}
    world.tell(
        News(run.function, after.candidate, after.stable, progress.phase.value, after.weight, why, **flags)
    )
    return replace(state, announced=headline)


def _finish(job: Job, ended: View, state: State, world: World) -> dict[str, Any]:
    if not state.moves or state.moves[-1].phase != ended.progress.phase:
        state = state.moved(world.now(), ended.progress.phase, ended.weight, ended.progress.why)
    state = _announced(ended, state, job.run, world)
    world.report(job.run, ended.progress.phase.value, ended, state)
    return _answer(job, state, done=True, wait=1, end=ended.progress.phase.value)


def _go_on(job: Job, state: State, after: View, world: World) -> dict[str, Any]:
    watching = after.progress.phase is Phase.WATCH
    seconds = job.settings.watch_period_seconds if watching else job.settings.period_seconds
    if state.ticks * EVENTS_PER_STEP < job.settings.history_events:
        return _answer(job, state, done=False, wait=max(1, ceil(seconds)))
    successor = replace(job.run, part=job.run.part + 1)
    handed = replace(state, ticks=0)
    world.succeed(successor, successor.input(job.raw_settings, handed.as_dict()))
    return _answer(job, state, done=True, wait=1, end="successor")


def _answer(job: Job, state: State, *, done: bool, wait: int, end: str = "") -> dict[str, Any]:
    payload = job.run.input(job.raw_settings, state.as_dict())
    return {**payload, "wait": wait, "done": done, "end": end}
