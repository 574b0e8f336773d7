"""Which requests of a function belong to which Lambda block. Pure.

AWS does not publish whether an entry of the flow log is stamped when its block begins or when it ends, so
both are tried, and the reading is taken in which more requests look as Connect makes them.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from patchbay.explain.model import Attempt, Entry
from patchbay.limits import BLOCK_RETRIES, BLOCK_TIME_LIMIT_SECONDS

SLACK_SECONDS = 1.5
"""Clocks of several services, and the way between them."""
CLOCKS_SECONDS = 0.25
"""Their difference alone."""
_ROUNDED_SECONDS = 0.05
"""Of times by one clock."""


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
    readings = [_placed(blocks, own, ends=ends) for ends in (True, False)]
    placed = max(readings, key=lambda groups: _likely(blocks, groups))
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
            groups[_nearest(blocks, fits, attempt, ends=ends)].append(attempt)
    return groups


def _nearest(blocks: Sequence[Entry], fits: Sequence[int], attempt: Attempt, *, ends: bool) -> int:
    """The first entry after its end, or the last one before its start."""
    if not ends:
        before = [at for at in fits if blocks[at].written <= attempt.started + CLOCKS_SECONDS]
        return before[-1] if before else fits[0]
    took = attempt.total_ms / 1000
    after = [at for at in fits if blocks[at].written >= _waited_until(blocks[at], attempt, took)]
    return after[0] if after else fits[-1]


def _waited_until(block: Entry, attempt: Attempt, took: float) -> float:
    """No block waits for longer than its limit."""
    return attempt.started + min(took, limit_seconds(block)) - CLOCKS_SECONDS


def _fits(block: Entry, attempt: Attempt, *, ends: bool) -> bool:
    """By the entry's own time or by CloudWatch's, whichever comes nearer."""
    early, late = SLACK_SECONDS, SLACK_SECONDS
    if ends:
        early += limit_seconds(block)
    else:
        late += limit_seconds(block)
    return any(at - early <= attempt.started <= at + late for at in (block.written, block.at))


def _retried(attempts: Sequence[Attempt]) -> tuple[Attempt, ...]:
    """As Connect repeats: after a failure, so many times. What comes after that is another block's."""
    ends = (at for at, attempt in enumerate(attempts, start=1) if not attempt.failed)
    return tuple(attempts[: min(next(ends, len(attempts)), 1 + BLOCK_RETRIES)])


def _likely(blocks: Sequence[Entry], groups: list[list[Attempt]]) -> tuple[int, int]:
    """How many requests look like repeats of their block, and how many blocks came out as their last one."""
    kept = [_retried(group) for group in groups]
    ends = sum(block.failed == group[-1].failed for block, group in zip(blocks, kept, strict=True) if group)
    return sum(map(len, kept)), ends


def _joined(block: Entry, named: tuple[Attempt, ...], others: tuple[Attempt, ...]) -> Joined:
    if not block.failed:
        alone = not named and len(others) == 1 and not others[0].failed
        return Joined(others, True) if alone else Joined(named, nameless=() if named else others)
    if named:
        failed = tuple(a for a in others if a.failed and a.started < named[0].started)
        together = (*failed, *named)
        mixed = bool(failed) and not any(a.failed for a in named) and _is_one_blocks(together)
        return Joined(together if mixed else named, mixed)
    return Joined(others, True) if others and _is_one_blocks(others) else Joined(nameless=others)


def _is_one_blocks(attempts: Sequence[Attempt]) -> bool:
    """Whether Connect may have made all of them for one block: one after the other, each after a failure."""
    if len(_retried(attempts)) < len(attempts):
        return False
    ends = [attempt.started + attempt.total_ms / 1000 for attempt in attempts]
    return all(
        after.started >= end - _ROUNDED_SECONDS for after, end in zip(attempts[1:], ends, strict=False)
    )
