"""When the controller cannot see."""

import pytest

from live_alias.progress import Phase
from release.patience import ERRORS_BEFORE_STUCK
from tests.stacks.kit.release.sim import Region


def test_callers_leave_the_candidate_after_five_blind_steps_and_it_goes_on_when_evidence_is_back(
    region: Region,
) -> None:
    candidate = region.reach("shift")
    held = region.live
    region.world.blind = "Logs: AccessDenied"

    region.tick(ERRORS_BEFORE_STUCK - 1)
    assert (region.phase, region.live) == (Phase.SHIFT, held)
    region.tick()
    assert (region.phase, region.live) == (Phase.START, ("1", {}))
    assert region.world.news[-1].stuck
    told = len(region.world.news)
    region.tick(30)
    assert (region.live, len(region.world.news)) == (("1", {}), told)
    region.world.blind = ""

    region.until(Phase.WATCH)
    assert region.live == (candidate, {})
    assert not region.world.news[-1].stuck


def test_a_bad_candidate_is_found_after_a_blind_time(region: Region) -> None:
    region.callers.rates[region.reach("shift")] = 1.0
    region.world.blind = "Logs throttled"
    region.tick(8)
    region.world.blind = ""

    region.until(Phase.BACK, hours=2)


def test_a_few_blind_steps_lose_no_evidence_and_count_none_twice(region: Region) -> None:
    candidate = region.reach("shift")
    region.tick(2)
    for _ in range(6):
        region.world.blind = "Logs throttled"
        region.tick(3)
        region.world.blind = ""
        region.tick()

    settled = region.now - 120
    counted = region.state["attempts"][candidate]
    assert counted == sum(met.version == candidate and met.at < settled for met in region.callers.met)


def test_time_without_evidence_counts_and_ends_on_stable() -> None:
    region = Region(release={"max_hours": 1})
    region.deploy()
    region.until(Phase.SHIFT)
    region.world.blind = "Logs: AccessDenied"

    region.until(Phase.STOP, hours=2)

    assert (region.live, region.record.judged) == (("1", {}), "")


def test_evidence_that_comes_and_goes_does_not_prolong_a_release() -> None:
    region = Region(release={"max_hours": 2}, calls_per_hour=30)
    region.deploy()
    began = region.now
    while region.phase in (Phase.START, Phase.SHIFT):
        region.world.blind = "" if region.world.blind else "Logs throttled"
        region.tick(10)
        assert region.now - began < 4 * 3600

    assert region.phase is Phase.STOP


def test_a_leading_region_that_does_not_answer_does_not_hold_a_release_for_ever() -> None:
    region = Region(release={"max_hours": 1, "lead": {"region": "us-west-2", "mode": "follow"}})
    region.world.blind = "us-west-2 does not answer"
    region.deploy()

    region.until(Phase.STOP, hours=2)

    assert region.live == ("1", {})


def test_a_promoted_version_stays_while_the_watch_cannot_see(region: Region) -> None:
    candidate = region.reach("watch")
    region.world.blind = "Logs: AccessDenied"

    region.hours(5)
    assert (region.phase, region.live) == (Phase.WATCH, (candidate, {}))
    assert region.world.news[-1].stuck
    region.world.blind = ""

    region.until(Phase.DONE)


@pytest.mark.parametrize("paused", [False, True])
def test_a_pause_does_not_keep_callers_on_a_candidate_that_nobody_sees(region: Region, paused: bool) -> None:
    region.reach("shift")
    if paused:
        region.command("pause")
    region.world.blind = "Logs: AccessDenied"

    region.tick(ERRORS_BEFORE_STUCK)

    assert region.live == ("1", {})
