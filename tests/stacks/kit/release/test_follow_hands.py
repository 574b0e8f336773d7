"""Operators and hands in a Region that follows another one."""

import pytest

from live_alias.progress import Phase
from tests.stacks.kit.release.sim_pair import Pair


def test_an_operators_promotion_here_stays_while_the_leader_decides(pair: Pair) -> None:
    candidate = pair.deploy()
    pair.until(Phase.SHIFT)

    pair.follower.command("promote", reason="us-west-2 is down")
    pair.advance(0.1)
    assert (pair.follower.phase, pair.follower.live) == (Phase.WATCH, (candidate, {}))
    pair.leader.callers.rates[candidate] = 1.0
    pair.until(Phase.BACK)

    assert pair.follower.live == ("1", {}), "the leader's word is newer than the operator's"


def test_a_forced_promotion_here_stays_against_the_leaders_verdict(pair: Pair) -> None:
    candidate = pair.deploy()
    pair.leader.callers.rates[candidate] = 1.0
    pair.until(Phase.BACK)

    pair.follower.command("promote", force=True, reason="known")
    pair.advance(1)
    assert (pair.follower.phase, pair.follower.live) == (Phase.WATCH, (candidate, {}))
    pair.advance(3)

    assert (pair.follower.phase, pair.follower.live) == (Phase.DONE, (candidate, {}))


@pytest.mark.parametrize("phase", [Phase.SHIFT, Phase.WATCH])
def test_a_split_by_hand_is_undone(pair: Pair, phase: Phase) -> None:
    candidate = pair.deploy()
    pair.until(phase)
    before = pair.follower.live

    pair.follower.by_hand("1", {candidate: 0.5})
    pair.advance(0.1)

    assert pair.follower.live == before


@pytest.mark.parametrize("phase", [Phase.SHIFT, Phase.WATCH])
def test_callers_that_a_hand_moved_to_another_version_are_left_alone(pair: Pair, phase: Phase) -> None:
    pair.deploy()
    pair.until(phase)
    stranger = pair.follower.service.publish()

    pair.follower.by_hand(stranger)
    pair.advance(0.2)

    assert (pair.follower.phase, pair.follower.live) == (Phase.STOP, (stranger, {}))


def test_callers_that_a_hand_moved_to_stable_stay_there(pair: Pair) -> None:
    pair.deploy()
    pair.until(Phase.WATCH)

    pair.follower.by_hand("1")
    pair.until(Phase.DONE)

    assert (pair.follower.phase, pair.follower.live) == (Phase.STOP, ("1", {}))


def test_callers_that_a_hand_moved_to_the_candidate_stay_there(pair: Pair) -> None:
    candidate = pair.deploy()
    pair.until(Phase.SHIFT)

    pair.follower.by_hand(candidate)
    pair.advance(0.2)

    assert (pair.follower.phase, pair.follower.live) == (Phase.WATCH, (candidate, {}))
    assert pair.follower.previous == "1"


def test_a_leader_that_cannot_be_read_moves_nobody(pair: Pair) -> None:
    candidate = pair.deploy()
    pair.until(Phase.WATCH)
    pair.follower.world.blind = "us-west-2 does not answer"
    pair.leader.command("abort")

    pair.advance(1)
    assert pair.follower.live == (candidate, {})
    assert pair.follower.world.news[-1].stuck
    pair.follower.world.blind = ""
    pair.advance(0.2)

    assert pair.follower.live == ("1", {})
