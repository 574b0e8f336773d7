"""Calls that are split, and who works on it."""

import pytest

from live_alias.progress import Phase
from patchbay.doctor.checks.weights import CHECK
from patchbay.doctor.model import Scene, Status
from patchbay.functions import Kind
from patchbay.live.model import Read
from tests.doctor import scenes
from tests.doctor.checks.alone import alone, reported
from tests.doctor.checks.releases import released
from tests.doctor.scenes import TUTORIAL

ABORT = "patchbay release abort tutorial --env local --region us-west-2"
ALL_TO_1 = (
    "aws lambda update-alias --region us-west-2 --function-name patchbay-local-tutorial --name live "
    "--function-version 1 --routing-config AdditionalVersionWeights={}"
)


def _split(scene: Scene, description: str | None = None) -> Scene:
    changes = {} if description is None else {"description": description}
    scene = scenes.with_function(scene, TUTORIAL, versions=Read(("1", "2")))
    return scenes.with_alias(scene, TUTORIAL, version="1", weights={"2": 0.2}, **changes)


@pytest.mark.parametrize("phase", [Phase.START, Phase.SHIFT, Phase.WATCH])
def test_a_release_with_a_controller_at_work_is_as_it_should_be(phase: Phase) -> None:
    assert reported(released(phase)) == {}


def test_a_paused_release_is_as_it_should_be() -> None:
    assert reported(released(Phase.SHIFT, paused=True)) == {}


def test_a_later_part_of_its_execution_counts() -> None:
    assert reported(released(Phase.SHIFT, running=("patchbay-local-tutorial-v2-1700000000-3",))) == {}


def test_a_release_that_nobody_works_on_is_a_warning() -> None:
    finding = alone(CHECK, released(Phase.SHIFT, running=("patchbay-local-tutorial-v2-1600000000-1",)))

    assert finding.status is Status.WARN
    assert finding.sentence == (
        "the release of version 2 is at shift, callers are on version 1 (90.0%) and version 2 (10.0%), and "
        "no execution works on it; the sweep takes it up again within 15 minutes"
    )
    assert finding.fix == f"look again then, or end it now: {ABORT}"


def test_a_split_without_any_record_is_a_warning() -> None:
    finding = alone(CHECK, _split(scenes.healthy(), "made by hand"))

    assert finding.status is Status.WARN
    assert "version 1 (80.0%) and version 2 (20.0%), and no release works on it" in finding.sentence
    assert finding.fix == (
        f"{ALL_TO_1}, or, to release version 2 by evidence: "
        "patchbay release start tutorial --env local --region us-west-2 --version 2"
    )


def test_a_bots_function_is_not_released_by_evidence() -> None:
    assert alone(CHECK, _split(scenes.healthy(scenes.with_bot(kind=Kind.LEX)))).fix == ALL_TO_1


def test_a_split_after_the_end_of_a_release_is_a_warning() -> None:
    finding = alone(CHECK, _split(released(Phase.STOP)))

    assert finding.status is Status.WARN
    assert "the release of version 2 ended (stop: somebody said so)" in finding.sentence
    assert finding.fix == ABORT


def test_a_split_with_a_version_that_was_judged_bad_is_a_failure() -> None:
    finding = alone(CHECK, _split(released(Phase.BACK)))

    assert (finding.status, finding.fix) == (Status.FAIL, ABORT)


def test_a_split_between_other_versions_than_the_ended_release_is_not_aborted() -> None:
    scene = scenes.with_function(released(Phase.STOP), TUTORIAL, versions=Read(("1", "2", "3")))
    scene = scenes.with_alias(scene, TUTORIAL, version="1", weights={"3": 0.2})

    assert alone(CHECK, scene).fix.startswith(ALL_TO_1)


def test_an_alias_that_was_moved_during_a_release_is_a_warning() -> None:
    scene = scenes.with_function(released(Phase.SHIFT), TUTORIAL, versions=Read(("1", "2", "3")))
    scene = scenes.with_alias(scene, TUTORIAL, version="3", weights={})

    finding = alone(CHECK, scene)

    assert "callers are on version 3, but the release that goes on is that of version 2" in finding.sentence


def test_a_weight_of_nothing_sends_nobody_anywhere() -> None:
    scene = scenes.with_function(scenes.healthy(), TUTORIAL, versions=Read(("1", "2")))

    assert reported(scenes.with_alias(scene, TUTORIAL, weights={"2": 0.0})) == {}


def test_executions_that_cannot_be_read_are_missed_only_by_a_release() -> None:
    denied = {"running": scenes.DENIED}
    going = scenes.with_region(released(Phase.SHIFT), "us-west-2", **denied)
    quiet = scenes.with_region(scenes.healthy(), "us-west-2", **denied)

    assert scenes.only(CHECK, going).status is Status.SKIPPED
    assert scenes.bad(CHECK, quiet) == []
