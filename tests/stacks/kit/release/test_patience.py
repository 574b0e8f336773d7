"""When the controller cannot see."""

import pytest

from live_alias.progress import Phase
from release.doubts import FEWEST_RECHECKED
from release.evidence import Reading, Unreadable
from release.patience import ERRORS_BEFORE_STUCK, MOST_FALLBACKS
from tests.stacks.kit.release.sim import Region
from tests.stacks.kit.release.sim_world import Kill


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


def _unreadable(*_: object, **__: object) -> Reading:
    raise Unreadable("cannot read the lines: AccessDenied")


@pytest.mark.parametrize("calls_per_hour", [30, 120])
def test_callers_do_not_meet_it_again_before_evidence_was_read(
    calls_per_hour: float, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The past can be read, what happens now cannot."""
    region = Region(calls_per_hour=calls_per_hour)
    region.callers.rates[region.deploy()] = 1.0
    region.until(Phase.SHIFT)
    monkeypatch.setattr(region.world, "read", _unreadable)
    region.tick(ERRORS_BEFORE_STUCK)
    assert (region.phase, region.live) == (Phase.START, ("1", {}))

    for _ in range(60):
        region.tick()
        assert (region.phase, region.live) == (Phase.START, ("1", {}))
        assert region.state["stuck"]
    monkeypatch.undo()
    region.hours(1)

    assert region.phase is Phase.BACK, "what was missed is counted"


def test_what_was_counted_before_a_blind_time_is_kept(region: Region) -> None:
    candidate = region.reach("shift")
    region.tick(15)
    before = region.state
    assert before["candidate"]["seen"] > 3
    region.world.blind = "Logs throttled"
    region.tick(ERRORS_BEFORE_STUCK + 3)
    fell = region.state["fell"]
    assert region.phase is Phase.START
    region.world.blind = ""
    region.tick()

    assert (region.phase, region.state["stuck"]) == (Phase.SHIFT, False)
    met = sum(met.version == candidate and met.at < fell for met in region.callers.met)
    assert region.state["candidate"]["seen"] == met >= before["candidate"]["seen"]
    assert region.state["tally"]["seen"] == met
    assert region.world.warm_ups == 1


def test_a_pass_after_a_blind_time_needs_a_new_comparison_with_metrics(region: Region) -> None:
    candidate = region.reach("shift")
    region.hours(0.5)
    assert region.phase is Phase.SHIFT
    region.world.blind = "Logs throttled"
    region.tick(ERRORS_BEFORE_STUCK)
    region.world.blind = ""
    region.tick()
    again = region.now

    region.until(Phase.WATCH)

    assert region.callers.seen(candidate, again) >= FEWEST_RECHECKED


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


def test_a_pause_says_nothing_about_the_evidence(region: Region) -> None:
    region.reach("shift")
    region.world.blind = "Logs throttled"
    region.tick(ERRORS_BEFORE_STUCK)
    region.command("pause")
    region.world.blind = ""

    region.tick(5)

    assert region.state["stuck"]


def test_the_step_that_takes_callers_back_may_be_killed_after_it_did(region: Region) -> None:
    candidate = region.reach("shift")
    region.world.blind = "Logs throttled"
    region.tick(ERRORS_BEFORE_STUCK - 1)
    region.world.kill = Kill(1, after=True)
    region.tick()
    assert (region.phase, region.live) == (Phase.START, ("1", {}))
    region.tick(4)
    assert region.phase is Phase.START
    region.world.blind = ""

    region.until(Phase.WATCH)

    assert region.state["candidate"]["seen"] <= region.callers.seen(candidate)


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
