"""The resource goes: what it made goes with it, what it adopted and never released is put back. Pure."""

from live_alias.record import Record, Release
from live_alias.request import Request
from live_alias.rollback import restored_previous
from live_alias.routing import Routing
from live_alias.state import Alias, Decision, Remove, Snapshot, Write
from live_alias.strategies import PREVIOUS_DESCRIPTION


def delete(request: Request, snapshot: Snapshot) -> Decision:
    """Leaves an alias that carries no record, or the record of another resource that took it over."""
    live, previous = snapshot.live, snapshot.previous
    if request.physical_id != request.alias_arn:
        return Decision((), None, f"{request.physical_id} is not an id that this handler gives")
    if live is None:
        ours = previous is not None and previous.description == PREVIOUS_DESCRIPTION
        return Decision((Remove(request.previous_alias),) if ours else (), None, "there is no alias")
    record = live.record
    if record is None or record.owner != request.owner:
        return Decision((), live.routing, f"{request.alias} belongs to another resource, or nobody: it stays")
    if record.releases and record.releases[0].adopted_from is not None:
        return _put_back(request, snapshot, live, record)
    removed = (Remove(request.alias), *((Remove(request.previous_alias),) if previous else ()))
    return Decision(removed, None, f"{request.alias} is deleted")


def _put_back(request: Request, snapshot: Snapshot, live: Alias, record: Record) -> Decision:
    """A first create that failed, as far as can be told: no release came after the adoption."""
    adopted = record.releases[0]
    routing = _before(live, adopted, snapshot)
    description = adopted.description
    if adopted.adopted_from:
        description = Record(adopted.adopted_from, "", record.releases[1:], record.judged).description()
    write = Write(request.alias, routing, description, live.revision_id)
    previous = restored_previous(request, snapshot, adopted.previous)
    return Decision((write, *previous), routing, f"{request.alias} had been adopted: back to {routing}")


def _before(live: Alias, adopted: Release, snapshot: Snapshot) -> Routing:
    if adopted.before is None or not live.routing.names({adopted.candidate}):
        return live.routing
    return adopted.before.keep(snapshot.versions) or live.routing
