"""Steps that are killed, refused, or overtaken: nothing is forgotten, and nothing done twice."""

import pytest

from live_alias.progress import Phase
from tests.stacks.kit.aws import ServiceError
from tests.stacks.kit.release.sim import Region
from tests.stacks.kit.release.sim_world import Kill

ENDS = (Phase.DONE, Phase.BACK, Phase.STOP)


@pytest.mark.parametrize("rate", [0.0, 1.0])
@pytest.mark.parametrize("after", [False, True])
@pytest.mark.parametrize("every", [1, 2, 3, 4, 5])
def test_a_release_whose_steps_are_killed_ends_as_one_that_was_left_alone(
    rate: float, after: bool, every: int
) -> None:
    region = Region()
    candidate = region.deploy()
    region.callers.rates[candidate] = rate
    for _ in range(2000):
        if region.phase in ENDS:
            break
        region.world.kill = Kill(every, after)
        region.tick()
        region.world.kill = None
        region.tick()
    region.tick()

    assert region.phase is (Phase.BACK if rate else Phase.DONE)
    assert region.live == (("1", {}) if rate else (candidate, {}))
    assert "failed" not in " ".join(region.ends.values())
    promotions = [write for write in region.world.writes if '"phase":"watch"' in write.description]
    assert len(promotions) == (0 if rate else 1)
    assert region.state["candidate"]["seen"] <= region.callers.seen(candidate)


@pytest.mark.parametrize("calls_per_hour", [120, 1200])
def test_a_killed_first_step_does_not_make_the_release_bolder(calls_per_hour: float) -> None:
    calm, killed = Region(calls_per_hour=calls_per_hour), Region(calls_per_hour=calls_per_hour)
    calm.deploy()
    killed.deploy()
    # The answer of the step that moved the first callers is lost.
    killed.world.kill = Kill(3, after=True)
    killed.tick()
    assert killed.phase is Phase.SHIFT
    assert killed.states == []

    for _ in range(4):
        calm.tick()
        killed.tick()

    (split,) = killed.live[1].values()
    assert split <= max(calm.live[1].values())


def test_a_killed_promotion_is_made_once_and_watched(region: Region) -> None:
    candidate = region.reach("shift")
    while region.phase is Phase.SHIFT:
        before = region.state
        region.tick()
    (execution,) = region.executions.values()
    execution.payload["state"] = before

    region.until(Phase.DONE)

    assert (region.live, region.previous) == ((candidate, {}), "1")
    assert [write.name for write in region.world.writes].count("previous") == 1


@pytest.mark.parametrize("phase", ["start", "shift", "watch"])
def test_a_write_whose_revision_is_stale_is_decided_anew(region: Region, phase: str) -> None:
    candidate = region.reach(phase)
    stranger = region.service.publish()
    while not region.world.meanwhile and region.phase == phase:
        region.world.meanwhile = lambda: region.by_hand(stranger)
        region.tick()

    region.until(*ENDS)

    assert (region.phase, region.live) == (Phase.STOP, (stranger, {}))
    assert region.callers.seen(candidate) == 0 or phase != "start"


def test_an_alias_that_changes_all_the_time_is_left_to_the_repetition_of_the_step(region: Region) -> None:
    region.deploy()
    region.service.faults["UpdateAlias"] = [ServiceError("PreconditionFailedException", 412)] * 12

    region.until(Phase.DONE)

    assert list(region.ends.values()) == ["done"]


def test_a_promotion_that_stops_between_its_two_writes_is_finished(region: Region) -> None:
    candidate = region.reach("shift")
    region.service.faults["UpdateAlias"] = []
    while region.previous is None:
        region.world.kill = None
        before = len(region.world.writes)
        region.service.after["CreateAlias"] = [ServiceError("ServiceException", 500)]
        region.tick()
        assert len(region.world.writes) >= before

    region.until(Phase.WATCH)

    assert (region.live, region.previous) == ((candidate, {}), "1")
