"""While some callers meet the candidate."""

import pytest

from live_alias.progress import Phase
from tests.stacks.kit.release.sim import Region


def weights(region: Region) -> list[float]:
    return [move["weight"] for move in region.state["moves"]]


def test_a_good_candidate_is_promoted_in_steps_and_then_done(region: Region) -> None:
    candidate = region.deploy()

    region.until(Phase.WATCH, hours=3)
    assert (region.live, region.previous) == ((candidate, {}), "1")
    assert weights(region) == sorted(weights(region))
    assert max(weights(region)[:-1]) <= 0.5
    region.until(Phase.DONE, hours=3)

    assert (region.live, region.previous) == ((candidate, {}), "1")
    assert list(region.ends.values()) == ["done"]
    assert [end for _, end in region.world.reports] == ["done"]


def test_a_bad_candidate_goes_to_weight_0_in_one_write_and_is_judged(region: Region) -> None:
    candidate = region.deploy()
    region.callers.rates[candidate] = 1.0
    region.until(Phase.SHIFT)

    region.until(Phase.BACK, hours=2)

    back = region.world.writes[-1]
    assert (back.name, back.routing.weights, region.live) == ("live", (), ("1", {}))
    assert region.record.judged == region.record.fingerprint
    assert region.callers.harmed(candidate) <= 5
    assert region.previous is None


def test_a_judged_candidate_is_not_released_by_the_next_deploy_of_it(region: Region) -> None:
    candidate = region.reach("back")

    region.stack.event("Update", candidate, "1")
    region.start_executions()

    assert (region.live, region.executions) == (("1", {}), {})


@pytest.mark.parametrize("weather", ["disagree", "throttled", "cross_blind", "late"])
def test_no_candidate_is_promoted_while_the_evidence_is_in_doubt(region: Region, weather: str) -> None:
    doubt = {"disagree": "lines are missing", "throttled": 3, "cross_blind": "denied", "late": 1e9}[weather]
    region.deploy()
    region.until(Phase.SHIFT)
    setattr(region.world, weather, doubt)

    for _ in range(180):
        region.tick()
        assert region.phase in (Phase.START, Phase.SHIFT)
    setattr(region.world, weather, 0 if weather in ("late", "throttled") else "")

    region.until(Phase.WATCH)


def test_the_weight_is_not_raised_while_lambda_throttles(region: Region) -> None:
    region.deploy()
    region.until(Phase.SHIFT)
    before = region.live
    region.world.throttled = 1

    region.tick(60)

    assert region.live == before
    assert "throttled" in region.state["note"]


def test_a_bad_candidate_leaves_although_lambda_throttles(region: Region) -> None:
    region.callers.rates[region.deploy()] = 1.0
    region.world.throttled = 5

    region.until(Phase.BACK, hours=2)


def test_what_is_undecided_after_max_hours_ends_on_stable() -> None:
    region = Region(release={"max_hours": 1, "force": True}, calls_per_hour=6)
    region.deploy()
    began = region.now

    region.until(Phase.STOP)

    assert region.now - began == pytest.approx(3600, abs=130)
    assert (region.live, region.record.judged) == (("1", {}), "")
    assert "undecided" in region.record.progress.why  # type: ignore[union-attr]


def test_a_pause_holds_the_weight_and_its_time_does_not_count() -> None:
    region = Region(release={"max_hours": 2})
    region.deploy()
    region.tick(3)
    region.command("pause")
    held = region.live

    region.hours(10)
    assert (region.live, region.phase) == (held, Phase.SHIFT)
    region.command("resume")

    region.until(Phase.WATCH, hours=2)


def test_a_pause_before_the_first_caller_does_not_count_twice() -> None:
    region = Region(release={"max_hours": 1, "force": True}, calls_per_hour=6)
    region.deploy()
    region.command("pause")
    region.hours(5)
    region.command("resume")
    resumed = region.now

    region.until(Phase.STOP)

    assert region.now - resumed == pytest.approx(3600, abs=200)


def test_a_bad_verdict_acts_during_a_pause(region: Region) -> None:
    candidate = region.deploy()
    region.until(Phase.SHIFT)
    region.command("pause")
    region.callers.rates[candidate] = 1.0

    region.until(Phase.BACK, hours=2)

    assert region.live == ("1", {})


def test_an_outage_of_both_versions_retreats_and_finishes_later(region: Region) -> None:
    candidate = region.deploy()
    region.until(Phase.SHIFT)
    region.hours(0.4)
    assert region.live[1][candidate] == 0.5
    region.callers.outage = 1.0

    region.hours(0.4)
    assert region.phase is Phase.SHIFT
    assert region.live[1][candidate] < 0.5
    region.callers.outage = 0.0

    region.until(Phase.WATCH)
    assert any("both versions are failing" in move["why"] for move in region.state["moves"])


def test_callers_that_a_hand_moved_to_stable_stay_there(region: Region) -> None:
    region.reach("shift")
    region.by_hand("1")

    region.until(Phase.STOP, hours=0.1)

    assert region.live == ("1", {})


def test_callers_that_a_hand_moved_to_the_candidate_are_watched_there(region: Region) -> None:
    candidate = region.reach("shift")
    region.by_hand(candidate)

    region.tick()
    assert (region.phase, region.live, region.previous) == (Phase.WATCH, (candidate, {}), "1")

    region.until(Phase.DONE, hours=3)


def test_callers_that_a_hand_moved_to_another_version_are_left_alone(region: Region) -> None:
    region.reach("shift")
    stranger = region.service.publish()
    region.by_hand(stranger)

    region.until(Phase.STOP, hours=0.1)

    assert region.live == (stranger, {})
    assert region.record.judged == ""


def test_a_weight_that_a_hand_set_is_taken_up(region: Region) -> None:
    candidate = region.reach("shift")
    region.by_hand("1", {candidate: 0.8})

    region.tick(3)
    assert region.live == ("1", {candidate: 0.8})

    region.until(Phase.WATCH)


def test_a_swapped_split_is_the_same_split(region: Region) -> None:
    candidate = region.reach("shift")
    region.by_hand(candidate, {"1": 0.6})
    region.callers.rates[candidate] = 1.0

    region.until(Phase.BACK, hours=1)

    assert region.live == ("1", {})


def test_a_stable_version_that_is_gone_leaves_callers_on_the_candidate(region: Region) -> None:
    candidate = region.reach("shift")
    region.by_hand(candidate)
    region.service.delete_version("1")

    region.until(Phase.STOP, hours=0.1)

    assert region.live == (candidate, {})
