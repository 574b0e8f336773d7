"""What the caller heard as silence in a Lambda block, and how long functions ran since the last prompt. Pure.

A flow log has no durations, so Lambda's own account comes first; two entries only bound it.
"""

from collections.abc import Sequence
from itertools import pairwise

from patchbay.explain.case import Case, Silence
from patchbay.explain.entries import AT_ONCE
from patchbay.explain.model import Entry
from patchbay.limits import CHAIN_SECONDS


def silence(case: Case, entries: Sequence[Entry]) -> Silence | None:
    """`entries` are the contact's, in order. None where nothing tells."""
    if case.attempts and all(attempt.duration_ms is not None for attempt in case.attempts):
        return _by_lambda(case)
    if case.attempts and case.entry.failed:
        return Silence(
            case.limit_ms, "the block's time limit: a request has no end in the function's log", True
        )
    return _between(case.entry, entries)


def before(entries: Sequence[Entry], entry: Entry) -> tuple[Entry, ...]:
    """The Lambda blocks right before `entry`. What takes time may have been a prompt, a queue or an agent:
    after a block that is not known to take none, and after a longer pause, the chain begins again."""
    found: list[Entry] = []
    for each, after in pairwise(entries[: _place(entries, entry) + 1]):
        if each.is_lambda:
            found.append(each)
        elif each.type not in AT_ONCE:
            found = []
        if after.at - each.at > CHAIN_SECONDS:
            found = []
    return tuple(found)


def _by_lambda(case: Case) -> Silence:
    number = len(case.attempts)
    basis = f"Duration and Init Duration of {'the request' if number == 1 else f'{number} requests'}"
    if case.entry.failed and case.took_ms > case.limit_ms:
        return Silence(case.limit_ms, f"the block's time limit: {basis} come to more")
    return Silence(case.took_ms, basis)


def _between(entry: Entry, entries: Sequence[Entry]) -> Silence | None:
    place = _place(entries, entry)
    around = [entries[at].at for at in (place - 1, place + 1) if 0 <= at < len(entries)]
    if not around:
        return None
    words = "from the entry before to the entry after" if len(around) == 2 else "to the nearest entry"
    return Silence((max(*around, entry.at) - min(*around, entry.at)) * 1000, words, True)


def _place(entries: Sequence[Entry], entry: Entry) -> int:
    return next(at for at, each in enumerate(entries) if each is entry)
