"""`--json`: nodes, and edges from flows and instances to aliases."""

from collections.abc import Iterator
from typing import Any

from patchbay.wiring import ids
from patchbay.wiring.model import AliasNode, FunctionNode, Graph, InstanceNode, Node, Panel


def of(graph: Graph) -> dict[str, Any]:
    """One object; where something could not be read the value is `unknown`, and why is among the notes."""
    return {
        "app": graph.app,
        "environment": graph.environment,
        "account": graph.account,
        "instances": [_instance(instance) for instance in graph.instances],
        "groups": [_panel(panel) for panel in graph.panels],
        "edges": [*_invocations(graph), *_permissions(graph)],
        "checks": {str(status): count for status, count in sorted(graph.checks.items())},
        "notes": [
            {
                "node": note.node,
                "status": str(note.status),
                "check": note.check or None,
                "place": note.place,
                "sentence": note.sentence,
                "fix": note.fix or None,
            }
            for note in graph.notes
        ],
    }


def _node(node: Node) -> dict[str, Any]:
    return {"id": node.id, "status": str(node.status) if node.status else None}


def _instance(instance: InstanceNode) -> dict[str, Any]:
    return {
        **_node(instance),
        "name": instance.name,
        "alias": instance.alias,
        "region": instance.region,
        "account": instance.account,
        "group": instance.group,
        "exists": str(instance.exists),
        "logs_flows": str(instance.logs_flows),
        "unread": list(instance.unread),
        "flows_left_out": instance.flows_left_out,
        "flows": [{**_node(f), "name": f.name, "deployed": str(f.deployed)} for f in instance.flows],
    }


def _panel(panel: Panel) -> dict[str, Any]:
    return {
        "id": panel.id,
        "name": panel.name,
        "account": panel.account or None,
        "regions": [
            {**_node(r), "region": r.region, "role": str(r.role), "account": r.account, "read": str(r.known)}
            for r in panel.regions
        ],
        "functions": [_function(function) for function in panel.functions],
    }


def _function(function: FunctionNode) -> dict[str, Any]:
    return {
        **_node(function),
        "name": function.name,
        "kind": function.kind,
        "time_limit_seconds": int(function.limit) if function.limit else None,
        "aliases": [_alias(alias) for alias in function.aliases],
    }


def _alias(alias: AliasNode) -> dict[str, Any]:
    return {
        **_node(alias),
        "region": alias.region,
        "arn": alias.arn,
        "exists": str(alias.known),
        "versions": dict(alias.versions),
    }


def _invocations(graph: Graph) -> Iterator[dict[str, Any]]:
    for wire in graph.wires:
        for call in wire.calls:
            yield {
                "kind": "invokes",
                "from": wire.flow,
                "to": call.alias,
                "role": str(call.role) if call.region else None,
                "qualifier": call.qualifier,
                "blocks": call.blocks,
                "time_limits": list(call.limits),
            }


def _permissions(graph: Graph) -> Iterator[dict[str, Any]]:
    for alias in graph.aliases:
        for permit in alias.permits:
            yield {
                "kind": "permission",
                "from": ids.instance(permit.instance),
                "to": alias.id,
                "may_invoke": str(permit.invoke),
                "listed": str(permit.listed),
                "why": permit.why or None,
            }
