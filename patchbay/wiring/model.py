"""The wiring as data: what pictures, tables and JSON are drawn from. Frozen, without a coordinate."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum

from patchbay.doctor.model import Status


class Known(StrEnum):
    """An answer that may be missing: what could not be read is neither yes nor no."""

    YES = "yes"
    NO = "no"
    UNKNOWN = "unknown"


class Role(StrEnum):
    """What a Region is to the flows of its group."""

    PREFERRED = "preferred"
    FALLBACK = "fallback"
    ONLY = "only"
    """Of a group of one."""
    OTHER = "other"
    """The third of its group and later ones: flows call neither first nor on the Error branch."""


@dataclass(frozen=True)
class Note:
    """One thing to say about a node: a finding of the doctor, or a part that could not be read."""

    node: str
    """The id of the node that it colours."""
    status: Status
    check: str
    """The doctor's check; empty for a part that could not be read."""
    place: str
    """For people."""
    sentence: str
    fix: str = ""


@dataclass(frozen=True)
class Node:
    """What every node has."""

    id: str
    """Such as `alias:us-west-2/tutorial`; the same in every output."""
    status: Status | None
    """The worst of its notes; None where nothing was looked at."""
    notes: tuple[Note, ...]
    """Those that are not PASS, the worst first."""


@dataclass(frozen=True)
class Call:
    """What one flow does with one function in one Region: all of its Invoke blocks together."""

    region: str
    alias: str
    """The id of the alias's node; of the outside target where the function is not the environment's."""
    role: Role
    blocks: int
    limits: tuple[str, ...]
    """InvocationTimeLimitSeconds of the blocks, each once, as written."""
    qualifier: str | None
    """What the blocks name, `live` where all is well; None: the bare function."""


@dataclass(frozen=True)
class Wire:
    """From a flow to a function, in all Regions where the flow invokes it."""

    id: str
    flow: str
    """The id of the flow's node."""
    instance: str
    """By name."""
    function: str
    """The id of the function's row."""
    calls: tuple[Call, ...]
    permitted: Known
    """Whether the instance may invoke every alias that the flow names there."""
    wrong_name: str
    """What a block names in place of the alias `live`; empty where all is well, or for another's function."""

    @property
    def fallback_only(self) -> bool:
        """Nothing in the Region that carries the calls."""
        return all(call.role in (Role.FALLBACK, Role.OTHER) for call in self.calls)


@dataclass(frozen=True)
class FlowNode(Node):
    """A flow, deployed or meant to be."""

    instance: str
    name: str
    """Without the environment's prefix."""
    deployed: Known


@dataclass(frozen=True)
class InstanceNode(Node):
    """A Connect instance."""

    number: int
    """From 1, in the environment's order: how aliases refer to it."""
    name: str
    alias: str
    region: str
    account: str
    group: str
    """The group of Lambda Regions that it is wired to."""
    exists: Known
    logs_flows: Known
    flows: tuple[FlowNode, ...]
    flows_left_out: int
    unread: tuple[str, ...]
    """What could not be read of it, in a few words each; why is among the notes."""


@dataclass(frozen=True)
class Permit:
    """What one instance may do with one alias."""

    instance: str
    number: int
    invoke: Known
    """Whether the alias's policy lets it."""
    listed: Known
    """Whether the instance's designer lists the alias."""
    why: str
    """Why not, or why it is not known; empty where it may."""


@dataclass(frozen=True)
class AliasNode(Node):
    """The alias `live` of a function in one Region."""

    function: str
    region: str
    arn: str
    leads: str
    """`live → 7`, `live → 7 (90 %) / 8 (10 %)`, or what there is in its place."""
    versions: tuple[tuple[str, float], ...]
    """With their shares of the calls; empty where the alias is not there or was not read."""
    known: Known
    """NO: there is no such alias or function."""
    permits: tuple[Permit, ...]


@dataclass(frozen=True)
class FunctionNode(Node):
    """One function, with its aliases in the order of the group's Regions."""

    name: str
    kind: str
    """`flow`, `worker` or `lex`; `outside` where it is not the environment's."""
    limit: str
    """How long it may run, in seconds; empty where that is not known."""
    where: str
    """Account and Region of a function that is not the environment's; otherwise empty."""
    aliases: tuple[AliasNode, ...]


@dataclass(frozen=True)
class RegionNode(Node):
    """One Lambda Region of a group."""

    region: str
    role: Role
    account: str
    """The one that the credentials lead to, where that was read; otherwise the environment's."""
    known: Known


@dataclass(frozen=True)
class Panel:
    """The functions of one group of Regions; or, without Regions, those that are not the environment's."""

    id: str
    name: str
    account: str
    regions: tuple[RegionNode, ...]
    functions: tuple[FunctionNode, ...]


@dataclass(frozen=True)
class Graph:
    """Everything."""

    id: str
    app: str
    environment: str
    account: str
    instances: tuple[InstanceNode, ...]
    panels: tuple[Panel, ...]
    wires: tuple[Wire, ...]
    notes: tuple[Note, ...]
    """All that are not PASS, the worst first, then in the order of the checks."""
    checks: Mapping[Status, int]
    """How many checks ended how."""

    @property
    def flows(self) -> Iterator[FlowNode]:
        """Of every instance."""
        return (flow for instance in self.instances for flow in instance.flows)

    @property
    def functions(self) -> Iterator[FunctionNode]:
        """Of every panel."""
        return (function for panel in self.panels for function in panel.functions)

    @property
    def aliases(self) -> Iterator[AliasNode]:
        """Of every function."""
        return (alias for function in self.functions for alias in function.aliases)

    @property
    def nodes(self) -> Iterator[Node]:
        """Every one, in the order of the picture."""
        for instance in self.instances:
            yield instance
            yield from instance.flows
        for panel in self.panels:
            yield from panel.regions
            for function in panel.functions:
                yield function
                yield from function.aliases

    def wires_to(self, function: str) -> tuple[Wire, ...]:
        """By the id of the function's row."""
        return tuple(wire for wire in self.wires if wire.function == function)
