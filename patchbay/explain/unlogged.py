"""Requests of a contact that no flow log tells of: found in the functions' own logs."""

from dataclasses import dataclass
from itertools import zip_longest

from patchbay.aws import Aws
from patchbay.config import Environment
from patchbay.explain.asking import asked
from patchbay.explain.attempts import attempts
from patchbay.explain.investigation import parallel
from patchbay.explain.model import Attempt
from patchbay.explain.reading import Group, Logs, phrase
from patchbay.live.model import Read, Unread

_AROUND_SECONDS = 15.0
"""Before and after the lines that name the contact: START and REPORT do not."""


@dataclass(frozen=True)
class Ran:
    """Requests of the contact that one function got."""

    function: str
    region: str
    attempts: tuple[Attempt, ...]


@dataclass(frozen=True)
class Unlogged:
    """What was found, and what could not be looked at."""

    ran: tuple[Ran, ...] = ()
    unread: tuple[str, ...] = ()


def look(
    environment: Environment, aws: Aws, logs: Logs, contact: str, since: float, until: float | None = None
) -> Unlogged:
    """In the log of every function of the environment, in every Region."""
    # Regions take turns: each answers at a rate of its own.
    regions = [[(f.name, region) for f, _ in environment.wired(region)] for region in environment.regions]
    places = [place for places in zip_longest(*regions) for place in places if place]
    found = parallel(places, lambda place: _one(environment, aws, logs, place, contact, since, until))
    ran = (
        Ran(function, region, told)
        for (function, region), told in found.items()
        if isinstance(told, tuple) and told
    )
    unread = (
        f"{function} in {region}: {told.why}"
        for (function, region), told in found.items()
        if isinstance(told, Unread)
    )
    return Unlogged(tuple(sorted(ran, key=lambda each: each.attempts[0].started)), tuple(unread))


def _one(
    environment: Environment,
    aws: Aws,
    logs: Logs,
    place: tuple[str, str],
    contact: str,
    since: float,
    until: float | None,
) -> tuple[Attempt, ...] | Unread:
    name, region = environment.names.function(place[0]), place[1]
    group = log_group(aws, name, region)
    if isinstance(group, Unread):
        return group
    where = Group(region, "", group.value or f"/aws/lambda/{name}")
    named = logs.search(where, since, until, phrase(contact))
    if isinstance(named, Unread):
        return named
    if named.value is None or not named.value.lines:
        return ()
    times = [line.at for line in named.value.lines]
    around = logs.search(where, min(times) - _AROUND_SECONDS, max(times) + _AROUND_SECONDS)
    lines = around.value.lines if isinstance(around, Read) and around.value else named.value.lines
    return tuple(found for found in attempts(lines) if (found.contact or "").lower() == contact)


def log_group(aws: Aws, name: str, region: str) -> Read[str | None] | Unread:
    """Where a function's lines go, as its configuration says; None: there is no such function."""

    def ask() -> str:
        found = aws.client("lambda", region).get_function_configuration(FunctionName=name)
        return found.get("LoggingConfig", {}).get("LogGroup") or f"/aws/lambda/{name}"

    return asked("lambda", ask)
