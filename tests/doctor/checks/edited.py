"""Deployed flows with one block another way."""

import json
from dataclasses import replace
from typing import Any

from patchbay.doctor.model import Scene
from patchbay.live.model import Read
from tests.doctor import scenes

STACK = "patchbay-local-connect-americas"
BLOCK = "Invoke"


def content(scene: Scene, flow: str) -> str:
    """As it is deployed."""
    (live,) = scene.seen.instances
    assert isinstance(live.flows, Read)
    name = scene.environment.names.flow(flow)
    return next(each.content for each in live.flows.value if each.name == name)


def invoke_block(text: str) -> dict[str, Any]:
    """The parameters of its first Invoke block."""
    actions = json.loads(text)["Actions"]
    found: dict[str, Any] = next(a for a in actions if a["Type"] == "InvokeLambdaFunction")
    return found


def edited(text: str, **parameters: Any) -> str:
    """The same flow, parameters of its first Invoke block another way; None takes one out."""
    flow = json.loads(text)
    block = next(a for a in flow["Actions"] if a["Type"] == "InvokeLambdaFunction")
    merged = {**block["Parameters"], **parameters}
    block["Parameters"] = {key: value for key, value in merged.items() if value is not None}
    return json.dumps(flow)


def scene(flow: str = "tutorial", **parameters: Any) -> Scene:
    """Healthy but for that block of that flow."""
    healthy = scenes.healthy()
    return scenes.with_flow(healthy, flow, edited(content(healthy, flow), **parameters))


def waiting(changed: Scene, flow: str = "tutorial") -> Scene:
    """As if the flow had been deployed so, and the code makes the healthy one."""
    name = changed.environment.names.flow(flow)
    deployed, made = (
        {"Resources": {"F": _flow(name, content(of, flow))}} for of in (changed, scenes.healthy())
    )
    assert isinstance(changed.templates, Read)
    changed = replace(changed, templates=Read({**changed.templates.value, STACK: made}))
    return scenes.with_stack(changed, STACK, template=Read(deployed))


def _flow(name: str, text: str) -> dict[str, Any]:
    return {"Type": "AWS::Connect::ContactFlow", "Properties": {"Name": name, "Content": text}}
