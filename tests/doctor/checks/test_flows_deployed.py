"""Flows that take no calls."""

from dataclasses import replace

from patchbay.doctor.checks import stacks_from_code
from patchbay.doctor.checks.flows_deployed import CHECK
from patchbay.doctor.model import Scene, Status
from patchbay.live.model import Read
from tests.doctor import scenes
from tests.doctor.checks import edited
from tests.doctor.checks.alone import alone, reasons


def _without_tutorial() -> Scene:
    scene = scenes.healthy()
    (live,) = scene.seen.instances
    assert isinstance(live.flows, Read)
    name = scene.environment.names.flow("tutorial")
    return scenes.with_instance(scene, flows=Read(tuple(f for f in live.flows.value if f.name != name)))


def test_a_flow_that_is_not_published_goes_nowhere() -> None:
    finding = alone(CHECK, _without_tutorial())

    assert finding.status is Status.FAIL
    assert finding.place.label == "flow tutorial of americas"
    assert finding.sentence == (
        "americas has no published flow patchbay-local-tutorial: what leads to it goes nowhere"
    )


def test_a_flow_that_waits_for_its_first_deploy_is_reported_with_the_stack() -> None:
    scene = edited.waiting(scenes.healthy())
    gone = _without_tutorial().seen.instances
    scene = replace(scene, seen=replace(scene.seen, instances=gone))
    scene = scenes.with_stack(scene, edited.STACK, template=Read({"Resources": {}}))

    alone(stacks_from_code.CHECK, scene)
    assert reasons(CHECK, scene) == ["it waits for the next deploy: see stacks-from-code"]
