"""While the controller cannot see: callers are on stable, time goes on, and it is told once."""

import pytest

from live_alias.progress import Phase
from release.patience import ERRORS_BEFORE_STUCK, MOST_FALLBACKS
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


def test_time_without_evidence_counts_and_ends_on_stable() -> None:
    region = Region(release={"max_hours": 1})
    region.deploy()
    region.until(Phase.SHIFT)
    region.world.blind = "Logs: AccessDenied"

    region.until(Phase.STOP, hours=2)

    assert (region.live, region.record.judged) == (("1", {}), "")


def test_evidence_that_comes_and_goes_does_not_prolong_a_release() -> None:
    region = Region(release={"max_hours": 2, "force": True}, calls_per_hour=30)
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

    region.hours(3)
    assert (region.phase, region.live) == (Phase.WATCH, (candidate, {}))
    assert region.world.news[-1].stuck
    region.world.blind = ""

    region.until(Phase.DONE)


def test_a_watch_that_never_sees_ends_after_twice_its_time_and_says_so(region: Region) -> None:
    candidate = region.reach("watch")
    region.world.blind = "Logs: AccessDenied"
    promoted = region.now

    region.until(Phase.DONE, hours=5)

    assert region.now - promoted == pytest.approx(4 * 3600, abs=301)
    assert region.live == (candidate, {})
    last = region.world.news[-1]
    assert (last.phase, last.stuck) == ("done", True)
    assert last.why.startswith("not watched")


def test_a_pause_holds_a_watch_that_does_not_see(region: Region) -> None:
    region.reach("watch")
    region.command("pause")
    region.world.blind = "Logs: AccessDenied"

    region.hours(6)

    assert region.phase is Phase.WATCH


@pytest.mark.parametrize("paused", [False, True])
def test_a_pause_does_not_keep_callers_on_a_candidate_that_nobody_sees(region: Region, paused: bool) -> None:
    region.reach("shift")
    if paused:
        region.command("pause")
    region.world.blind = "Logs: AccessDenied"

    region.tick(ERRORS_BEFORE_STUCK)

    assert region.live == ("1", {})


def test_evidence_that_is_lost_again_and_again_ends_the_release(region: Region) -> None:
    region.deploy()
    for _ in range(MOST_FALLBACKS):
        region.until(Phase.SHIFT)
        region.world.blind = "Logs throttled"
        region.tick(ERRORS_BEFORE_STUCK)
        region.world.blind = ""

    assert (region.phase, region.live, region.record.judged) == (Phase.STOP, ("1", {}), "")
    last = region.world.news[-1]
    assert (last.phase, last.stuck) == ("stop", True)
    assert last.why.startswith("evidence could not be read, 3 times")


def test_what_is_stuck_is_counted_at_every_step_and_told_once(region: Region) -> None:
    region.reach("shift")
    region.world.blind = "Logs throttled"
    region.tick(ERRORS_BEFORE_STUCK)
    told = len(region.world.news)

    region.tick(7)

    assert (region.world.stuck_again, len(region.world.news)) == (7, told)


@pytest.mark.parametrize("phase", ["start", "shift", "watch"])
def test_a_pause_that_was_forgotten_is_told_after_a_day(phase: str) -> None:
    region = Region()
    region.reach(phase)
    region.command("pause")

    region.hours(23)
    assert not region.state["stuck"]
    region.hours(1.2)
    assert region.state["stuck"]
    assert region.world.news[-1].stuck
    region.command("resume")
    region.tick(2)

    assert not region.state["stuck"]
