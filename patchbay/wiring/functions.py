"""The functions' side of the picture: panels, Regions, functions and aliases."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from patchbay.config import Environment
from patchbay.live.model import Alias, LiveFunction, Read, Seen, Unread
from patchbay.naming import LIVE
from patchbay.wiring import ids, wires
from patchbay.wiring.model import AliasNode, FunctionNode, Known, Panel, Permit, RegionNode, Wire
from patchbay.wiring.notes import Notes

NOT_READ = "not read"
_NAME_AT = 6
"""Where the function's name is in its ARN."""


@dataclass(frozen=True)
class Side:
    """What panels are made from."""

    environment: Environment
    seen: Seen
    permits: Mapping[str, Sequence[Permit]]
    """By the alias's node."""
    notes: Notes


def panels(side: Side, found: Sequence[Wire]) -> tuple[Panel, ...]:
    """One for each group of Regions that an instance is wired to; last, what is not the environment's."""
    groups = dict.fromkeys(instance.region_group for instance in side.environment.instances)
    ours = [_panel(side, group) for group in groups]
    outside = tuple(_outside(side.notes, targets) for targets in _targets(found))
    if outside:
        ours.append(Panel(ids.OUTSIDE, "not of this environment", "", (), outside))
    return tuple(ours)


def _panel(side: Side, group: str) -> Panel:
    regions = side.environment.region_groups[group].regions
    names = dict.fromkeys(live.function for live in side.seen.functions if live.region in regions)
    nodes = tuple(_region(side, region, regions) for region in regions)
    functions = tuple(_function(side, group, name, regions) for name in names)
    return Panel(ids.panel(group), group, side.environment.account, nodes, functions)


def _region(side: Side, region: str, regions: Sequence[str]) -> RegionNode:
    identity = next((r.identity for r in side.seen.regions if r.region == region), None)
    read = isinstance(identity, Read)
    account = identity.value if isinstance(identity, Read) else side.environment.account
    node = ids.region(region)
    known = Known.YES if read else Known.UNKNOWN
    told = side.notes.told(node)
    return RegionNode(
        node, side.notes.status(node), told, region, wires.role(regions, region), account, known
    )


def _function(side: Side, group: str, name: str, regions: Sequence[str]) -> FunctionNode:
    node = ids.function(group, name)
    found = (live for region in regions for live in side.seen.functions if live.region == region)
    aliases = tuple(_alias(side, live) for live in found if live.function == name)
    known = side.environment.functions.get(name)
    kind, limit = (str(known.kind), str(known.time_limit_seconds)) if known else ("flow", "")
    return FunctionNode(node, side.notes.status(node), side.notes.told(node), name, kind, limit, "", aliases)


def _alias(side: Side, live: LiveFunction) -> AliasNode:
    node = ids.alias(live.region, live.function)
    leads, versions, known = _leads(live)
    arn = side.environment.alias_arn(live.function, live.region)
    permits = tuple(side.permits.get(node, ()))
    told = side.notes.told(node)
    status = side.notes.status(node)
    return AliasNode(node, status, told, live.function, live.region, arn, leads, versions, known, permits)


def _leads(live: LiveFunction) -> tuple[str, tuple[tuple[str, float], ...], Known]:
    if isinstance(live.aliases, Unread):
        return NOT_READ, (), Known.UNKNOWN
    alias = live.aliases.value.get(LIVE)
    if alias is None:
        gone = isinstance(live.configuration, Read) and live.configuration.value is None
        return ("no such function" if gone else f"no alias {LIVE}"), (), Known.NO
    versions = tuple(shares(alias))
    shown = f"{LIVE} → {versions[0][0]}"
    if len(versions) > 1:
        shown = f"{LIVE} → " + " / ".join(f"{version} ({percent(share)})" for version, share in versions)
    return shown, versions, Known.YES


def shares(alias: Alias) -> Iterator[tuple[str, float]]:
    """Every version with its share of the calls, the alias's own first."""
    yield alias.version, round(1.0 - sum(alias.weights.values()), 6)
    yield from sorted(alias.weights.items())


def percent(share: float) -> str:
    """As people write it: `2.5 %`."""
    return f"{round(share * 100, 2):g} %"


def _targets(found: Sequence[Wire]) -> Iterator[str]:
    yield from sorted({wire.function for wire in found if wire.function.startswith(ids.outside(""))})


def _outside(notes: Notes, node: str) -> FunctionNode:
    """An ARN by what tells it apart; anything else as it is written."""
    name, where = node.removeprefix(ids.outside("")), ""
    parts = name.split(":")
    if parts[0] == "arn" and len(parts) > _NAME_AT:
        name, where = ":".join(parts[_NAME_AT:]), f"{parts[4]} · {parts[3]}"
    return FunctionNode(node, notes.status(node), notes.told(node), name, ids.OUTSIDE, "", where, ())
