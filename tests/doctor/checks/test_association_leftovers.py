"""Functions that the flow designer should not offer any more."""

import pytest

from patchbay.doctor.checks.association_leftovers import CHECK
from patchbay.doctor.model import Scene, Status
from patchbay.live.model import Read
from tests.doctor import scenes
from tests.doctor.checks.alone import alone

_LAMBDA = "arn:aws:lambda:us-west-2:000000000000:function:"


def _with(*arns: str) -> Scene:
    scene = scenes.healthy()
    (live,) = scene.seen.instances
    assert isinstance(live.associations, Read)
    return scenes.with_instance(scene, associations=Read((*live.associations.value, *arns)))


@pytest.mark.parametrize(
    ("name", "why"),
    [
        ("patchbay-local-gone:live", "the environment does not wire gone to americas"),
        ("patchbay-local-tutorial", "it is the function without an alias: flows are permitted"),
        ("patchbay-local-tutorial:previous", "it is the alias previous: flows are permitted"),
        ("patchbay-local-tutorial:7", "it is the version 7: flows are permitted"),
    ],
)
def test_what_the_environment_does_not_have_is_left_over(name: str, why: str) -> None:
    arn = f"{_LAMBDA}{name}"

    finding = alone(CHECK, _with(arn))

    assert finding.status is Status.WARN
    assert finding.sentence.startswith(f"{arn} is in the flow designer's list, but {why}")
    assert finding.fix == (
        "aws connect disassociate-lambda-function --region us-east-1 --instance-id "
        f"11111111-2222-3333-4444-555555555555 --function-arn {arn}"
    )


def test_a_region_that_the_instance_is_not_wired_to_is_left_over() -> None:
    arn = f"{_LAMBDA}patchbay-local-tutorial:live".replace("us-west-2", "eu-west-1")

    assert "the environment has no tutorial in eu-west-1" in alone(CHECK, _with(arn)).sentence


@pytest.mark.parametrize(
    "name", ["somebody-elses", "patchbay-local-eu-tutorial:live", "patchbay-prod-tutorial:live"]
)
def test_functions_of_others_are_no_business_of_this_environment(name: str) -> None:
    assert not scenes.bad(CHECK, _with(f"{_LAMBDA}{name}"))
