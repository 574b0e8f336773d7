"""What was read, with what the doctor found, as one graph. Pure: the same input makes the same graph."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from patchbay.config import Environment
from patchbay.doctor.model import Status
from patchbay.doctor.run import Result
from patchbay.live.model import LiveFlow, LiveInstance, Read, Seen, Unread
from patchbay.wiring import functions, ids, notes, permits, unread, wires
from patchbay.wiring.model import FlowNode, Graph, InstanceNode, Known, Note, Wire
from patchbay.wiring.notes import Notes


@dataclass(frozen=True)
class _Flow:
    """One flow of an instance: as configured, as deployed, or both."""

    name: str
    live: LiveFlow | None
    deployed: Known

    @property
    def content(self) -> str:
        return self.live.content if self.live else '{"Actions": []}'


def build(environment: Environment, seen: Seen, results: Sequence[Result]) -> Graph:
    """The graph of an environment."""
    flows = {one.instance.name: tuple(_flows(environment, one)) for one in seen.instances}
    permitted = {
        ids.alias(live.region, live.function): permits.of(environment, seen, live) for live in seen.functions
    }
    found, broken = _wires(environment, seen, flows, wires.Permits(permitted))
    flow_ids = {ids.flow(instance, flow.name) for instance, every in flows.items() for flow in every}
    told = notes.collect(environment, results, flow_ids, [*broken, *unread.every(seen)])
    side = functions.Side(environment, seen, permitted, told)
    return Graph(
        ids.ENVIRONMENT,
        environment.app,
        environment.name,
        environment.account,
        tuple(_instance(n, one, flows, told) for n, one in enumerate(seen.instances, start=1)),
        functions.panels(side, found),
        found,
        told.every(),
        dict(Counter(result.status for result in results)),
    )


def _flows(environment: Environment, instance: LiveInstance) -> Iterator[_Flow]:
    """Those of the configuration first, in its order; then what else was read."""
    prefix = environment.names.flow("")
    live = instance.flows.value if isinstance(instance.flows, Read) else ()
    by_name = {flow.name.removeprefix(prefix): flow for flow in live}
    absent = Known.UNKNOWN if isinstance(instance.flows, Unread) else Known.NO
    for name in dict.fromkeys((*instance.instance.flows, *sorted(by_name))):
        yield _Flow(name, by_name.get(name), Known.YES if name in by_name else absent)


def _wires(
    environment: Environment,
    seen: Seen,
    flows: Mapping[str, Sequence[_Flow]],
    permitted: wires.Permits,
) -> tuple[tuple[Wire, ...], list[Note]]:
    """Those of every flow, and a note for each whose content is not a flow."""
    found: list[Wire] = []
    broken: list[Note] = []
    for one in seen.instances:
        name = one.instance.name
        for flow in flows[name]:
            node = ids.flow(name, flow.name)
            try:
                found += wires.of(environment, one.instance, node, flow.content, permitted)
            except ValueError as error:
                place = f"flow {flow.name} of {name}"
                broken.append(Note(node, Status.SKIPPED, "", place, f"its content is not a flow: {error}"))
    return tuple(found), broken


def _instance(
    number: int, live: LiveInstance, flows: Mapping[str, Sequence[_Flow]], told: Notes
) -> InstanceNode:
    instance = live.instance
    node = ids.instance(instance.name)
    return InstanceNode(
        node,
        told.status(node),
        told.told(node),
        number,
        instance.name,
        (isinstance(live.alias, Read) and live.alias.value) or instance.alias,
        instance.arn.region,
        instance.arn.account,
        instance.region_group,
        _known(live.alias),
        _known(live.logs_flows),
        tuple(_flow(instance.name, flow, told) for flow in flows[instance.name]),
        live.flows_left_out,
        unread.parts(live),
    )


def _flow(instance: str, flow: _Flow, told: Notes) -> FlowNode:
    node = ids.flow(instance, flow.name)
    return FlowNode(node, told.status(node), told.told(node), instance, flow.name, flow.deployed)


def _known(part: Read[str | None] | Read[bool] | Unread) -> Known:
    if isinstance(part, Unread):
        return Known.UNKNOWN
    return Known.YES if part.value else Known.NO
