"""A Region without calls of its own follows the one that carries them."""

import pytest

from live_alias.progress import Phase
from tests.stacks.kit.live_alias.world import fingerprint
from tests.stacks.kit.release.sim_pair import Pair


def test_it_mirrors_the_leader_from_start_to_done(pair: Pair) -> None:
    candidate = pair.deploy()

    pair.until(Phase.SHIFT)
    assert (pair.follower.phase, pair.follower.live) == (Phase.START, ("1", {}))
    pair.until(Phase.WATCH)
    assert (pair.follower.phase, pair.follower.live) == (Phase.WATCH, (candidate, {}))
    assert pair.follower.previous == "1"
    pair.until(Phase.DONE)

    assert (pair.follower.phase, pair.follower.live) == (Phase.DONE, (candidate, {}))
    assert list(pair.follower.ends.values()) == ["done"]


def test_it_takes_the_leaders_verdict(pair: Pair) -> None:
    candidate = pair.deploy()
    pair.leader.callers.rates[candidate] = 1.0

    pair.until(Phase.BACK)

    assert (pair.follower.phase, pair.follower.live) == (Phase.BACK, ("1", {}))
    assert pair.follower.record.judged == pair.leader.record.judged


@pytest.mark.parametrize(
    ("phase", "expected"),
    [("watch", Phase.WATCH), ("done", Phase.DONE), ("back", Phase.BACK), ("stop", Phase.STOP)],
)
def test_a_verdict_that_came_before_the_followers_deploy_is_applied_then(
    pair: Pair, phase: str, expected: Phase
) -> None:
    pair.leader.reach(phase)
    pair.follower.now = pair.leader.now

    candidate = pair.follower.deploy()
    pair.follower.tick(12)

    assert pair.follower.phase is expected
    promoted = expected in (Phase.WATCH, Phase.DONE)
    assert pair.follower.live == ((candidate, {}) if promoted else ("1", {}))


def test_a_version_that_the_leader_took_at_once_is_promoted(pair: Pair) -> None:
    pair.leader.stack.strategy = "all-at-once"
    candidate = pair.deploy()

    pair.advance(0.2)

    assert (pair.follower.phase, pair.follower.live) == (Phase.DONE, (candidate, {}))


def test_a_warm_up_that_fails_here_ends_it_here_and_blames_the_region_not_the_version(pair: Pair) -> None:
    pair.follower.world.warm_up_fails = "event hello.json: no table in this Region"
    pair.deploy()

    pair.until(Phase.WATCH)

    assert (pair.follower.phase, pair.follower.live) == (Phase.STOP, ("1", {}))
    assert (pair.follower.record.judged, pair.follower.world.warm_ups) == ("", 3)
    last = pair.follower.world.news[-1]
    assert (last.phase, last.stuck) == ("stop", True)
    assert last.why.startswith("warm-up here: event hello.json")


def test_a_warm_up_that_fails_once_here_is_repeated(pair: Pair) -> None:
    candidate = pair.deploy()
    pair.follower.world.warm_up_fails = "event hello.json: timed out"
    while not pair.follower.world.warm_ups:
        pair.advance(1 / 60)
    pair.follower.world.warm_up_fails = ""

    pair.advance(0.1)

    assert (pair.follower.phase, pair.follower.live) == (Phase.WATCH, (candidate, {}))


def test_a_leader_that_goes_on_to_another_version_is_not_followed_there(pair: Pair) -> None:
    candidate = pair.deploy()
    pair.until(Phase.WATCH)

    pair.leader.deploy()
    pair.advance(0.2)
    assert (pair.follower.phase, pair.follower.live) == (Phase.DONE, (candidate, {}))
    pair.follower.deploy()
    pair.until(Phase.DONE)

    assert pair.follower.live == pair.leader.live


def test_a_leader_that_goes_on_before_its_verdict_ends_in_undecided(pair: Pair) -> None:
    pair.deploy()
    pair.until(Phase.SHIFT)
    pair.leader.deploy()

    pair.advance(3)

    assert (pair.follower.phase, pair.follower.live) == (Phase.STOP, ("1", {}))


def test_as_long_as_the_leader_decides_it_waits(pair: Pair) -> None:
    pair.leader.callers.per_hour = 4
    candidate = pair.deploy()

    pair.advance(6)
    assert pair.follower.phase is Phase.START
    pair.leader.command("promote")
    pair.advance(0.2)

    assert pair.follower.live == (candidate, {})


def test_a_leader_that_judges_after_the_promotion_is_followed_back(pair: Pair) -> None:
    candidate = pair.deploy()
    pair.until(Phase.WATCH)
    assert pair.follower.live == (candidate, {})

    pair.leader.callers.rates[candidate] = 1.0
    pair.until(Phase.BACK)

    assert (pair.follower.phase, pair.follower.live) == (Phase.BACK, ("1", {}))


def test_while_the_leader_decides_again_it_is_back_on_stable(pair: Pair) -> None:
    candidate = pair.deploy()
    pair.until(Phase.WATCH)
    pair.leader.callers.outage = 0.5
    pair.until(Phase.SHIFT)
    assert (pair.follower.phase, pair.follower.live) == (Phase.START, ("1", {}))

    pair.leader.callers.outage = 0.0
    pair.until(Phase.WATCH)

    assert (pair.follower.phase, pair.follower.live) == (Phase.WATCH, (candidate, {}))


def test_an_abort_in_the_leader_ends_it_here_too(pair: Pair) -> None:
    pair.deploy()
    pair.until(Phase.WATCH)

    pair.leader.command("abort")
    pair.advance(0.2)

    assert (pair.follower.phase, pair.follower.live) == (Phase.STOP, ("1", {}))


def test_a_cloudformation_rollback_in_the_leader_is_no_promotion_here(pair: Pair) -> None:
    pair.deploy()
    pair.until(Phase.SHIFT)
    failed = pair.leader.deploy_that_fails()
    pair.leader.roll_back(failed)

    pair.advance(0.2)

    assert pair.leader.record.fingerprint == fingerprint("2")[:16]
    assert (pair.leader.live, pair.follower.live) == (("1", {}), ("1", {}))


def test_a_pause_holds_the_promotion_but_not_the_verdict(pair: Pair) -> None:
    candidate = pair.deploy()
    pair.follower.command("pause")
    pair.until(Phase.WATCH)
    assert (pair.follower.phase, pair.follower.live) == (Phase.START, ("1", {}))

    pair.leader.callers.rates[candidate] = 1.0
    pair.until(Phase.BACK)

    assert pair.follower.phase is Phase.BACK


def test_two_candidates_without_a_fingerprint_are_not_the_same(pair: Pair) -> None:
    for region in (pair.leader, pair.follower):
        region.service.publish()
    pair.leader.command("start", fingerprint="")
    pair.follower.command("start", fingerprint="")
    pair.until(Phase.WATCH)

    assert (pair.follower.phase, pair.follower.live) == (Phase.START, ("1", {}))
