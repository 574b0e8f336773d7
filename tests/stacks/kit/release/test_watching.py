"""After the promotion."""

import pytest

from live_alias.progress import Phase
from tests.stacks.kit.release.sim import HOUR, Region


def test_a_watch_without_findings_ends_after_watch_hours(region: Region) -> None:
    region.reach("watch")
    promoted = region.now

    region.until(Phase.DONE)

    assert region.now - promoted == pytest.approx(2 * HOUR, abs=301)


def test_a_fault_that_begins_after_the_promotion_is_split_again_and_taken_back(region: Region) -> None:
    candidate = region.reach("watch")
    region.hours(0.5)
    region.callers.rates[candidate] = 1.0
    broke = region.now

    region.until(Phase.SHIFT)
    assert region.live == ("1", {candidate: 0.5})
    region.until(Phase.BACK)

    assert (region.live, region.previous) == (("1", {}), "1")
    assert region.record.judged == region.record.fingerprint
    assert region.now - broke < HOUR


def test_an_outage_after_the_promotion_is_split_again_and_promoted_again(region: Region) -> None:
    candidate = region.reach("watch")
    region.callers.outage = 0.5
    region.until(Phase.SHIFT)
    region.hours(0.5)
    assert region.phase is Phase.SHIFT
    region.callers.outage = 0.0

    region.until(Phase.WATCH)
    again = region.now
    assert (region.live, region.previous) == ((candidate, {}), "1")
    region.until(Phase.DONE)

    assert region.now - again == pytest.approx(2 * HOUR, abs=301), "what was promoted again is watched again"


def test_the_time_for_a_verdict_begins_again_with_the_second_split() -> None:
    region = Region(release={"max_hours": 3, "watch_hours": 8})
    candidate = region.reach("watch")
    region.hours(5)
    region.callers.outage = 0.5
    region.until(Phase.SHIFT)
    region.callers.outage = 0.0

    region.tick(5)
    assert region.phase is Phase.SHIFT
    region.until(Phase.WATCH)

    assert region.live == (candidate, {})


@pytest.mark.parametrize("kill_after", [False, True])
def test_a_second_split_whose_step_was_killed_is_not_decided_by_the_first_ones_pass(
    region: Region, kill_after: bool
) -> None:
    candidate = region.reach("watch")
    region.callers.rates[candidate] = 1.0
    while region.phase is Phase.WATCH:
        before = region.state
        region.tick()
    # The step's answer was lost: the next one has the state from before it.
    (execution,) = region.executions.values()
    execution.payload["state"] = before
    region.callers.rates[candidate] = 1.0 if kill_after else 0.0
    region.tick(3)
    assert region.phase is Phase.SHIFT

    region.until(Phase.BACK if kill_after else Phase.WATCH)


def test_a_pause_holds_the_end_of_the_watch(region: Region) -> None:
    candidate = region.reach("watch")
    region.command("pause")

    region.hours(5)
    assert (region.phase, region.live) == (Phase.WATCH, (candidate, {}))
    region.command("resume")

    region.until(Phase.DONE, hours=0.1)


def test_a_fault_during_a_pause_of_the_watch_takes_callers_back(region: Region) -> None:
    candidate = region.reach("watch")
    region.command("pause")
    region.callers.rates[candidate] = 1.0

    region.until(Phase.BACK, hours=2)

    assert region.live == ("1", {})
    assert region.callers.harmed(candidate) < 60


def test_a_fault_without_an_earlier_version_is_told(region: Region) -> None:
    candidate = region.reach("watch")
    del region.service.aliases["previous"]
    region.service.delete_version("1")
    region.callers.rates[candidate] = 1.0

    region.hours(1)
    assert (region.phase, region.live) == (Phase.WATCH, (candidate, {}))
    assert region.world.news[-1].stuck

    region.until(Phase.DONE)


def test_callers_that_a_hand_moved_back_stay_there(region: Region) -> None:
    region.reach("watch")
    region.by_hand("1")

    region.tick()

    assert (region.phase, region.live) == (Phase.STOP, ("1", {}))


def test_callers_that_a_hand_moved_to_another_version_are_left_alone(region: Region) -> None:
    region.reach("watch")
    stranger = region.service.publish()
    region.by_hand(stranger)

    region.tick()

    assert (region.phase, region.live) == (Phase.STOP, (stranger, {}))


@pytest.mark.parametrize(("rate", "end"), [(0.0, Phase.WATCH), (1.0, Phase.BACK)])
def test_a_split_by_hand_is_decided_by_new_evidence(region: Region, rate: float, end: Phase) -> None:
    candidate = region.reach("watch")
    region.callers.rates[candidate] = rate
    region.by_hand(candidate, {"1": 0.4})

    region.tick(4)
    assert (region.phase, region.live) == (Phase.SHIFT, ("1", {candidate: 0.6}))

    region.until(end)


def test_a_promotion_by_an_operator_is_watched(region: Region) -> None:
    candidate = region.deploy()
    region.command("promote")
    region.hours(0.5)
    region.callers.rates[candidate] = 1.0

    region.until(Phase.SHIFT)
    region.until(Phase.BACK)

    assert region.live == ("1", {})
