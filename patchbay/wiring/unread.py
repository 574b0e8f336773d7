"""What could not be read, at the node that it would have told about."""

from collections.abc import Iterator

from patchbay.live.model import LiveFunction, LiveInstance, LiveRegion, Seen, Unread
from patchbay.wiring import ids, notes
from patchbay.wiring.model import Note

INSTANCE_PARTS = {
    "alias": "the instance itself",
    "associations": "the designer's list",
    "flows": "flows",
    "logs_flows": "flow logging",
}
"""The parts that the picture shows."""
_FUNCTION_PARTS = {"aliases": "aliases", "policy": "policy of live"}


def every(seen: Seen) -> Iterator[Note]:
    """A note for each part that the picture shows and that was not read."""
    for instance in seen.instances:
        yield from _instance(instance)
    for region in seen.regions:
        yield from _region(region)
    for function in seen.functions:
        yield from _function(function)


def parts(instance: LiveInstance) -> tuple[str, ...]:
    """In a few words each."""
    return tuple(
        words for name, words in INSTANCE_PARTS.items() if isinstance(getattr(instance, name), Unread)
    )


def _instance(instance: LiveInstance) -> Iterator[Note]:
    name = instance.instance.name
    for part, words in INSTANCE_PARTS.items():
        found = getattr(instance, part)
        if isinstance(found, Unread):
            yield notes.unread(ids.instance(name), f"instance {name}", words, found)


def _region(region: LiveRegion) -> Iterator[Note]:
    if isinstance(region.identity, Unread):
        yield notes.unread(ids.region(region.region), region.region, "account", region.identity)


def _function(function: LiveFunction) -> Iterator[Note]:
    for part, words in _FUNCTION_PARTS.items():
        found = getattr(function, part)
        if isinstance(found, Unread):
            yield notes.unread(ids.alias(function.region, function.function), function.label, words, found)
