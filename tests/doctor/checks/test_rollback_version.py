"""The way back."""

import pytest

from live_alias.progress import Phase
from patchbay.doctor.checks.rollback_version import CHECK
from patchbay.doctor.model import Status
from tests.doctor import scenes
from tests.doctor.checks.alone import alone, reported
from tests.doctor.checks.releases import released
from tests.doctor.scenes import TUTORIAL

COMMAND = (
    "alias --region us-west-2 --function-name patchbay-local-tutorial --name previous --function-version 1"
)


@pytest.mark.parametrize("phase", [Phase.START, Phase.SHIFT])
def test_before_the_promotion_the_alias_itself_keeps_the_version(phase: Phase) -> None:
    assert reported(released(phase, previous=None)) == {}


def test_a_watch_without_the_alias_previous_is_a_warning() -> None:
    finding = alone(CHECK, released(Phase.WATCH, previous=None))

    assert finding.status is Status.WARN
    assert finding.sentence == (
        "the release of version 2 is at watch, but the alias previous is not there: "
        "nothing keeps version 1 from deletion"
    )
    assert finding.fix == f"aws lambda create-{COMMAND}"


def test_a_watch_with_previous_elsewhere_is_a_warning() -> None:
    finding = alone(CHECK, released(Phase.WATCH, versions=("0", "1", "2"), previous="0"))

    assert "the alias previous names version 0" in finding.sentence
    assert finding.fix == f"aws lambda update-{COMMAND}"


def test_a_release_that_can_take_nobody_back_is_a_failure() -> None:
    finding = alone(CHECK, released(Phase.WATCH, versions=("2",), previous=None))

    assert finding.status is Status.FAIL
    assert "version 1 is not there: a bad verdict could take no caller back" in finding.sentence
    assert finding.fix == "take the commit with the code to go back to; then: patchbay local deploy"


def test_a_release_that_would_go_back_to_previous_instead_is_a_warning() -> None:
    finding = alone(CHECK, released(Phase.WATCH, versions=("0", "2"), previous="0"))

    assert (finding.status, "it would go back to 0" in finding.sentence) == (Status.WARN, True)


@pytest.mark.parametrize("phase", [Phase.DONE, None])
def test_after_a_release_a_missing_version_is_a_warning(phase: Phase | None) -> None:
    finding = alone(CHECK, released(phase, versions=("2",)))

    assert finding.status is Status.WARN
    assert finding.sentence == ("version 1, which version 2 replaced, is not there: nobody can go back to it")


def test_versions_that_cannot_be_read_are_skipped() -> None:
    scene = scenes.with_function(released(Phase.WATCH), TUTORIAL, versions=scenes.DENIED)

    assert scenes.only(CHECK, scene).status is Status.SKIPPED
