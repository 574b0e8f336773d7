"""The path of one contact."""

from collections.abc import Sequence
from dataclasses import dataclass

from patchbay.aws import Aws
from patchbay.config import Environment
from patchbay.explain import absent, flow_logs, unlogged
from patchbay.explain.entries import may_miss_some
from patchbay.explain.flow_logs import Searched
from patchbay.explain.investigation import Explained, Investigation
from patchbay.explain.model import Entry
from patchbay.explain.reading import Logs, Report, silent
from patchbay.explain.unlogged import Ran, Unlogged
from patchbay.live.pace import Pacer

_BEFORE_SECONDS, _AFTER_SECONDS = 600.0, 3_600.0
"""Around the entries: where else the contact may have met functions."""


@dataclass(frozen=True)
class Path:
    """A contact that a flow log tells of."""

    contact: str
    entries: tuple[Entry, ...]
    blocks: tuple[Explained, ...]
    """Its Lambda blocks, in order."""
    searched: tuple[Searched, ...]
    unlogged: Unlogged = Unlogged()  # noqa: RUF009 - frozen, and so shared by nobody
    """Requests that no entry tells of."""

    def block(self, entry: Entry) -> Explained | None:
        """What is known of an entry that is a Lambda block."""
        return next((each for each in self.blocks if each.case.entry is entry), None)


@dataclass(frozen=True)
class Absent:
    """A contact that no flow log tells of."""

    contact: str
    headline: str
    reasons: tuple[str, ...]
    unlogged: Unlogged
    searched: tuple[Searched, ...]

    @property
    def refused(self) -> bool:
        """Whether AWS let nobody look into any flow log."""
        return all(each.unread for each in self.searched)


def explain(
    environment: Environment,
    aws: Aws,
    contact: str,
    since: str,
    start: float,
    now: float,
    report: Report = silent,
) -> Path | Absent:
    """`since` is as the user wrote it, `start` the same in epoch seconds."""
    aws.keep_pace(Pacer())
    logs = Logs(aws, report)
    searched = flow_logs.of_contact(environment, logs, contact, start)
    entries = tuple(sorted((e for each in searched for e in each.entries), key=lambda entry: entry.at))
    if not entries:
        ran = unlogged.look(environment, aws, logs, contact, start)
        attributes = absent.logging(aws, environment)
        why = absent.reasons(searched, attributes, ran, since)
        return Absent(contact, absent.headline(ran, attributes), why, ran, searched)
    (blocks,) = Investigation(environment, aws, logs, now).explain([entries])
    more = _unlogged(environment, aws, logs, contact, entries, blocks)
    return Path(contact, entries, tuple(blocks), searched, more)


def _unlogged(
    environment: Environment,
    aws: Aws,
    logs: Logs,
    contact: str,
    entries: Sequence[Entry],
    blocks: Sequence[Explained],
) -> Unlogged:
    if not may_miss_some(entries):
        return Unlogged()
    since, until = entries[0].written - _BEFORE_SECONDS, entries[-1].written + _AFTER_SECONDS
    found = unlogged.look(environment, aws, logs, contact, since, until)
    known = {attempt.request for block in blocks for attempt in block.case.attempts}
    left = [
        Ran(each.function, each.region, tuple(a for a in each.attempts if a.request not in known))
        for each in found.ran
    ]
    return Unlogged(tuple(each for each in left if each.attempts), found.unread)
