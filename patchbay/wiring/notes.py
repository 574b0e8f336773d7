"""What the doctor found, and what could not be read, each at the node that it colours."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from patchbay.config import Environment
from patchbay.doctor.model import Place, Status
from patchbay.doctor.run import Result
from patchbay.live.model import Unread
from patchbay.wiring import ids
from patchbay.wiring.model import Note

WORST = (Status.FAIL, Status.WARN, Status.SKIPPED, Status.PASS)
"""In this order a picture shows what is so; what could not be looked at is worse than what passed."""


@dataclass(frozen=True)
class Notes:
    """By node."""

    by_node: Mapping[str, tuple[Note, ...]]

    def status(self, node: str) -> Status | None:
        """The worst; None where nothing was looked at."""
        return min((n.status for n in self.by_node.get(node, ())), key=WORST.index, default=None)

    def told(self, node: str) -> tuple[Note, ...]:
        """Those that are not PASS, the worst first."""
        return _told(self.by_node.get(node, ()))

    def every(self) -> tuple[Note, ...]:
        """Those of all nodes that are not PASS, the worst first."""
        return _told([note for notes in self.by_node.values() for note in notes])


def collect(
    environment: Environment, results: Sequence[Result], flows: Collection[str], unread: Sequence[Note]
) -> Notes:
    """By node, with `flows` the ids of those that have one.

    What is unread is left to the doctor's words where it skipped the same place for the same reason.
    """
    places = _Places(environment, flows)
    found = [note for result in results for note in _of(result, places)]
    said = {(note.node, note.sentence) for note in found}
    found += [note for note in unread if (note.node, note.sentence) not in said]
    by_node: dict[str, list[Note]] = {}
    for note in dict.fromkeys(found):
        by_node.setdefault(note.node, []).append(note)
    return Notes({node: tuple(notes) for node, notes in by_node.items()})


def unread(node: str, place: str, what: str, part: Unread) -> Note:
    """A part that could not be read."""
    right = f" ({part.right} is missing)" if part.right and part.right not in part.why else ""
    return Note(node, Status.SKIPPED, "", f"{place}, {what}", f"{part.why}{right}")


def _told(notes: Collection[Note]) -> tuple[Note, ...]:
    return tuple(
        sorted((n for n in notes if n.status is not Status.PASS), key=lambda n: WORST.index(n.status))
    )


def _of(result: Result, places: "_Places") -> Iterator[Note]:
    """At every node that the place means: a function without a Region is one node in each group."""
    for finding in result.findings:
        if finding.status is Status.SKIPPED and finding.place == Place():
            continue  # the environment has nothing of the kind
        note = Note("", finding.status, result.check.id, finding.place.label, finding.sentence, finding.fix)
        for node in places.nodes(finding.place):
            yield replace(note, node=node)


class _Places:
    """From a finding's place to nodes; what has no node of its own is the environment's."""

    def __init__(self, environment: Environment, flows: Collection[str]) -> None:
        self._environment = environment
        self._flows = flows
        names = environment.names
        self._stacks = {names.functions_stack(region): ids.region(region) for region in environment.regions}
        self._stacks |= {names.connect_stack(i.name): ids.instance(i.name) for i in environment.instances}

    def nodes(self, place: Place) -> tuple[str, ...]:
        if place.stack:
            return (self._stacks.get(place.stack, ids.ENVIRONMENT),)
        if place.function:
            return self._of_function(place, place.function)
        if place.instance in {instance.name for instance in self._environment.instances}:
            return (self._of_instance(place, str(place.instance)),)
        if place.region in self._environment.regions:
            return (ids.region(str(place.region)),)
        return (ids.ENVIRONMENT,)

    def _of_function(self, place: Place, function: str) -> tuple[str, ...]:
        if place.region:
            wired = {f.name for f, _ in self._environment.wired(place.region)}
            known = function in wired
            return (ids.alias(place.region, function) if known else ids.ENVIRONMENT,)
        groups = {i.region_group for i in self._environment.instances if function in i.functions}
        return tuple(ids.function(group, function) for group in sorted(groups)) or (ids.ENVIRONMENT,)

    def _of_instance(self, place: Place, instance: str) -> str:
        if not place.flow:
            return ids.instance(instance)
        flow = ids.flow(instance, place.flow.removeprefix(self._environment.names.flow("")))
        return flow if flow in self._flows else ids.instance(instance)
