"""The failures of a period, grouped by cause, function, Region and version."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from patchbay.aws import Aws
from patchbay.config import Environment
from patchbay.explain import flow_logs
from patchbay.explain.case import Kind
from patchbay.explain.entries import failures
from patchbay.explain.flow_logs import Searched
from patchbay.explain.investigation import Explained, Investigation
from patchbay.explain.model import Entry
from patchbay.explain.reading import Logs, Report, silent
from patchbay.live.pace import Pacer

MOST = 300
"""Failures that are looked into, the latest: each may need a search in a function's log."""

Key = tuple[Kind, str, str | None, str | None]


@dataclass(frozen=True)
class Group:
    """Failures that are alike."""

    kind: Kind
    function: str
    """The environment's name; the ARN where it is none of its functions."""
    region: str | None
    version: str | None
    count: int
    first: float
    last: float
    contact: str
    """Of the latest."""
    sentence: str
    certain: bool
    command: str
    """What to do next."""


@dataclass(frozen=True)
class Recent:
    """Of a period."""

    groups: tuple[Group, ...]
    """The most frequent first."""
    failures: int
    left_out: int
    """Failures that were not looked into."""
    searched: tuple[Searched, ...]


def recent(environment: Environment, aws: Aws, start: float, now: float, report: Report = silent) -> Recent:
    """Since `start`, epoch seconds."""
    aws.keep_pace(Pacer())
    logs = Logs(aws, report)
    searched = flow_logs.of_failures(environment, logs, start)
    found = sorted(failures(e for each in searched for e in each.entries), key=lambda entry: entry.at)
    looked_into = found[-MOST:]
    explained = Investigation(environment, aws, logs, now).explain(_by_contact(looked_into), whole=False)
    flat = [block for blocks in explained for block in blocks]
    return Recent(groups(environment, flat), len(found), len(found) - len(looked_into), searched)


def groups(environment: Environment, explained: Iterable[Explained]) -> tuple[Group, ...]:
    """The most frequent first, then the latest."""
    alike: defaultdict[Key, list[Explained]] = defaultdict(list)
    for block in explained:
        alike[_key(environment, block)].append(block)
    made = (_group(environment, key, blocks) for key, blocks in alike.items())
    return tuple(sorted(made, key=lambda group: (-group.count, -group.last)))


def _by_contact(entries: Sequence[Entry]) -> list[list[Entry]]:
    contacts: defaultdict[tuple[str, str], list[Entry]] = defaultdict(list)
    for entry in entries:
        contacts[entry.instance, entry.contact].append(entry)
    return list(contacts.values())


def _key(environment: Environment, block: Explained) -> Key:
    target, kind = block.case.target, block.cause.kind if block.cause else Kind.UNKNOWN
    if target is None:
        return kind, block.case.entry.parameters.get("FunctionArn", "unnamed"), None, None
    return kind, _function(environment, target.name, target.arn), target.region, block.case.version


def _function(environment: Environment, name: str, arn: str) -> str:
    own = (f for f in environment.functions if environment.names.function(f) == name)
    return next(own, arn)


def _group(environment: Environment, key: Key, blocks: Sequence[Explained]) -> Group:
    kind, function, region, version = key
    latest = max(blocks, key=lambda block: block.case.entry.at)
    cause, contact = latest.cause, latest.case.entry.contact
    settings = kind in (Kind.ACCESS_DENIED, Kind.NOT_FOUND, Kind.THROTTLED)
    what = "doctor" if settings else f"explain {contact}"
    return Group(
        kind=kind,
        function=function,
        region=region,
        version=version,
        count=len(blocks),
        first=min(block.case.entry.at for block in blocks),
        last=latest.case.entry.at,
        contact=contact,
        sentence=cause.sentence if cause else "",
        certain=bool(cause and cause.certain),
        command=f"patchbay {what} --env {environment.name}",
    )
