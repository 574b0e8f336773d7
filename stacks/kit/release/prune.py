"""Deletes old versions of a function, but never one that may still be called, or gone back to."""

import logging
from collections.abc import Collection, Iterator
from typing import TYPE_CHECKING

from live_alias.record import Record
from live_alias.routing import Routing
from live_alias.state import Snapshot

if TYPE_CHECKING:
    from mypy_boto3_lambda import LambdaClient

MOST_AT_ONCE = 20
"""The next sweep takes the rest."""

log = logging.getLogger(__name__)


def prune(client: "LambdaClient", function: str, snapshot: Snapshot, keep: int) -> tuple[str, ...]:
    """Returns the versions that it deleted; nothing while a release goes on. Raises ClientError."""
    record = snapshot.live.record if snapshot.live else None
    if record and record.active:
        return ()
    needed = frozenset(_recorded(record))
    if not superfluous(snapshot.versions, needed, keep):
        return ()
    needed |= frozenset(_named(client, function))
    doomed = superfluous(snapshot.versions, needed, keep)[:MOST_AT_ONCE]
    return tuple(version for version in doomed if _delete(client, function, version))


def superfluous(versions: Collection[str], needed: Collection[str], keep: int) -> tuple[str, ...]:
    """The oldest first; $LATEST is no version that could be deleted."""
    published = sorted((version for version in versions if version.isdecimal()), key=int)
    old = published[: max(0, len(published) - keep)]
    return tuple(version for version in old if version not in needed)


def _recorded(record: Record | None) -> Iterator[str]:
    for release in record.releases if record else ():
        yield release.candidate
        yield from release.before.shares if release.before else ()
        yield from (release.previous,) if release.previous else ()


def _named(client: "LambdaClient", function: str) -> Iterator[str]:
    """By any alias, also one that somebody else made."""
    for page in client.get_paginator("list_aliases").paginate(FunctionName=function):
        for alias in page["Aliases"]:
            weights = (alias.get("RoutingConfig") or {}).get("AdditionalVersionWeights")
            yield from Routing.of(alias["FunctionVersion"], weights or {}).shares


def _delete(client: "LambdaClient", function: str, version: str) -> bool:
    """False where Lambda keeps it: an alias that was made this moment names it."""
    assert version.isdecimal(), "without a version this would delete the function"
    try:
        client.delete_function(FunctionName=function, Qualifier=version)
    except client.exceptions.ResourceConflictException as error:
        log.info("version %s of %s stays: %s", version, function, error)
        return False
    except client.exceptions.ResourceNotFoundException:
        return False
    return True
