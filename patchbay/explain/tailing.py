"""Follows the logs of one function over its Regions: no line twice, none lost that comes late by seconds."""

import time
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field

from patchbay.explain.investigation import parallel
from patchbay.explain.model import LogLine
from patchbay.explain.reading import Group, Logs
from patchbay.explain.tail_lines import Shown, Streams
from patchbay.live.model import Unread

OVERLAP_SECONDS = 20.0
"""Lines are stamped by whoever writes them and arrive later, each stream at its own pace: so far back each
look asks again for what it has seen already."""
PAUSE_SECONDS = 2.0
"""Between two looks: of the 5 a second that FilterLogEvents answers, other tools need some."""

LineKey = tuple[str, float, str, int]


@dataclass(frozen=True)
class Look:
    """What one look found that is new."""

    lines: tuple[Shown, ...]
    """By time, over all Regions."""
    unread: tuple[str, ...] = ()
    """Regions whose log could not be read, with the reason."""
    more: tuple[str, ...] = ()
    """Regions that had more lines than a look takes; they follow in the next one."""


@dataclass
class _Seen:
    """What of a Region was shown already."""

    since: float
    latest: float
    keys: dict[LineKey, float] = field(default_factory=dict)

    def new(self, lines: Sequence[LogLine]) -> list[LogLine]:
        """Those that were not; remembers them."""
        alike: Counter[tuple[str, float, str]] = Counter()
        fresh = []
        for line in lines:
            same = (line.stream, line.at, line.id or line.message)
            alike[same] += 1
            key = (*same, alike[same])
            if key not in self.keys:
                self.keys[key] = line.at
                fresh.append(line)
        self.latest = max([self.latest, *(line.at for line in fresh)])
        self.keys = {key: at for key, at in self.keys.items() if at >= self.start}
        return fresh

    @property
    def start(self) -> float:
        """From when the next look asks."""
        return max(self.since, self.latest - OVERLAP_SECONDS)


class Tail:
    """`groups` by Region; `since` in epoch seconds."""

    def __init__(self, logs: Logs, groups: dict[str, Group], since: float) -> None:
        self._logs, self._groups = logs, groups
        self._seen = {region: _Seen(since, since) for region in groups}
        self._streams: defaultdict[str, Streams] = defaultdict(Streams)

    def look(self) -> Look:
        """One search in each Region, at the same time."""
        found = parallel(
            self._groups, lambda region: self._logs.search(self._groups[region], self._seen[region].start)
        )
        shown: list[Shown] = []
        unread, more = [], []
        for region, read in found.items():
            if isinstance(read, Unread):
                right = f" (the right {read.right} is missing)" if read.right else ""
                unread.append(f"{region}: {read.why}{right}")
            elif read.value is not None:
                fresh = self._seen[region].new(read.value.lines)
                shown.extend(self._streams[region].shown(line, region) for line in fresh)
                more.extend([region] if read.value.more else [])
        return Look(tuple(sorted(shown, key=lambda line: line.at)), tuple(unread), tuple(more))

    def looks(self, *, follow: bool, sleep: Callable[[float], None] = time.sleep) -> Iterator[Look]:
        """One, or one after the other until nobody wants more."""
        found = self.look()
        yield found
        while follow or (found.more and found.lines):
            if follow and not (found.more and found.lines):
                sleep(PAUSE_SECONDS)
            found = self.look()
            yield found
