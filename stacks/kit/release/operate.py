"""What operators may do with a release, in any state, as often as they like. Pure."""

from dataclasses import dataclass, replace
from enum import StrEnum

from live_alias.executions import Run
from live_alias.progress import ENDS, Phase, Progress
from live_alias.record import Record, Release
from live_alias.routing import Routing
from live_alias.state import Alias, Snapshot, Write
from live_alias.strategies import carrier
from release.view import LIVE, View, view


class Command(StrEnum):
    """The subcommands of `patchbay release` that change something."""

    START = "start"
    PAUSE = "pause"
    RESUME = "resume"
    PROMOTE = "promote"
    ABORT = "abort"


@dataclass(frozen=True)
class Order:
    """What an operator asks for."""

    command: Command
    function: str
    """The Lambda function's name."""
    now: int
    """Epoch seconds."""
    force: bool = False
    reason: str = ""
    version: str | None = None
    """For start: the candidate; the newest version where it is None."""
    fingerprint: str = ""
    """For start with a version that no deploy released: what identifies its code in every Region."""


@dataclass(frozen=True)
class Answer:
    """What to write, and what to say. `refused`: nothing is done, the order was a mistake."""

    steps: tuple[Write, ...]
    sentence: str
    run: Run | None = None
    refused: bool = False


def operate(order: Order, snapshot: Snapshot) -> Answer:
    """Decides on what was read; the writes carry its RevisionId."""
    if snapshot.live is None:
        return _no(f"{order.function} has no alias {LIVE}: deploy it first", refused=True)
    if order.command is Command.START:
        return _start(order, snapshot, snapshot.live)
    seen = view(snapshot)
    if seen is None:
        stays = f"no release of {order.function} is on record; callers are on {snapshot.live.routing}"
        return _no(stays, refused=order.command is Command.PROMOTE)
    if order.command is Command.PROMOTE:
        return _promote(order, seen)
    if order.command is Command.ABORT:
        return _abort(order, seen)
    return _pause(seen, paused=order.command is Command.PAUSE)


def _promote(order: Order, seen: View) -> Answer:
    phase, candidate = seen.progress.phase, seen.candidate
    if phase in (Phase.WATCH, Phase.DONE) and seen.weight == 1:
        return _no(f"version {candidate} is promoted already")
    if phase in ENDS and not order.force:
        why = f"the release of version {candidate} ended ({phase}: {seen.progress.why})"
        return _no(f"{why}; --force promotes it all the same", refused=True)
    if candidate not in seen.versions:
        return _no(f"version {candidate} is not there any more", refused=True)
    why = order.reason or ("forced" if order.force else "promoted by an operator")
    # A release that ended has no execution any more, so it gets one to be watched by.
    at = _fresh(order, seen.progress) if phase in ENDS else seen.progress.at
    again = replace(seen, progress=replace(seen.progress, at=at))
    run = Run(order.function, candidate, at) if phase in ENDS else None
    return Answer(again.promote(why), f"every call goes to version {candidate} now", run)


def _abort(order: Order, seen: View) -> Answer:
    stable, why = seen.stable, order.reason or "aborted by an operator"
    if seen.weight == 0 and seen.progress.phase in ENDS:
        return _no(f"the release of version {seen.candidate} is over; callers are on {seen.live.routing}")
    if seen.strangers and seen.weight == 0:
        over = f"the release of version {seen.candidate} is over; callers stay on {seen.live.routing}"
        return Answer(seen.end(Phase.STOP, why), over)
    if stable is None:
        gone = f"there is no earlier version of {order.function} to go back to"
        return _no(f"{gone}: callers stay on {seen.live.routing}", refused=True)
    return Answer(seen.to_stable(Phase.STOP, why), f"every call goes to version {stable} now")


def _pause(seen: View, *, paused: bool) -> Answer:
    if seen.progress.phase in ENDS:
        return _no(f"the release of version {seen.candidate} is over; callers are on {seen.live.routing}")
    release = f"the release of version {seen.candidate}"
    if seen.progress.paused == paused:
        return _no(f"{release} {'is paused' if paused else 'goes on'} already")
    holds = "is paused: the weight stays as it is, a bad verdict still takes callers back"
    sentence = f"{release} {holds if paused else 'goes on'}"
    return Answer(seen.set_paused(paused=paused), sentence)


def _start(order: Order, snapshot: Snapshot, live: Alias) -> Answer:
    versions = sorted((v for v in snapshot.versions if v.isdecimal()), key=int)
    candidate = order.version or (versions[-1] if versions else "")
    if candidate not in versions:
        known = ", ".join(versions[-10:]) or "none"
        return _no(f"{order.function} has no version {candidate}: there are {known}", refused=True)
    record = live.record
    if record and record.active and record.started(candidate):
        return _no(f"the release of version {candidate} is going on already")
    if live.routing == Routing(candidate):
        return _no(f"nothing to release: callers are on version {candidate} already")
    if record and record.active and carrier(live).version == candidate:
        going = f"the release of version {record.releases[0].candidate} goes back to version {candidate}"
        return _no(f"{going}: abort that one instead", refused=True)
    if record and _judged(record, order, candidate) and not order.force:
        return _no(f"version {candidate} was judged bad: --force releases it all the same", refused=True)
    return _started(order, snapshot, live, candidate)


def _judged(record: Record, order: Order, candidate: str) -> bool:
    fingerprint = record.fingerprint if record.started(candidate) else order.fingerprint
    return record.rejects(fingerprint)


def _started(order: Order, snapshot: Snapshot, live: Alias, candidate: str) -> Answer:
    record = live.record or Record("")
    previous = snapshot.previous.routing.version if snapshot.previous else None
    stable = carrier(live) if record.active else Routing(_other(live.routing, candidate))
    if record.started(candidate):
        newest = replace(record.releases[0], before=stable)
        record = replace(record, releases=(newest, *record.releases[1:]))
    else:
        release = Release(candidate, stable, previous)
        record = replace(record, releases=(release, *record.releases), fingerprint=order.fingerprint)
    if record.rejects(record.fingerprint):
        record = replace(record, judged="")
    progress = Progress(Phase.START, _fresh(order, record.progress), why=order.reason)
    record = replace(record, progress=progress)
    write = Write(LIVE, stable, record.description(), live.revision_id)
    run = Run(order.function, candidate, progress.at)
    return Answer((write,), f"the release of version {candidate} begins: callers are on {stable}", run)


def _fresh(order: Order, last: Progress | None) -> int:
    """Two releases of one candidate within a second would be one execution."""
    return max(order.now, last.at + 1) if last else order.now


def _other(routing: Routing, candidate: str) -> str:
    """The version that carries most calls beside the candidate."""
    shares = {version: share for version, share in routing.shares.items() if version != candidate}
    return max(shares, key=lambda version: shares[version])


def _no(sentence: str, *, refused: bool = False) -> Answer:
    return Answer((), sentence, refused=refused)
