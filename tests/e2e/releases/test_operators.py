"""Operators: the command line on releases that go on, that have ended, and whose controller was stopped."""

import json
from typing import Any

import pytest

from live_alias import executions
from live_alias.executions import Run
from live_alias.progress import Phase
from patchbay.naming import PREVIOUS
from release.orphans import MOST_RESTARTS
from tests.e2e.releases.conftest import Releases

AGAIN, JUDGED = "refused", "unimportable"
"""Rolled back both: one is started again without callers, one is promoted against the verdict."""
REGIONS = ("us-west-2", "us-east-1")
REASON = "the package is in the layer now"


@pytest.fixture(scope="module")
def again(releases: Releases) -> None:
    """A release that goes on as long as nobody ends it, because nobody calls."""
    for region in REGIONS:
        releases.over(AGAIN, region)
    assert releases.command("start", AGAIN).code == 2
    started = releases.command("start", AGAIN, "--force", "--reason", "once more")
    assert started.code == 0, started.err
    releases.reaches(Phase.SHIFT, AGAIN)


@pytest.fixture(scope="module")
def forced(releases: Releases) -> None:
    """Promoted in both Regions although it was judged bad."""
    for region in REGIONS:
        releases.over(JUDGED, region)
    assert releases.command("promote", JUDGED).code == 2
    promoted = releases.command("promote", JUDGED, "--force", "--reason", REASON)
    assert promoted.code == 0, promoted.err


def test_a_pause_holds_the_split_until_somebody_resumes(releases: Releases, again: None) -> None:
    split = releases.routing(AGAIN)
    assert releases.command("pause", AGAIN).code == 0
    assert _progress(releases)["paused"]
    assert releases.routing(AGAIN) == split
    assert releases.command("resume", AGAIN).code == 0
    assert not _progress(releases)["paused"]
    assert releases.routing(AGAIN) == split


def test_the_status_of_both_regions_is_told(releases: Releases, again: None) -> None:
    answer = releases.command("status", AGAIN, "--json")
    assert answer.code == 0
    leader, follower = json.loads(answer.out)["releases"]
    assert (leader["region"], leader["phase"], leader["leads"]) == ("us-west-2", "shift", True)
    assert (follower["region"], follower["phase"], follower["leads"]) == ("us-east-1", "start", False)
    assert leader["calls"] == {
        leader["stable"]: pytest.approx(1 - leader["weight"]),
        leader["candidate"]: leader["weight"],
    }
    assert follower["calls"] == {follower["stable"]: 1}


def test_whoever_watches_a_release_that_goes_on_gets_3_when_the_time_is_up(
    releases: Releases, again: None
) -> None:
    answer = releases.command("watch", AGAIN, "--timeout", "1")
    assert answer.code == 3
    assert "goes on without you" in answer.err


def test_a_release_whose_execution_was_stopped_by_hand_is_restarted_before_its_first_caller(
    releases: Releases, again: None
) -> None:
    _stop(releases, 1)
    _until_it_runs(releases, 2)
    releases.reaches(Phase.SHIFT, AGAIN)
    assert _part(releases, 1) == "ABORTED"
    (restarted,) = _input(releases, 2)["state"]["moves"]
    assert (restarted["phase"], restarted["weight"]) == ("start", 0)


def test_a_release_whose_execution_is_stopped_every_time_ends_without_a_split(
    releases: Releases, again: None
) -> None:
    first = next(part for part in range(1, MOST_RESTARTS + 2) if _part(releases, part) == "RUNNING")
    for part in range(first, MOST_RESTARTS + 2):
        _until_it_runs(releases, part)
        releases.reaches(Phase.SHIFT, AGAIN)
        _stop(releases, part)
    releases.reaches(Phase.STOP, AGAIN)
    assert releases.routing(AGAIN) == (releases.record(AGAIN).stable, {})
    releases.reaches(Phase.STOP, AGAIN, "us-east-1")
    assert releases.command("watch", AGAIN).code == 1


def test_a_forced_promotion_of_what_was_judged_bad_keeps_its_reason_and_takes_the_verdict_off(
    releases: Releases, forced: None
) -> None:
    for region in REGIONS:
        record = releases.record(JUDGED, region)
        assert record.progress is not None
        assert record.progress.why == REASON
        assert not record.judged
        assert releases.routing(JUDGED, region) == (record.releases[0].candidate, {})
        name = releases.deployed.environment.names.function(JUDGED)
        client = releases.deployed.aws.client("lambda", region)
        assert client.get_alias(FunctionName=name, Name=PREVIOUS)["FunctionVersion"] == record.stable


def test_what_was_promoted_by_force_is_watched(releases: Releases, forced: None) -> None:
    assert releases.phase(JUDGED) is Phase.WATCH
    assert "RUNNING" in releases.executions(JUDGED).values()
    assert releases.command("watch", JUDGED).code == 0


def test_an_abort_takes_callers_back_in_both_regions_and_may_be_repeated(
    releases: Releases, forced: None
) -> None:
    for _ in range(2):
        assert releases.command("abort", JUDGED, "--reason", "it was not").code == 0
        for region in REGIONS:
            assert releases.phase(JUDGED, region) is Phase.STOP
            assert releases.routing(JUDGED, region) == (releases.record(JUDGED, region).stable, {})
    releases.rests(JUDGED)


def test_whoever_watches_gets_0_of_a_promotion_and_1_of_a_rollback(releases: Releases) -> None:
    for function in ("good", "raises"):
        releases.over(function)
    assert releases.command("watch", "good").code == 0
    assert releases.command("watch", "raises").code == 1


def test_a_release_that_has_ended_leaves_its_evidence_in_a_report(releases: Releases) -> None:
    releases.over("raises")
    releases.rests("raises")
    answer = releases.command("report", "raises", "--json")
    assert answer.code == 0, answer.err
    found = json.loads(answer.out)
    assert (found["end"], found["candidate"]) == ("back", releases.record("raises").releases[0].candidate)
    assert found["evidence"]["candidate"]["failed"] >= 1
    assert found["evidence"]["stable"]["failed"] == 0
    text = releases.command("report", "raises")
    assert text.code == 0
    assert "rolled back" in text.out


def _progress(releases: Releases) -> dict[str, Any]:
    """As `status` tells it, of the leading Region."""
    found: dict[str, Any] = json.loads(releases.command("status", AGAIN, "--json").out)["releases"][0]
    return found


def _arn(releases: Releases, part: int) -> str:
    record = releases.record(AGAIN)
    assert record.progress is not None
    name = releases.deployed.environment.names.function(AGAIN)
    run = Run(name, record.releases[0].candidate, record.progress.at, part)
    return executions.arn(releases.deployed.environment.release_machine_arn("us-west-2"), run)


def _part(releases: Releases, part: int) -> str | None:
    """The status of the release's nth execution."""
    return releases.executions(AGAIN).get(_arn(releases, part).rpartition(":")[2])


def _input(releases: Releases, part: int) -> dict[str, Any]:
    client = releases.deployed.aws.client("stepfunctions", "us-west-2")
    found: dict[str, Any] = json.loads(client.describe_execution(executionArn=_arn(releases, part))["input"])
    return found


def _until_it_runs(releases: Releases, part: int) -> None:
    releases.until(lambda: _part(releases, part) == "RUNNING", f"the sweep starts execution {part}")


def _stop(releases: Releases, part: int) -> None:
    client = releases.deployed.aws.client("stepfunctions", "us-west-2")
    client.stop_execution(executionArn=_arn(releases, part))
