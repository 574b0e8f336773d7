"""The times in which a function's log is read for its blocks. Pure."""

from collections.abc import Iterable

from patchbay.explain.join import SLACK_SECONDS, limit_seconds
from patchbay.explain.model import Entry

Window = tuple[float, float]

LAG_SECONDS = 60.0
"""How late lines may come."""
AFTER_SECONDS = 20.0
"""The most that is read after a block for the end of a request that the block no longer waited for."""


def of_blocks(blocks: Iterable[Entry], timeout_ms: int | None) -> tuple[Window, ...]:
    """Merged where they meet: from before a block could begin until its requests have ended."""
    windows = sorted(_window(block, timeout_ms) for block in blocks)
    merged: list[Window] = []
    for since, until in windows:
        if merged and since <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(until, merged[-1][1]))
        else:
            merged.append((since, until))
    return tuple(merged)


def _window(block: Entry, timeout_ms: int | None) -> Window:
    limit = limit_seconds(block)
    after = max(limit, min(AFTER_SECONDS, (timeout_ms or 0) / 1000)) if block.failed else limit
    first, last = sorted((block.written, block.at))
    return first - limit - SLACK_SECONDS, last + after + SLACK_SECONDS
