"""Regions that do not answer, or for another account."""

from dataclasses import replace

from patchbay.doctor.checks import stacks
from patchbay.doctor.checks.credentials import CHECK
from patchbay.doctor.model import Finding, Scene, Status
from patchbay.live.model import Read, Unread
from tests.doctor import scenes
from tests.doctor.checks.alone import alone

_CLOSED = Unread("us-west-2 did not answer within 5 s")


def test_credentials_of_another_account_are_named_with_the_right_one() -> None:
    scene = scenes.with_region(scenes.healthy(), "us-west-2", identity=Read("999999999999"))

    finding, of_instance = scenes.bad(CHECK, scene)

    assert (finding.status, of_instance.status) == (Status.FAIL, Status.SKIPPED)
    assert finding.place.region == "us-west-2"
    assert finding.sentence == (
        "the credentials lead to account 999999999999, but the environment is in 000000000000"
    )
    assert finding.fix.endswith("aws sts get-caller-identity --region us-west-2")


def test_in_another_account_the_stacks_are_not_called_missing() -> None:
    scene = scenes.healthy()
    for region in scene.environment.regions:
        scene = scenes.with_region(scene, region, identity=Read("999999999999"))
    for stack in scene.seen.stacks:
        scene = scenes.with_stack(scene, stack.name, status=Read(None))

    assert [each.status for each in _stacks(scene)] == [Status.SKIPPED] * 3


def test_a_region_that_does_not_answer_is_a_failure_with_its_reason() -> None:
    finding = alone(CHECK, scenes.with_region(scenes.healthy(), "us-west-2", identity=_CLOSED))

    assert (finding.status, finding.sentence) == (Status.FAIL, _CLOSED.why)


def test_a_region_that_refuses_what_others_accept_may_not_be_enabled() -> None:
    refused = Unread(
        "AWS does not accept the credentials: GetCallerIdentity answered InvalidClientTokenId: no"
    )

    finding = alone(CHECK, scenes.with_region(scenes.healthy(), "us-west-2", identity=refused))

    assert finding.fix.endswith("look whether this one is enabled for the account")


def test_a_missing_right_is_no_wrong_account() -> None:
    denied = Unread("the right connect:DescribeInstance is missing", "connect:DescribeInstance")

    finding = scenes.only(CHECK, scenes.with_instance(scenes.healthy(), alias=denied))

    assert (finding.status, finding.right) == (Status.SKIPPED, "connect:DescribeInstance")


def test_an_instance_without_a_way_in_names_the_table_of_the_environment_file() -> None:
    scene = scenes.with_instance(_elsewhere(), alias=Unread("environment local says no way into account 1"))

    finding = alone(CHECK, scene)

    assert finding.place.instance == "americas"
    assert '[accounts."111122223333"]' in finding.fix


def _elsewhere() -> Scene:
    """With the instance in another account."""
    scene = scenes.healthy()
    (live,) = scene.seen.instances
    moved = live.instance.model_copy(update={"arn": replace(live.instance.arn, account="111122223333")})
    return scenes.with_instance(scene, instance=moved)


def _stacks(scene: Scene) -> list[Finding]:
    return list(stacks.CHECK.look(scene))
