"""Instances with no room left."""

from patchbay.doctor.checks.association_quota import CHECK
from patchbay.doctor.model import Scene, Status
from patchbay.live.model import Read
from tests.doctor import scenes
from tests.doctor.checks.alone import alone


def _holding(number: int) -> Scene:
    scene = scenes.healthy()
    (live,) = scene.seen.instances
    assert isinstance(live.associations, Read)
    ours = live.associations.value
    others = (f"arn:aws:lambda:us-east-1:000000000000:function:x{n}" for n in range(number - len(ours)))
    return scenes.with_instance(scene, associations=Read((*ours, *others)))


def test_four_fifths_of_the_quota_are_fine() -> None:
    assert not scenes.bad(CHECK, _holding(40))


def test_more_is_a_warning_with_both_numbers() -> None:
    finding = alone(CHECK, _holding(41))

    assert (finding.status, finding.sentence) == (Status.WARN, "41 of 50 Lambda functions are associated")
    assert finding.fix.startswith("aws connect list-lambda-functions --region us-east-1 --instance-id 1111")


def test_a_full_instance_fails_the_next_deploy() -> None:
    finding = alone(CHECK, _holding(50))

    assert finding.status is Status.FAIL
    assert finding.sentence == (
        "50 of 50 Lambda functions are associated: the next deploy that adds a function fails"
    )


def test_a_quota_that_was_raised_counts() -> None:
    scene = _holding(41)
    (live,) = scene.seen.instances
    raised = live.instance.model_copy(update={"function_quota": 100})

    assert not scenes.bad(CHECK, scenes.with_instance(scene, instance=raised))
