"""New evidence is taken in once, whatever the weight does meanwhile."""

from dataclasses import replace

import pytest

from release.counting import noticed, weighted
from release.settings import Settings
from release.state import State
from release.weights import Stretch
from tests.stacks.kit.release.sim import Region

SETTINGS = Settings("lookup", "logs", 8)
SPLIT = State(
    ticked=900,
    cursor=800,
    split_since=500,
    stretches=(Stretch(500, 560, 0.1),),
    attempts={"1": 9, "2": 1},
    failures={"2": 1},
)


def test_a_new_weight_keeps_what_was_read_since_the_split_began() -> None:
    after = weighted(SPLIT, 0.25, 1000, SETTINGS)

    assert after.stretches == (Stretch(500, 560, 0.1), Stretch(999, 1060, 0.25))
    assert (after.split_since, after.cursor) == (500, 800)
    assert (after.attempts, after.failures) == (SPLIT.attempts, SPLIT.failures)


def test_the_first_weight_begins_the_cross_check_anew() -> None:
    after = weighted(replace(SPLIT, stretches=()), 0.5, 1000, SETTINGS)

    assert (after.split_since, after.attempts, after.failures) == (1000, {}, {})


def test_a_weight_that_somebody_set_is_not_sure_since_the_last_step() -> None:
    after = noticed(SPLIT, 0.8, 1000, SETTINGS)

    assert after.stretches[-1] == Stretch(900, 1060, 0.8)
    assert (after.split_since, after.attempts) == (500, SPLIT.attempts)


def test_a_split_that_is_news_is_counted_from_now_on() -> None:
    after = noticed(replace(SPLIT, stretches=(), split_since=0.0), 0.8, 1000, SETTINGS)

    assert after.stretches == (Stretch(999, 1060, 0.8),)
    assert (after.split_since, after.cursor, after.attempts, after.failures) == (1000, 1000, {}, {})


def test_a_weight_that_is_known_changes_nothing() -> None:
    assert noticed(SPLIT, 0.1, 1000, SETTINGS) is SPLIT


@pytest.mark.parametrize("late", [0, 45, 300])
def test_every_settled_contact_is_read_once(late: float) -> None:
    region = Region()
    candidate = region.reach("shift")
    region.world.late = late
    began = region.state["split_since"]

    region.tick(20)

    until = region.state["cursor"]
    met = [met for met in region.callers.met if began <= met.at < until]
    assert sum(region.state["attempts"].values()) == len(met)
    assert region.state["candidate"]["seen"] <= sum(met.version == candidate for met in met)
    assert region.state["candidate"]["seen"] + region.state["stable"]["seen"] == len(met)
    assert until <= region.now - max(late, 120)


def test_the_rate_of_calls_follows_the_volume() -> None:
    region = Region(calls_per_hour=600)
    region.reach("watch")
    region.callers.per_hour = 60

    region.tick(20)

    assert region.state["calls_per_period"] == pytest.approx(1, abs=0.3)


def test_a_promoted_version_is_counted_from_its_promotion() -> None:
    region = Region()
    candidate = region.reach("watch")
    promoted = region.now

    region.hours(1)

    counted = region.state["watched"]["seen"]
    assert counted == sum(
        met.version == candidate and promoted <= met.at < region.state["cursor"] for met in region.callers.met
    )
