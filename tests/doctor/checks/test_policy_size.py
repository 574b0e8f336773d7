"""Room in resource policies."""

from dataclasses import replace

import pytest

from patchbay.doctor.checks.policy_size import CHECK
from patchbay.doctor.model import Scene, Status
from patchbay.live.model import Read
from tests.doctor import scenes
from tests.doctor.checks.alone import alone, reported
from tests.doctor.scenes import TUTORIAL


def _of(size: int) -> Scene:
    scene = scenes.healthy()
    policy = scene.seen.function(*TUTORIAL).policy
    assert isinstance(policy, Read)
    assert policy.value is not None
    return scenes.with_function(scene, TUTORIAL, policy=Read(replace(policy.value, bytes=size)))


@pytest.mark.parametrize(("size", "status"), [(14_337, Status.WARN), (19_457, Status.FAIL)])
def test_a_policy_with_little_room_is_reported(size: int, status: Status) -> None:
    finding = alone(CHECK, _of(size))

    assert finding.status is status
    assert f"the policy of the alias live has {size:,} of 20,480 bytes" in finding.sentence
    assert finding.fix.startswith(
        "aws lambda get-policy --region us-west-2 --function-name patchbay-local-tutorial --qualifier live; "
    )


def test_seventy_percent_is_room_enough() -> None:
    assert reported(_of(14_336)) == {}


def test_a_policy_that_cannot_be_read_is_skipped() -> None:
    scene = scenes.with_function(scenes.healthy(), TUTORIAL, bare_policy=scenes.DENIED)

    assert scenes.only(CHECK, scene).right == "lambda:GetPolicy"
