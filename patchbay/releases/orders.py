"""What operators order, carried out at one site: read, decide, write; anew where the alias changed."""

import hashlib
import time
from collections.abc import Callable
from dataclasses import dataclass, replace

from live_alias.errors import DecideAnewError
from live_alias.executions import Run
from live_alias.progress import WHY_MAX_CHARS, Phase
from live_alias.state import Snapshot
from patchbay.releases.clients import Desk
from patchbay.releases.everywhere import MISTAKEN, NotDeployed, Refused
from release.operate import Answer, Command, Order, operate
from release.view import View, view

ATTEMPTS = 8
FIRST_PAUSE_SECONDS = 0.2

Sleep = Callable[[float], None]


@dataclass(frozen=True)
class Wish:
    """What the user typed."""

    command: Command
    force: bool = False
    reason: str = ""
    version: str | None = None
    fingerprint: str = ""
    """For a start: what the candidate is known by in another Region; by its code where it is ""."""

    def order(self, desk: Desk, snapshot: Snapshot) -> Order:
        """With what only AWS knows."""
        order = Order(
            self.command,
            desk.site.name,
            int(time.time()),
            self.force,
            self.reason[:WHY_MAX_CHARS],
            self.version,
        )
        if self.command is not Command.START:
            return order
        known = self.fingerprint or _fingerprint(desk, self.version or _newest(snapshot))
        return replace(order, fingerprint=known)

    def settings(self, desk: Desk) -> dict[str, object]:
        """Of the execution: a forced start is not refused by the controller either. Raises ClientError."""
        forced = self.force and self.command is Command.START
        return {**desk.settings(), **({"force": True} if forced else {})}


@dataclass(frozen=True)
class Done:
    """What was done at one site: `changed` is False where it was so already."""

    sentence: str
    changed: bool


def carry_out(wish: Wish, desk: Desk, sleep: Sleep = time.sleep) -> Done:
    """Raises Refused, LiveAliasError, ClientError."""
    for attempt in range(ATTEMPTS):
        try:
            return _once(wish, desk)
        except DecideAnewError as error:
            last = error
            sleep(FIRST_PAUSE_SECONDS * min(attempt + 1, 5))
    raise Refused(
        f"the alias kept changing under this command ({last}): "
        "look with `patchbay release status` and try again"
    )


def _once(wish: Wish, desk: Desk) -> Done:
    snapshot = desk.api.snapshot()
    if snapshot.live is None:
        raise NotDeployed(desk.site)
    order = wish.order(desk, snapshot)
    answer = operate(order, snapshot)
    if answer.refused:
        raise Refused(answer.sentence, MISTAKEN)
    run = answer.run or _unfinished(order, answer, view(snapshot))
    # Before the alias is written: the right to read what the execution needs may be missing.
    payload = run.input(wish.settings(desk)) if run else {}
    desk.api.apply(answer.steps)
    if run is not None:
        desk.api.run(desk.site.machine_arn, run, payload)
    return Done(answer.sentence, bool(answer.steps))


def _unfinished(order: Order, answer: Answer, seen: View | None) -> Run | None:
    """A start or a promotion that was interrupted between its write and its execution: naming it again is
    harmless, because executions of one name are one."""
    if answer.steps or seen is None or not seen.progress.active:
        return None
    if order.command not in (Command.START, Command.PROMOTE):
        return None
    return Run(order.function, seen.candidate, seen.progress.at)


def _newest(snapshot: Snapshot) -> str | None:
    return max((v for v in snapshot.versions if v.isdecimal()), key=int, default=None)


def _fingerprint(desk: Desk, version: str | None) -> str:
    """Of a version that no deploy released: its code is the same in every Region, its number is not."""
    try:
        return hashlib.sha256(code_of(desk, version).encode()).hexdigest()[:16] if version else ""
    except Refused:
        return ""  # `operate` says which versions there are


def is_left_behind(desk: Desk) -> bool:
    """Whether a following Region's release ended without the candidate, so that it mirrors nothing now."""
    seen = view(desk.api.snapshot())
    return seen is not None and seen.progress.phase in (Phase.BACK, Phase.STOP)


def code_of(desk: Desk, version: str) -> str:
    """The hash of a version's code. Raises Refused where there is no such version."""
    client = desk.lambda_
    try:
        found = client.get_function_configuration(FunctionName=desk.site.name, Qualifier=version)
    except client.exceptions.ResourceNotFoundException:
        raise Refused(f"{desk.site.name} has no version {version}", MISTAKEN) from None
    return found["CodeSha256"]


def version_with(desk: Desk, code: str) -> str:
    """The newest version with this code: numbers differ between Regions. Raises Refused without one."""
    pages = desk.lambda_.get_paginator("list_versions_by_function").paginate(FunctionName=desk.site.name)
    same = [v["Version"] for page in pages for v in page["Versions"] if v.get("CodeSha256") == code]
    numbers = [version for version in same if version.isdecimal()]
    if not numbers:
        raise Refused(f"no version of {desk.site.name} has the code that {desk.site.leader} is to release")
    return max(numbers, key=int)
