"""What the leading Region says about the same candidate. Pure."""

from enum import StrEnum

from live_alias.progress import Phase
from live_alias.record import Record


class Stand(StrEnum):
    """Matched by fingerprint: version numbers differ between Regions."""

    DECIDING = "deciding"
    PROMOTED = "promoted"
    """All its callers are on it, and it is still watched."""
    WATCHED = "watched"
    """The same, and the watch is over; also a version that came without a release by evidence."""
    JUDGED = "judged bad"
    STOPPED = "ended without a verdict"
    ELSEWHERE = "on another version"
    """The Region has not got it yet, or has gone on, or says nothing."""


PROMOTED = frozenset({Stand.PROMOTED, Stand.WATCHED})

_STANDS = {
    Phase.START: Stand.DECIDING,
    Phase.SHIFT: Stand.DECIDING,
    Phase.WATCH: Stand.PROMOTED,
    Phase.DONE: Stand.WATCHED,
    Phase.BACK: Stand.JUDGED,
    Phase.STOP: Stand.STOPPED,
}


def stand(leader: Record | None, ours: Record) -> Stand:
    """A candidate without a fingerprint is nobody else's."""
    if leader is None or not ours.fingerprint:
        return Stand.ELSEWHERE
    if leader.rejects(ours.fingerprint):
        return Stand.JUDGED
    if leader.fingerprint != ours.fingerprint:
        return Stand.ELSEWHERE
    return _STANDS[leader.progress.phase] if leader.progress else Stand.WATCHED
