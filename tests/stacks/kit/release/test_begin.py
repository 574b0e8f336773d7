"""Before any caller meets the candidate."""

import pytest

from live_alias.progress import Phase
from release_rule.counts import Counts
from tests.stacks.kit.release.sim import Region


@pytest.fixture
def second() -> Region:
    """A Region that carries calls too, after another one."""
    first = Region("us-west-2")
    region = Region(release={"lead": {"region": "us-west-2", "mode": "after"}, "max_hours": 2})
    region.world.leads = first
    return region


def leader(region: Region) -> Region:
    assert isinstance(region.world.leads, Region)
    return region.world.leads


def together(region: Region, hours: float) -> None:
    for _ in range(round(hours * 60)):
        leader(region).advance(60)
        region.advance(60)


def test_a_failing_warm_up_ends_the_release_before_any_caller(region: Region) -> None:
    region.world.warm_up_fails = "event hello.json: KeyError"
    candidate = region.deploy()

    region.tick(2)
    assert (region.phase, region.live) == (Phase.START, ("1", {}))
    region.tick()

    assert (region.phase, region.live) == (Phase.BACK, ("1", {}))
    assert region.callers.seen(candidate) == 0
    assert region.record.judged == region.record.fingerprint
    assert region.world.warm_ups == 3


def test_a_warm_up_that_fails_in_passing_is_repeated(region: Region) -> None:
    region.world.warm_up_fails = "event hello.json: connection reset"
    region.deploy()
    region.tick(2)
    assert "1 of 3" not in region.state["note"]
    assert "2 of 3" in region.state["note"]
    region.world.warm_up_fails = ""

    region.tick()

    assert (region.phase, region.state["warm_ups"]) == (Phase.SHIFT, 0)


def test_a_release_that_cannot_end_in_time_ends_before_the_first_caller() -> None:
    region = Region(release={"max_hours": 2}, calls_per_hour=30)
    candidate = region.deploy()

    region.tick()

    assert (region.phase, region.live) == (Phase.STOP, ("1", {}))
    assert (region.callers.seen(candidate), region.world.warm_ups) == (0, 0)
    assert region.record.progress is not None
    assert region.record.progress.why == "would take 2.59 h, max_hours is 2: it needs 31 c"
    assert "`release start --force`" in region.state["moves"][-1]["why"]


def test_an_operator_may_force_what_cannot_end_in_time() -> None:
    region = Region(release={"max_hours": 2, "force": True}, calls_per_hour=30)
    region.deploy()

    region.tick()

    assert region.phase is Phase.SHIFT


@pytest.mark.parametrize(("contacts", "calls_per_hour"), [(199, 1), (2000, 0), (0, 0)])
def test_a_function_of_which_little_is_known_is_released(contacts: int, calls_per_hour: float) -> None:
    region = Region(release={"max_hours": 1}, calls_per_hour=calls_per_hour)
    region.world.past = Counts(contacts, 0)
    region.deploy()

    region.tick()

    assert region.phase is Phase.SHIFT


def test_a_quiet_hour_in_a_busy_week_refuses_no_release() -> None:
    region = Region(release={"max_hours": 24}, calls_per_hour=0.5)
    region.deploy()

    region.tick()

    assert region.phase is Phase.SHIFT


def test_a_second_region_ends_with_the_first_one(second: Region) -> None:
    leader(second).reach("stop")
    second.now = leader(second).now
    second.deploy()

    second.tick()

    assert (second.phase, second.record.judged) == (Phase.STOP, "")
    assert "ended without a verdict in us-west-2" in second.record.progress.why  # type: ignore[union-attr]


def test_versions_that_cannot_share_an_alias_end_it_without_a_verdict(region: Region) -> None:
    region.world.unfit = "version 2 has another role"
    region.deploy()

    region.tick()

    assert (region.phase, region.record.judged) == (Phase.STOP, "")
    assert region.world.warm_ups == 0


