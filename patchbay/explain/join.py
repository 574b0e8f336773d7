"""Which requests of a function belong to which Lambda block. Pure.

AWS does not publish whether an entry of the flow log is stamped when its block begins or when it ends, so
both are tried and the reading that places more requests is taken.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from patchbay.explain.model import Attempt, Entry
from patchbay.limits import BLOCK_RETRIES, BLOCK_TIME_LIMIT_SECONDS

SLACK_SECONDS = 1.5
"""Clocks of several services, and the way between them."""
CLOCKS_SECONDS = 0.25
"""Their difference alone."""


@dataclass(frozen=True)
class Joined:
    """The requests of one block."""

    attempts: tuple[Attempt, ...] = ()
    by_time: bool = False
    """They were found by their time, because none of their lines names the contact."""
    nameless: tuple[Attempt, ...] = ()
    """Requests of that time that name no contact, and are too many or too different to be this block's."""


def limit_seconds(entry: Entry) -> float:
    """The block's; the most that there is where the entry does not say."""
    return (entry.limit_ms or BLOCK_TIME_LIMIT_SECONDS[1] * 1000) / 1000


def join(
    blocks: Sequence[Entry], attempts: Sequence[Attempt], entries: Sequence[Entry] = ()
) -> tuple[Joined, ...]:
    """`blocks` of one contact and one function, in order; `attempts` of that function, of any contact.

    A block begins after the one before it, which is among `entries`: all of the contact, in order.
    """
    contact = blocks[0].contact.lower() if blocks else ""
    own = [attempt for attempt in attempts if (attempt.contact or "").lower() == contact]
    placed = max((_placed(blocks, own, ends=ends) for ends in (True, False)), key=_count)
    nameless = [attempt for attempt in attempts if attempt.contact is None]
    after = [_after(block, entries) for block in blocks]
    near = _placed(blocks, nameless, ends=True)
    near = [[a for a in group if a.started >= since] for group, since in zip(near, after, strict=True)]
    found = zip(blocks, placed, near, strict=True)
    return tuple(_joined(block, _retried(named), tuple(others)) for block, named, others in found)


def _after(block: Entry, entries: Sequence[Entry]) -> float:
    earlier = [entry.written for entry in entries if entry.written < block.written]
    return max(earlier, default=float("-inf")) - CLOCKS_SECONDS


def _placed(blocks: Sequence[Entry], attempts: Sequence[Attempt], *, ends: bool) -> list[list[Attempt]]:
    groups: list[list[Attempt]] = [[] for _ in blocks]
    for attempt in attempts:
        fits = [at for at, block in enumerate(blocks) if _fits(block, attempt, ends=ends)]
        if fits:
            # The first entry after it, or the last one before it.
            after = [at for at in fits if blocks[at].written >= attempt.started]
            groups[(after or fits[-1:])[0] if ends else fits[-1]].append(attempt)
    return groups


def _fits(block: Entry, attempt: Attempt, *, ends: bool) -> bool:
    early, late = SLACK_SECONDS, SLACK_SECONDS
    if ends:
        early += limit_seconds(block)
    else:
        late += limit_seconds(block)
    return block.written - early <= attempt.started <= block.written + late


def _retried(attempts: Sequence[Attempt]) -> tuple[Attempt, ...]:
    """As Connect repeats: after a failure, so many times. What comes after that is another block's."""
    ends = (at for at, attempt in enumerate(attempts, start=1) if not attempt.failed)
    return tuple(attempts[: min(next(ends, len(attempts)), 1 + BLOCK_RETRIES)])


def _count(groups: list[list[Attempt]]) -> int:
    return sum(map(len, groups))


def _joined(block: Entry, named: tuple[Attempt, ...], others: tuple[Attempt, ...]) -> Joined:
    if not block.failed:
        alone = not named and len(others) == 1 and not others[0].failed
        return Joined(others, True) if alone else Joined(named, nameless=() if named else others)
    failed = tuple(attempt for attempt in others if attempt.failed)
    if named:
        room = 1 + BLOCK_RETRIES - len(named)
        mixed = failed if len(failed) <= room and not any(a.failed for a in named) else ()
        return Joined(tuple(sorted((*named, *mixed), key=lambda attempt: attempt.started)), bool(mixed))
    if not others or len(others) > 1 + BLOCK_RETRIES:
        return Joined(nameless=others)
    return Joined(others, True)
