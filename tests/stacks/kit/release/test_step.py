"""One step after the other, whatever happens between and during them."""

from typing import Any

import pytest

from live_alias.errors import DecideAnewError
from live_alias.progress import Phase
from tests.stacks.kit.aws import ServiceError
from tests.stacks.kit.release.sim import Region

ENDS = (Phase.DONE, Phase.BACK, Phase.STOP)


def finish(region: Region) -> None:
    region.until(*ENDS)
    region.tick()


def story(region: Region) -> list[tuple[str, float]]:
    return [(move["phase"], move["weight"]) for move in region.state["moves"]]


def released(rate: float, **release: Any) -> Region:
    region = Region(release=release)
    region.callers.rates[region.deploy()] = rate
    finish(region)
    return region


@pytest.mark.parametrize("rate", [0.0, 1.0])
def test_a_release_over_many_executions_ends_as_one_over_a_single_one(rate: float) -> None:
    whole, parts = released(rate), released(rate, history_events=45)

    assert len(whole.ends) == 1
    assert len(parts.ends) > 2
    assert [*parts.ends.values()][:-1] == ["successor"] * (len(parts.ends) - 1)
    assert story(parts) == story(whole)
    assert (parts.live, parts.previous, parts.phase) == (whole.live, whole.previous, whole.phase)
    assert parts.world.reports[-1][1] == whole.phase
    assert len(parts.world.reports) == 1


def test_an_execution_stays_below_the_limit_of_its_history() -> None:
    region = released(0.0, history_events=150)

    steps = {name: 0 for name in region.ends}
    for answer in region.states:
        steps[f"patchbay-prod-lookup-v2-{answer['at']}-{answer['part']}"] += 1
    assert max(steps.values()) * 15 <= 150


@pytest.mark.parametrize("phase", ["start", "shift", "watch"])
def test_a_deploy_in_the_middle_supersedes_the_release(region: Region, phase: str) -> None:
    first = region.reach(phase)
    stable = first if phase == "watch" else "1"

    second = region.deploy()
    assert region.live == (stable, {})
    region.until(Phase.SHIFT)
    assert region.live[0] == stable
    region.until(Phase.DONE)

    assert (region.live, region.previous) == ((second, {}), stable)
    assert sorted(region.ends.values()) == ["done", "superseded"]
    assert ("superseded" in [end for _, end in region.world.reports]) is True
    superseded = [news for news in region.world.news if news.phase == "superseded"]
    assert [news.candidate for news in superseded] == [first]
    assert "superseded by another release, a rollback" in superseded[0].why


@pytest.mark.parametrize("phase", ["start", "shift", "watch", "done", "back", "stop"])
def test_a_cloudformation_rollback_in_the_middle_ends_the_release(region: Region, phase: str) -> None:
    before = region.live
    failed = region.deploy_that_fails()
    region.callers.rates[failed] = 1.0 if phase == "back" else 0.0
    if phase == "stop":
        region.command("abort")
    region.until(Phase(phase))

    region.roll_back(failed)
    region.tick(3)

    assert (region.live, region.previous) == (before, None)
    assert (region.executions, region.working()) == ({}, [])
    assert region.record.active is None
    told = "superseded" if phase in ("start", "shift", "watch") else phase
    assert region.world.news[-1].phase == told


def test_a_cloudformation_rollback_leaves_the_release_of_another_version_alone(region: Region) -> None:
    region.reach("done")
    failed = region.deploy_that_fails()
    region.command("start", version="1", fingerprint="one")
    region.until(Phase.SHIFT)
    split = region.live

    region.roll_back(failed)
    assert (region.phase, region.live) == (Phase.SHIFT, split)

    region.until(Phase.DONE)
    assert (region.live, region.previous) == (("1", {}), "2")


def test_a_record_that_somebody_overwrote_does_not_leave_a_split_behind(region: Region) -> None:
    candidate = region.reach("shift")
    region.by_hand(*region.live, Description="hands off")

    region.tick()

    assert (region.live, region.executions) == (("1", {}), {})
    assert region.service.aliases["live"]["Description"] == "hands off"
    assert candidate in region.service.versions


def test_a_split_that_somebody_signed_is_left_to_them(region: Region) -> None:
    candidate = region.reach("shift")
    region.by_hand("1", {candidate: 0.42}, Description="Kim's own canary")

    region.tick()

    assert (region.live, region.executions) == (("1", {candidate: 0.42}), {})


def test_an_alias_that_is_gone_ends_the_execution(region: Region) -> None:
    region.reach("shift")
    region.service.aliases.clear()

    region.tick()

    assert list(region.ends.values()) == ["superseded"]
    assert (region.world.news[-1].phase, region.world.news[-1].weight) == ("superseded", 0.0)


def test_a_step_that_lambda_refuses_does_nothing_and_may_be_repeated(region: Region) -> None:
    region.deploy()
    region.service.faults["UpdateAlias"] = [ServiceError("AccessDeniedException", 403)] * 2

    region.until(Phase.SHIFT)

    assert region.executions


def test_everybody_is_told_each_change_once(region: Region) -> None:
    region.reach("done")

    told = [(news.phase, news.weight, news.stuck, news.paused) for news in region.world.news]
    assert told == sorted(set(told), key=told.index)
    assert [news.phase for news in region.world.news][-2:] == ["watch", "done"]


def test_two_operators_at_once_are_one_after_the_other(region: Region) -> None:
    region.reach("shift")
    first, second = region.decide("abort"), region.decide("promote")

    region.write(first)
    with pytest.raises(DecideAnewError):
        region.write(second)
    answer = region.command("promote")

    assert answer.refused
    assert (region.phase, region.live) == (Phase.STOP, ("1", {}))