def test_a_candidate_that_is_gone_ends_it(region: Region) -> None:
    candidate = region.deploy()
    region.service.delete_version(candidate)

    region.tick()

    assert (region.phase, region.live) == (Phase.STOP, ("1", {}))


def test_callers_on_latest_stay_there(region: Region) -> None:
    region.by_hand("$LATEST")
    region.deploy()

    region.tick()

    assert (region.phase, region.live) == (Phase.STOP, ("$LATEST", {}))


def test_the_warm_up_waits_for_the_history_and_is_not_repeated(region: Region) -> None:
    region.world.blind = "Logs throttled"
    region.deploy()

    region.tick(3)
    assert (region.world.warm_ups, region.phase) == (0, Phase.START)
    region.world.blind = ""
    region.tick(3)

    assert (region.world.warm_ups, region.phase) == (1, Phase.SHIFT)


def test_a_pause_before_the_first_caller_holds(region: Region) -> None:
    region.deploy()
    region.command("pause")

    region.hours(30)
    assert (region.phase, region.live) == (Phase.START, ("1", {}))
    region.command("resume")

    region.until(Phase.WATCH)


def test_a_second_carrying_region_starts_after_the_promotion_in_the_first(second: Region) -> None:
    leader(second).calls_per_hour = 60
    leader(second).deploy()
    second.deploy()

    while leader(second).phase in (Phase.START, Phase.SHIFT):
        assert (second.phase, second.live) == (Phase.START, ("1", {}))
        together(second, 1 / 60)
    together(second, 0.05)
    assert second.phase is Phase.SHIFT

    second.until(Phase.WATCH)


def test_what_the_first_region_takes_to_decide_is_not_the_second_ones_time(second: Region) -> None:
    leader(second).callers.per_hour = 8
    leader(second).deploy()
    second.deploy()

    together(second, 4)
    assert (second.phase, leader(second).phase) == (Phase.START, Phase.SHIFT)
    leader(second).command("promote")
    together(second, 0.1)

    second.until(Phase.WATCH)


def test_a_second_region_does_not_begin_what_the_first_judged_bad(second: Region) -> None:
    leader(second).reach("back")
    second.now = leader(second).now
    second.deploy()

    second.tick()

    assert (second.phase, second.record.judged) == (Phase.BACK, second.record.fingerprint)


def test_a_second_region_gives_up_waiting_for_what_the_first_never_gets(second: Region) -> None:
    second.deploy()

    second.until(Phase.STOP, hours=3)

    assert second.live == ("1", {})


@pytest.mark.parametrize("paused", [False, True])
def test_callers_that_a_hand_moved_to_the_candidate_are_watched_there(region: Region, paused: bool) -> None:
    candidate = region.deploy()
    if paused:
        region.command("pause")
    region.by_hand(candidate)

    region.tick()
    assert (region.phase, region.live, region.previous) == (Phase.WATCH, (candidate, {}), "1")

    region.until(Phase.DONE)


@pytest.mark.parametrize("paused", [False, True])
def test_callers_that_a_hand_moved_to_another_version_are_left_alone(region: Region, paused: bool) -> None:
    region.deploy()
    if paused:
        region.command("pause")
    stranger = region.service.publish()
    region.by_hand(stranger)

    region.tick()

    assert (region.phase, region.live) == (Phase.STOP, (stranger, {}))


@pytest.mark.parametrize(("rate", "end"), [(0.0, Phase.WATCH), (1.0, Phase.BACK)])
def test_a_split_that_a_hand_made_too_early_is_judged_as_it_is(
    region: Region, rate: float, end: Phase
) -> None:
    candidate = region.deploy()
    region.callers.rates[candidate] = rate
    region.by_hand("1", {candidate: 0.3})

    region.tick(2)
    assert region.live == ("1", {candidate: 0.3})

    region.until(end)
