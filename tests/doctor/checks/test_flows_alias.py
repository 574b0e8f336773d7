"""Deployed flows that name something else than an alias of this environment."""

import json

import pytest

from patchbay.doctor.checks import stacks_from_code
from patchbay.doctor.checks.flows_alias import CHECK
from patchbay.doctor.model import Status
from patchbay.live.model import LiveFlow, Read
from tests.doctor import scenes
from tests.doctor.checks import edited
from tests.doctor.checks.alone import alone, reasons, reported

_LAMBDA = "arn:aws:lambda:us-west-2:000000000000:function:"
_RIGHT = f"{_LAMBDA}patchbay-local-tutorial:live"
_NO_RIGHT = "the permission of flows is on the alias live alone, so callers hear the Error branch"


@pytest.mark.parametrize(
    ("arn", "why"),
    [
        (f"{_LAMBDA}patchbay-local-tutorial", f"that is the function without an alias; {_NO_RIGHT}"),
        (f"{_LAMBDA}patchbay-local-tutorial:$LATEST", f"that is the qualifier $LATEST; {_NO_RIGHT}"),
        (f"{_LAMBDA}patchbay-local-tutorial:3", f"that is the version 3; {_NO_RIGHT}"),
        (f"{_LAMBDA}patchbay-local-tutorial:previous", f"that is the qualifier previous; {_NO_RIGHT}"),
        (
            _RIGHT.replace("us-west-2", "eu-west-1"),
            "instance americas is wired to it in us-west-2, us-east-1 only",
        ),
    ],
)
def test_what_flows_may_not_invoke_is_a_failure_with_the_arn_that_belongs_there(arn: str, why: str) -> None:
    finding = alone(CHECK, edited.scene(LambdaFunctionARN=arn))

    assert finding.status is Status.FAIL
    assert finding.place.label == "flow tutorial of americas"
    assert finding.sentence.endswith(f" names {arn}: {why}")
    assert f"to {_RIGHT}, and publish it" in finding.fix


def test_a_function_that_the_instance_is_not_wired_to_is_a_failure() -> None:
    finding = alone(CHECK, edited.scene(LambdaFunctionARN=f"{_LAMBDA}patchbay-local-gone:live"))

    assert finding.status is Status.FAIL
    assert finding.sentence.endswith(
        "instance americas is wired to no such function, but to tutorial, customer_lookup, account_service"
    )


@pytest.mark.parametrize(
    ("arn", "why"),
    [
        (f"{_LAMBDA}patchbay-prod-tutorial:live", "by its name that is environment prod, not local"),
        (f"{_LAMBDA}patchbay-local-2-tutorial:live", "by its name that is environment local-2, not local"),
        (_RIGHT.replace("000000000000", "111122223333"), "that is in another account than 000000000000"),
    ],
)
def test_another_environment_is_a_warning(arn: str, why: str) -> None:
    finding = alone(CHECK, edited.scene(LambdaFunctionARN=arn))

    assert finding.status is Status.WARN
    assert finding.sentence.endswith(why)


@pytest.mark.parametrize("arn", ["$.Attributes.function", f"{_LAMBDA}somebody-elses", f"{_LAMBDA}lookup:3"])
def test_of_functions_of_others_and_of_what_only_the_call_knows_nothing_is_said(arn: str) -> None:
    assert reported(edited.scene(LambdaFunctionARN=arn)) == {}


def test_the_fallback_region_is_as_right_as_the_first() -> None:
    assert reported(edited.scene(LambdaFunctionARN=_RIGHT.replace("us-west-2", "us-east-1"))) == {}


def test_flows_of_others_are_looked_at_where_they_were_read() -> None:
    scene = scenes.healthy()
    (live,) = scene.seen.instances
    assert isinstance(live.flows, Read)
    text = edited.edited(edited.content(scene, "tutorial"), LambdaFunctionARN=_RIGHT.removesuffix(":live"))
    theirs = LiveFlow("f1", "arn", "Sales", text)

    finding = alone(CHECK, scenes.with_instance(scene, flows=Read((*live.flows.value, theirs))))

    assert finding.place.label == "flow Sales of americas"
    assert finding.fix.endswith("and publish it")


@pytest.mark.parametrize(
    "arn",
    [f"{_LAMBDA}patchbay-local-2-tutorial:live", _RIGHT.replace("000000000000", "111122223333")],
)
def test_another_environments_flow_in_a_shared_instance_is_its_own_matter(arn: str) -> None:
    scene = scenes.healthy()
    (live,) = scene.seen.instances
    assert isinstance(live.flows, Read)
    text = edited.edited(edited.content(scene, "tutorial"), LambdaFunctionARN=arn)
    theirs = LiveFlow("f1", "arn", "patchbay-local-2-tutorial", text)

    assert reported(scenes.with_instance(scene, flows=Read((*live.flows.value, theirs)))) == {}


def test_a_flow_as_connect_stores_it_is_still_the_deployed_one() -> None:
    """With Metadata of its own, and blocks in another order: its fix is a deploy, not the flow designer."""
    changed = edited.waiting(edited.scene(LambdaFunctionARN=f"{_LAMBDA}patchbay-local-gone:live"))
    stored = json.loads(edited.content(changed, "tutorial"))
    stored["Actions"].reverse()
    stored["Metadata"] = {"entryPointPosition": {"x": 1, "y": 2}, "ActionMetadata": {}}

    scene = scenes.with_flow(changed, "tutorial", json.dumps(stored))

    assert reasons(CHECK, scene) == ["the next deploy changes this flow: see stacks-from-code"]


def test_a_flow_that_the_next_deploy_puts_right_is_reported_with_the_stack() -> None:
    scene = edited.waiting(edited.scene(LambdaFunctionARN=f"{_LAMBDA}patchbay-local-gone:live"))

    alone(stacks_from_code.CHECK, scene)
    assert reasons(CHECK, scene) == ["the next deploy changes this flow: see stacks-from-code"]


def test_a_flow_that_cannot_be_read_is_skipped_with_the_reason() -> None:
    scene = scenes.with_flow(scenes.healthy(), "tutorial", '{"Version": "2018"}')

    assert len(reasons(CHECK, scene)) == 1
    assert reported(scene) == {}
