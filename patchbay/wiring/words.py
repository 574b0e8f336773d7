"""What is said about nodes and wires: in tooltips, tables and the terminal."""

from collections.abc import Iterator

from patchbay.doctor.model import Status
from patchbay.wiring.model import (
    AliasNode,
    Call,
    FlowNode,
    FunctionNode,
    Graph,
    InstanceNode,
    Known,
    Node,
    Permit,
    RegionNode,
    Role,
    Wire,
)

STATUSES = {Status.FAIL: "FAIL", Status.WARN: "WARN", Status.SKIPPED: "skipped", Status.PASS: "passed"}
"""How the doctor says how a check ended, the worst first."""
_MOST = 6
"""Notes in one tooltip."""


def of_wire(graph: Graph, wire: Wire) -> Iterator[str]:
    """From where to where, then each Region."""
    flow = next(flow for flow in graph.flows if flow.id == wire.flow)
    function = next(function for function in graph.functions if function.id == wire.function)
    yield f"{flow.name} of {wire.instance} → {function.name}"
    yield from (of_call(call) for call in wire.calls)
    if wire.permitted is Known.NO:
        yield f"{wire.instance} may not invoke it"
    elif wire.permitted is Known.UNKNOWN:
        yield f"whether {wire.instance} may invoke it is not known"


def of_call(call: Call) -> str:
    """`us-west-2 (preferred): 2 blocks, limit 4 s`."""
    where = f"{call.region} ({call.role})" if call.region else "not of this environment"
    blocks = f"{call.blocks} block{'s' * (call.blocks > 1)}"
    limit = f", limit {' and '.join(call.limits)} s" if call.limits else ""
    if not call.region or call.qualifier == "live":
        return f"{where}: {blocks}{limit}"
    name = f"by {call.qualifier}" if call.qualifier else "without an alias"
    return f"{where}: {blocks}{limit}, named {name}"


def of_instance(instance: InstanceNode) -> Iterator[str]:
    """Who it is, and what is known of it."""
    yield f"Connect instance {instance.name} ({instance.alias})"
    yield f"{instance.region}, account {instance.account}"
    if instance.exists is Known.NO:
        yield "there is no such instance"
    logs = {Known.YES: "on", Known.NO: "off", Known.UNKNOWN: "not read"}
    yield f"flow logging: {logs[instance.logs_flows]}"
    yield from notes(instance)


def of_flow(flow: FlowNode) -> Iterator[str]:
    """Its name, and whether it is deployed."""
    yield f"flow {flow.name} of {flow.instance}"
    yield from {Known.NO: ["not deployed"], Known.UNKNOWN: ["not read"]}.get(flow.deployed, [])
    yield from notes(flow)


def of_function(function: FunctionNode) -> Iterator[str]:
    """Its name, kind and limit."""
    if function.kind == "outside":
        yield f"{function.id.removeprefix('outside:')}, not of this environment: nothing is known of it"
    else:
        kind = {"worker": "invoked by other functions", "lex": "fulfils a bot's intents"}
        yield f"{function.name}, {kind.get(function.kind, 'invoked by flows')}"
        if function.limit:
            yield f"may run {function.limit} s"
    yield from notes(function)


def of_region(region: RegionNode) -> Iterator[str]:
    """Its name and role."""
    role = "" if region.role is Role.ONLY else f", {region.role} Region"
    yield f"{region.region}{role}"
    yield f"account {region.account}" + ("" if region.known is Known.YES else " by configuration, not read")
    yield from notes(region)


def of_alias(alias: AliasNode) -> Iterator[str]:
    """Where it leads, then who may invoke it."""
    yield f"{alias.function} in {alias.region}: {alias.leads}"
    yield from (of_permit(permit) for permit in alias.permits)
    yield from notes(alias)


def of_permit(permit: Permit) -> str:
    """`1 americas: may invoke, listed in its designer`."""
    may = {Known.YES: "may invoke", Known.NO: "may not invoke", Known.UNKNOWN: "permission not known"}
    lists = {Known.YES: "listed in its designer", Known.NO: "not listed in its designer"}
    listed = lists.get(permit.listed, "designer's list not read")
    why = f" ({permit.why})" if permit.why else ""
    return f"{permit.number} {permit.instance}: {may[permit.invoke]}{why}, {listed}"


def notes(node: Node) -> Iterator[str]:
    """What the doctor found there, and what was not read."""
    for note in node.notes[:_MOST]:
        yield f"{note.status}: {note.sentence}"
    if len(node.notes) > _MOST:
        yield f"and {len(node.notes) - _MOST} more"


def counted(number: int, what: str) -> str:
    """`1 flow`, `2 flows`."""
    return f"{number} {what}{'s' * (number != 1)}"


def summary(graph: Graph) -> str:
    """`3 instances · 13 flows · 30 functions in 2 Regions · account 111122223333`."""
    regions = {region.region for panel in graph.panels for region in panel.regions}
    names = {function.name for function in graph.functions if function.kind != "outside"}
    parts = (
        counted(len(graph.instances), "instance"),
        counted(sum(1 for _ in graph.flows), "flow"),
        f"{counted(len(names), 'function')} in {counted(len(regions), 'Region')}",
    )
    return " · ".join(parts)


def checked(graph: Graph) -> str:
    """`2 FAIL, 1 WARN, 20 passed`; says so where nobody asked the doctor."""
    counts = [
        f"{graph.checks[status]} {word}" for status, word in STATUSES.items() if graph.checks.get(status)
    ]
    return ", ".join(counts) or "not checked"
