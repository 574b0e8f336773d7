"""When the controller sees again: no evidence is lost or counted twice, and none is taken for granted."""

import pytest

from live_alias.progress import Phase
from release.doubts import FEWEST_RECHECKED
from release.evidence import Reading, Unreadable
from release.patience import ERRORS_BEFORE_STUCK
from tests.stacks.kit.release.sim import Region
from tests.stacks.kit.release.sim_world import Kill


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
