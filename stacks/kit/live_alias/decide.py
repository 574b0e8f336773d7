"""The decision table: from the request and what there is to what is to be done. Pure.

| Event | Alias | Action |
|---|---|---|
| Create | absent | create at the candidate |
| Create | exists | adopt as it is; then as an update |
| Update, candidate newer than the old one, no recorded verdict | - | start a release by strategy |
| Update, candidate unchanged, started before or judged bad | - | nothing |
| Update, candidate lower than the old one: CloudFormation rolls back | - | `live_alias.rollback` |
| Update | absent | create where the last deploy put it; then as above |
| Delete | - | `live_alias.delete` |

An alias that was deleted by hand is put back on the old candidate first, because that is the last version
known to have served callers; a release then starts from there, cautiously or not as its strategy says.
"""

from dataclasses import replace

from live_alias.delete import delete
from live_alias.executions import Run
from live_alias.record import Record, Release
from live_alias.request import Request
from live_alias.rollback import roll_back
from live_alias.routing import Routing
from live_alias.state import POLICY_HINT, Alias, Decision, Snapshot, Write
from live_alias.strategies import Start, keep_previous, named, resting


def decide(request: Request, snapshot: Snapshot) -> Decision:
    """Raises LiveAliasError for an unknown strategy."""
    if request.kind == "Delete":
        return delete(request, snapshot)
    if request.is_rollback:
        return roll_back(request, snapshot)
    if snapshot.live is None:
        return _without_alias(request, snapshot)
    if request.candidate == request.old_candidate:
        return _nothing(snapshot.live, "the candidate is unchanged")
    return _release(request, snapshot, snapshot.live)


def _without_alias(request: Request, snapshot: Snapshot) -> Decision:
    old = request.old_candidate
    if request.kind == "Create" or old is None or old == request.candidate or old not in snapshot.versions:
        routing = Routing(request.candidate)
        record = Record(request.owner, request.fingerprint, (Release(request.candidate),))
        created = Write(request.alias, routing, record.description(), None)
        hint = "" if request.kind == "Create" else POLICY_HINT
        return Decision((created,), routing, f"created at {routing}{hint}")
    decision = _release(request, snapshot, Alias(Routing(old), "", None))
    return replace(decision, note=decision.note + POLICY_HINT)


def _release(request: Request, snapshot: Snapshot, live: Alias) -> Decision:
    record = live.record
    if record is not None and record.rejects(request.fingerprint):
        return _nothing(live, f"version {request.candidate} was judged bad and is not released again")
    if record is not None and record.started(request.candidate):
        return _started(request, snapshot, live, record)
    start = Start(request, live, snapshot.previous, _next_record(request, snapshot, live))
    return named(request.strategy)(start)


def _started(request: Request, snapshot: Snapshot, live: Alias, record: Record) -> Decision:
    """The same candidate again: nothing is repeated, what broke off is finished, a new owner signs."""
    decision = _nothing(live, f"the release of version {request.candidate} had been started")
    if record.active and request.machine_arn:
        decision = replace(decision, run=Run(request.function, request.candidate, record.active.at))
    newest = record.releases[0]
    previous = snapshot.previous.routing.version if snapshot.previous else None
    if record.owner != request.owner:
        decision = replace(decision, steps=(_sign(request, snapshot, live, record),))
    before = newest.before if newest.before and newest.before.most in snapshot.versions else None
    if live.routing == Routing(request.candidate) and before and previous == newest.previous:
        unfinished = keep_previous(request, before, snapshot.previous)
        decision = replace(decision, steps=decision.steps + unfinished)
    return decision


def _sign(request: Request, snapshot: Snapshot, live: Alias, record: Record) -> Write:
    taken = _new_release(request, snapshot, live, record)
    signed = replace(record, owner=request.owner, releases=(taken, *record.releases))
    return Write(request.alias, live.routing, signed.description(), live.revision_id)


def _next_record(request: Request, snapshot: Snapshot, live: Alias) -> Record:
    """The candidate on top of the releases that are part of the stack: a rollback may have to pass several,
    after deploys without rollback."""
    record = live.record or Record(request.owner)
    old = request.old_candidate
    kept = tuple(r for r in record.releases if old is None or int(r.candidate) <= int(old))
    release = _new_release(request, snapshot, live, live.record)
    return Record(request.owner, request.fingerprint, (release, *kept), record.judged)


def _new_release(request: Request, snapshot: Snapshot, live: Alias, record: Record | None) -> Release:
    previous = snapshot.previous.routing.version if snapshot.previous else None
    release = Release(request.candidate, resting(live), previous)
    if request.kind != "Create":
        return release
    if record is not None:
        return replace(release, adopted_from=record.owner)
    return replace(release, adopted_from="", description=live.description)


def _nothing(live: Alias, why: str) -> Decision:
    return Decision((), live.routing, f"{why}: callers stay on {live.routing}")
