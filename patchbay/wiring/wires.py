"""From flows to the functions that their blocks name: one wire each, however many blocks there are."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from patchbay.config import Environment, Instance
from patchbay.naming import LIVE
from patchbay.wiring import ids, invocations
from patchbay.wiring.invocations import Block
from patchbay.wiring.model import Call, Known, Permit, Role, Wire


@dataclass(frozen=True)
class Permits:
    """By alias node and instance."""

    by_alias: Mapping[str, Sequence[Permit]]

    def may(self, instance: str, alias: str) -> Known | None:
        """None where nobody asked: a function of another account, or one that the instance does not list."""
        found = (p.invoke for p in self.by_alias.get(alias, ()) if p.instance == instance)
        return next(found, None)


@dataclass(frozen=True)
class _Named:
    """What a block names, resolved."""

    row: str
    alias: str
    region: str
    role: Role
    qualifier: str | None


def of(
    environment: Environment, instance: Instance, flow: str, content: str, permits: Permits
) -> Iterator[Wire]:
    """Of one flow, by the id of its node. Raises ValueError where the content is not a flow."""
    rows: dict[str, list[tuple[_Named, Block]]] = {}
    for block in invocations.of(content):
        named = _resolve(environment, instance, block.target)
        rows.setdefault(named.row, []).append((named, block))
    for row, found in rows.items():
        calls = _calls(found)
        permitted = _worst([permits.may(instance.name, call.alias) for call in calls])
        yield Wire(f"{flow}>{row}", flow, instance.name, row, calls, permitted, _wrong_name(calls))


def role(regions: Sequence[str], region: str) -> Role:
    """Of a Region of a group."""
    if len(regions) == 1:
        return Role.ONLY
    return {0: Role.PREFERRED, 1: Role.FALLBACK}.get(regions.index(region), Role.OTHER)


def _resolve(environment: Environment, instance: Instance, target: str) -> _Named:
    bare, qualifier = _parts(target)
    group = environment.group(instance)
    for region in group.regions:
        for function, _ in environment.wired(region):
            if bare == environment.function_arn(function.name, region):
                row = ids.function(instance.region_group, function.name)
                alias = ids.alias(region, function.name)
                return _Named(row, alias, region, role(group.regions, region), qualifier)
    outside = ids.outside(target)
    return _Named(outside, outside, "", Role.OTHER, qualifier)


def _parts(arn: str) -> tuple[str, str | None]:
    parts = arn.split(":")
    return ":".join(parts[:7]), ":".join(parts[7:]) or None


def _calls(found: Sequence[tuple[_Named, Block]]) -> tuple[Call, ...]:
    """By Region and qualifier, the preferred Region first."""
    together: dict[_Named, list[Block]] = {}
    for named, block in found:
        together.setdefault(named, []).append(block)
    order = tuple(Role)
    return tuple(
        Call(n.region, n.alias, n.role, len(blocks), _limits(blocks), n.qualifier)
        for n, blocks in sorted(together.items(), key=lambda item: order.index(item[0].role))
    )


def _limits(blocks: Sequence[Block]) -> tuple[str, ...]:
    return tuple(sorted({block.limit for block in blocks if block.limit}))


def _wrong_name(calls: Sequence[Call]) -> str:
    ours = [call for call in calls if call.region]
    return next((call.qualifier or "no alias" for call in ours if call.qualifier != LIVE), "")


def _worst(answers: Sequence[Known | None]) -> Known:
    """An alias of which nobody knows stays unknown; a missing permission is worse."""
    if Known.NO in answers:
        return Known.NO
    return Known.YES if all(answer is Known.YES for answer in answers) else Known.UNKNOWN
