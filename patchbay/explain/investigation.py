"""Makes cases of Lambda blocks: asks about each function once, and reads its log around its blocks."""

import time
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from typing import TypeVar

from patchbay.aws import Aws
from patchbay.config import Environment
from patchbay.explain import asking_lambda, causes, results, silence, windows
from patchbay.explain.attempts import attempts
from patchbay.explain.case import Case, Cause, Silence
from patchbay.explain.join import Joined, join
from patchbay.explain.model import Attempt, Entry, Facts, LogLine, Target
from patchbay.explain.reading import Group, Logs
from patchbay.live.model import Read, Unread

AT_ONCE = 8
K = TypeVar("K")
R = TypeVar("R")


@dataclass(frozen=True)
class Explained:
    """A Lambda block, explained."""

    case: Case
    silence: Silence | None
    cause: Cause | None
    """None where it did not fail."""


@dataclass(frozen=True)
class FunctionLog:
    """What was read of a function's log."""

    attempts: tuple[Attempt, ...] = ()
    read: Read[int | None] | Unread = Read(None)  # noqa: RUF009 - frozen, and so shared by nobody
    note: str = ""


class Investigation:
    """Of an environment; `now` in epoch seconds."""

    def __init__(self, environment: Environment, aws: Aws, logs: Logs, now: float | None = None) -> None:
        self._environment, self._aws, self._logs = environment, aws, logs
        self._now = time.time() if now is None else now

    def explain(self, contacts: Sequence[Sequence[Entry]], *, whole: bool = True) -> list[list[Explained]]:
        """For each contact's entries, in order, its Lambda blocks. `whole`: none of its entries is left out,
        so that functions with no prompt between them can be told."""
        blocks = [entry for entries in contacts for entry in entries if entry.is_lambda]
        targets = _grouped(blocks, lambda entry: entry.target)
        facts = parallel(targets, lambda target: self._facts(target, targets[target]))
        functions = _grouped(blocks, lambda entry: entry.target.unqualified if entry.target else None)
        logs = parallel(functions, lambda arn: self._log(functions[arn], facts))
        return [self._contact(entries, facts, logs, whole=whole) for entries in contacts]

    def _facts(self, target: Target, blocks: Sequence[Entry]) -> Facts:
        refused = [results.refusal(block.results or "") for block in blocks if block.failed]
        statuses = frozenset(refusal.status for refusal in refused if refusal)
        return asking_lambda.facts(self._aws, target, statuses, max(block.written for block in blocks))

    def _log(self, blocks: Sequence[Entry], facts: Mapping[Target, Facts]) -> FunctionLog:
        ran = [block for block in blocks if not results.refusal(block.results or "")]
        target = blocks[0].target
        known = facts.get(target) if target else None
        if not ran or target is None or known is None or known.log_group is None:
            return FunctionLog()
        group = Group(target.region, target.account, known.log_group)
        found: list[LogLine] = []
        more = False
        for since, until in windows.of_blocks(ran, known.timeout_ms):
            part = self._logs.search(group, since, until)
            if isinstance(part, Unread) or part.value is None:
                return FunctionLog(read=part if isinstance(part, Unread) else Read(None))
            found.extend(part.value.lines)
            more = more or part.value.more
        note = f"{group.name} had more lines around that time than were read" if more else ""
        if not found:
            note = self._retention(target, group.name)
        return FunctionLog(attempts(found), Read(len(found)), note)

    def _retention(self, target: Target, group: str) -> str:
        days = asking_lambda.retention_days(self._aws, target, group)
        return f"{group} keeps lines for {days} days" if days else ""

    def _contact(
        self,
        entries: Sequence[Entry],
        facts: Mapping[Target, Facts],
        logs: Mapping[str, FunctionLog],
        *,
        whole: bool,
    ) -> list[Explained]:
        blocks = [entry for entry in entries if entry.is_lambda]
        joined = _joined(entries, logs)
        done: dict[int, Explained] = {}
        for block in blocks:
            case = self._case(block, facts, logs, joined.get(id(block), Joined()))
            chained = silence.before(entries, block) if whole else ()
            earlier = (done[id(each)].silence for each in chained)
            case = replace(case, chain_ms=sum(each.ms for each in earlier if each and not each.at_most))
            done[id(block)] = Explained(case, silence.silence(case, entries), causes.find(case))
        return list(done.values())

    def _case(
        self, block: Entry, facts: Mapping[Target, Facts], logs: Mapping[str, FunctionLog], joined: Joined
    ) -> Case:
        target = block.target
        log = logs.get(target.unqualified, FunctionLog()) if target else FunctionLog()
        return Case(
            entry=block,
            target=target,
            source=self._environment.instance(block.instance).arn,
            facts=facts.get(target) if target else None,
            joined=joined,
            log=log.read,
            log_note=log.note,
            age_seconds=self._now - block.written,
        )


def parallel(keys: Iterable[K], act: Callable[[K], R]) -> dict[K, R]:
    """What `act` gives for each key, several at once."""
    listed = list(keys)
    with ThreadPoolExecutor(max_workers=AT_ONCE) as pool:
        return dict(zip(listed, pool.map(act, listed), strict=True))


def _grouped(blocks: Iterable[Entry], key: Callable[[Entry], K | None]) -> dict[K, list[Entry]]:
    groups: defaultdict[K, list[Entry]] = defaultdict(list)
    for block in blocks:
        found = key(block)
        if found is not None:
            groups[found].append(block)
    return dict(groups)


def _joined(entries: Sequence[Entry], logs: Mapping[str, FunctionLog]) -> dict[int, Joined]:
    """By the block's identity; what Lambda refused has no requests."""
    ran = [entry for entry in entries if entry.is_lambda and not results.refusal(entry.results or "")]
    groups = _grouped(ran, lambda entry: entry.target.unqualified if entry.target else None)
    found: dict[int, Joined] = {}
    for arn, group in groups.items():
        parts = join(group, logs.get(arn, FunctionLog()).attempts, entries)
        found |= {id(block): part for block, part in zip(group, parts, strict=True)}
    return found
