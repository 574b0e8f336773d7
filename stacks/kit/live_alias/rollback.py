"""CloudFormation rolls back: callers on a version that goes return to where they were before it. Pure.

Nobody else is moved. Afterwards no alias names a version of the failed deploy: CloudFormation deletes it, and
Lambda refuses to delete a version that an alias names.
"""

from collections.abc import Collection, Iterator
from dataclasses import replace

from live_alias.progress import Phase, Progress
from live_alias.record import Record, Release
from live_alias.request import Request
from live_alias.routing import Routing
from live_alias.state import POLICY_HINT, Alias, Decision, Remove, Snapshot, Step, Write
from live_alias.strategies import PREVIOUS_DESCRIPTION


def roll_back(request: Request, snapshot: Snapshot) -> Decision:
    """Where somebody moved the alias off the failed candidate meanwhile, it stays there.

    `previous` goes first: what is left to do can still be told from `live` if the second write fails.
    """
    live = snapshot.live
    undone = _undone(request, live.record if live else None)
    moved = live is None or live.routing.names(_failed(request, undone))
    steps = _restore_previous(request, snapshot, undone, moved=moved)
    if live is not None and not moved:
        if _runs(live, undone):
            steps = (*steps, _restore(request, live, live.routing, undone))
        return Decision(steps, live.routing, f"callers are not on the failed version: {live.routing}")
    target, note = _target(request, snapshot, undone)
    if target is not None:
        steps = (*steps, _restore(request, live, target, undone))
    return Decision(steps, target, note if live else note + POLICY_HINT)


def restored_previous(request: Request, snapshot: Snapshot, version: str | None) -> tuple[Step, ...]:
    """`previous` on the version that it named before; removed if there was none, or it is gone."""
    now = snapshot.previous
    if version is None or version not in snapshot.versions:
        return (Remove(request.previous_alias),) if now else ()
    if now is not None and now.routing == Routing(version):
        return ()
    revision = now.revision_id if now else None
    return (Write(request.previous_alias, Routing(version), PREVIOUS_DESCRIPTION, revision),)


def _undone(request: Request, record: Record | None) -> tuple[Release, ...]:
    """The releases that this rollback takes back, the newest first."""
    releases = record.releases if record else ()
    return tuple(release for release in releases if int(release.candidate) > int(request.candidate))


def _runs(live: Alias, undone: tuple[Release, ...]) -> bool:
    """The release of a candidate that is taken back still goes on: its controller must not find it so."""
    record = live.record
    return bool(record and record.active and record.releases[0] in undone)


def _failed(request: Request, undone: Collection[Release]) -> frozenset[str]:
    return frozenset({str(request.old_candidate), *(release.candidate for release in undone)})


def _target(request: Request, snapshot: Snapshot, undone: tuple[Release, ...]) -> tuple[Routing | None, str]:
    """The first choice that still exists; without any, what callers are on now works and is kept."""
    usable = snapshot.versions - _failed(request, undone)
    recorded = [release.before for release in undone if release.before]
    for wish in recorded:
        if wish.keep(usable) == wish:
            return wish, f"back to {wish}"
    lost = f": not all of {recorded[0]} is there any more" if recorded else ""
    for wish in (*recorded, *_fallbacks(request, snapshot, usable)):
        left = wish.keep(usable)
        if left is not None:
            return left, f"back to {left}{lost}"
    now = snapshot.live.routing if snapshot.live else None
    return now, f"no earlier version of {request.function} is there any more: callers stay on {now}"


def _fallbacks(request: Request, snapshot: Snapshot, usable: Collection[str]) -> Iterator[Routing]:
    """Where the record says nothing: without the failed version's share, `previous`, the last deploy."""
    if snapshot.live is not None:
        if snapshot.live.routing.version in usable:
            yield snapshot.live.routing
        if snapshot.previous is not None:
            yield snapshot.previous.routing
    yield Routing(request.candidate)


def _restore(request: Request, live: Alias | None, target: Routing, undone: tuple[Release, ...]) -> Write:
    kept = (live.record if live else None) or Record(request.owner)
    releases = tuple(release for release in kept.releases if release not in undone)
    progress = _ended(request, target, releases)
    after = replace(kept, fingerprint=request.fingerprint, releases=releases, progress=progress)
    return Write(request.alias, target, after.description(), live.revision_id if live else None)


def _ended(request: Request, target: Routing, releases: tuple[Release, ...]) -> Progress | None:
    """Of the version that CloudFormation goes back to: the failed deploy may have superseded its release, or
    come after a verdict. Without this word another Region would take it for promoted."""
    here = bool(releases) and releases[0].candidate == request.candidate
    if target.most == request.candidate or not here:
        return None
    return Progress(Phase.STOP, request.now, why="not begun again: CloudFormation rolled back")


def _restore_previous(
    request: Request, snapshot: Snapshot, undone: tuple[Release, ...], *, moved: bool
) -> tuple[Step, ...]:
    now = snapshot.previous
    set_by_release = {release.before.most for release in undone if release.before} if moved else set()
    if now is not None and now.routing.names(_failed(request, undone) | set_by_release):
        return restored_previous(request, snapshot, undone[-1].previous if undone else None)
    return ()
