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
    """Every call goes to the candidate; `previous` keeps what a rollback goes back to."""
    routing = Routing(start.request.candidate)
    note = f"moved from {start.live.routing} to {routing}"
    keep = keep_previous(start.request, carrier(start.live), start.previous)
    return Decision((start.write(routing), *keep), routing, note)


def canary(start: Start) -> Decision:
    """Callers stay on the version that carries most of them; the controller moves them by evidence.

    A split by hand ends here, for good: whoever takes this release back goes to the one version. At weight 0
    nobody could tell whether a hand has put the callers there meanwhile.
    """
    request, stable = start.request, carrier(start.live)
    if stable.version == request.candidate:
        return all_at_once(start)
    if not request.machine_arn:
        raise LiveAliasError("StateMachineArn is missing: a canary release needs the release controller")
    newest, *older = start.record.releases
    releases = (replace(newest, before=stable), *older)
    record = replace(start.record, releases=releases, progress=Progress(Phase.START, request.now))
    note = f"the release of version {request.candidate} begins: callers are on {stable}"
    write = replace(start, record=record).write(stable)
    return Decision((write,), stable, note, Run(request.function, request.candidate, request.now))


def resting(live: Alias) -> Routing:
    """Where callers are, apart from a release that goes on: of its split the version that it goes back to.
    A split that names any other version is a hand's work, and stays whole."""
    record = live.record
    stable = record.stable if record and record.active else None
    if record is None or stable is None or not live.routing.names({stable}):
        return live.routing
    strangers = set(live.routing.shares) - {stable, record.releases[0].candidate}
    return live.routing if strangers else Routing(stable)


def carrier(live: Alias) -> Routing:
    """The one version that most callers are on, never the candidate of a release that is still split."""
    return Routing(resting(live).most)


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
