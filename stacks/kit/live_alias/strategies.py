"""How a release starts. A strategy is a function in `STRATEGIES`, and nothing else knows its name.

It gets a `Start` and returns at once with a decision; what goes on afterwards is not CloudFormation's matter.
It writes `start.record` to the alias, in the same call as a move if it makes one: a rollback reads it.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace

from live_alias.errors import LiveAliasError
from live_alias.executions import Run
from live_alias.progress import Phase, Progress
from live_alias.record import Record
from live_alias.request import Request
from live_alias.routing import Routing
from live_alias.state import Alias, Decision, Write


@dataclass(frozen=True)
class Start:
    """A release about to start."""

    request: Request
    live: Alias
    """Where callers are; with no revision if the alias has to be created."""
    previous: Alias | None
    record: Record
    """The new candidate is its first release."""

    def write(self, routing: Routing) -> Write:
        """The alias at `routing`, with the record."""
        return Write(self.request.alias, routing, self.record.description(), self.live.revision_id)


Strategy = Callable[[Start], Decision]


def all_at_once(start: Start) -> Decision:
    """Every call goes to the candidate; `previous` keeps what carried most calls before."""
    routing = Routing(start.request.candidate)
    note = f"moved from {start.live.routing} to {routing}"
    keep = keep_previous(start.request, start.live.routing, start.previous)
    return Decision((start.write(routing), *keep), routing, note)


def canary(start: Start) -> Decision:
    """Callers stay on the version that carries most of them; the controller moves them by evidence."""
    request, stable = start.request, Routing(carrier(start.live).most)
    if stable.version == request.candidate:
        return all_at_once(start)
    if not request.machine_arn:
        raise LiveAliasError("StateMachineArn is missing: a canary release needs the release controller")
    record = replace(start.record, progress=Progress(Phase.START, request.now))
    note = f"the release of version {request.candidate} begins: callers are on {stable}"
    write = replace(start, record=record).write(stable)
    return Decision((write,), stable, note, Run(request.function, request.candidate, request.now))


def carrier(live: Alias) -> Routing:
    """Where callers are, apart from a release that goes on: of its split the version that it goes back to."""
    record = live.record
    if record is None or not record.active:
        return live.routing
    stable = record.stable
    return Routing(stable if stable and live.routing.names({stable}) else live.routing.version)


STRATEGIES: dict[str, Strategy] = {"all-at-once": all_at_once, "canary": canary}


def named(name: str) -> Strategy:
    """Raises LiveAliasError for a strategy that does not exist."""
    if name not in STRATEGIES:
        raise LiveAliasError(f"Strategy is {name!r}: it must be one of {', '.join(sorted(STRATEGIES))}")
    return STRATEGIES[name]


def keep_previous(request: Request, before: Routing, previous: Alias | None) -> tuple[Write, ...]:
    """`previous` on the version that a release goes back to, so that Lambda itself refuses to delete it."""
    routing = Routing(before.most)
    if routing.version == request.candidate or (previous is not None and previous.routing == routing):
        return ()
    revision = previous.revision_id if previous else None
    return (Write(request.previous_alias, routing, PREVIOUS_DESCRIPTION, revision),)


PREVIOUS_DESCRIPTION = "patchbay: carried most calls before the last release"
