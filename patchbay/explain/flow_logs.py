"""Searches the flow logs of an environment's instances, several at once."""

from collections.abc import Mapping
from dataclasses import dataclass

from patchbay.config import Environment, Instance
from patchbay.explain.entries import ordered
from patchbay.explain.investigation import parallel
from patchbay.explain.model import Entry
from patchbay.explain.reading import Found, Group, Logs, phrase
from patchbay.live.model import Read, Unread
from patchbay.monitoring.flow_metrics import FAILED_PATTERN
from patchbay.naming import flow_log_group


@dataclass(frozen=True)
class Searched:
    """The flow log of one instance."""

    instance: str
    group: str
    region: str
    entries: tuple[Entry, ...] = ()
    missing: bool = False
    """There is no such log group."""
    more: bool = False
    """Not everything was read."""
    unread: Unread | None = None


def of_contact(environment: Environment, logs: Logs, contact: str, since: float) -> tuple[Searched, ...]:
    """The contact's entries, in each instance of the environment."""
    return _search(environment, logs, since, phrase(contact), contact)


def of_failures(environment: Environment, logs: Logs, since: float) -> tuple[Searched, ...]:
    """Lambda blocks that took their Error branch."""
    return _search(environment, logs, since, FAILED_PATTERN, None)


def _search(
    environment: Environment, logs: Logs, since: float, pattern: str, contact: str | None
) -> tuple[Searched, ...]:
    instances = {instance.name: instance for instance in environment.instances}
    found: Mapping[str, Read[Found | None] | Unread] = parallel(
        instances, lambda name: logs.search(_group(instances[name]), since, pattern=pattern)
    )
    return tuple(_searched(instance, found[name], contact) for name, instance in instances.items())


def _group(instance: Instance) -> Group:
    return Group(instance.arn.region, instance.arn.account, flow_log_group(instance.alias))


def _searched(instance: Instance, found: Read[Found | None] | Unread, contact: str | None) -> Searched:
    group = _group(instance)
    if isinstance(found, Unread):
        return Searched(instance.name, group.name, group.region, unread=found)
    if found.value is None:
        return Searched(instance.name, group.name, group.region, missing=True)
    entries = ordered(found.value.lines, instance.name, contact)
    return Searched(instance.name, group.name, group.region, entries, more=found.value.more)
