"""CloudFormation rolls back while a release goes on: it ends, and none begins."""

import pytest

from live_alias.progress import Phase
from tests.stacks.kit.live_alias.world import Stack, fingerprint


@pytest.fixture
def canary(stack: Stack) -> Stack:
    """Version 2 deployed at once, as 1 before it; canary from here on."""
    stack.create()
    stack.deploy()
    stack.strategy = "canary"
    return stack


def phase(stack: Stack) -> Phase | None:
    record = stack.record
    return record.progress.phase if record and record.progress else None


def controller_moves(stack: Stack, phase: str, version: str, weights: dict[str, float]) -> None:
    """As the controller writes it: routing and record in one."""
    text = str(stack.service.aliases["live"]["Description"]).replace('"phase":"start"', f'"phase":"{phase}"')
    stack.service.by_hand("live", version, weights, Description=text)


@pytest.mark.parametrize(
    ("phase_now", "version", "weights"),
    [("start", "2", {}), ("shift", "2", {"3": 0.25}), ("watch", "3", {}), ("done", "3", {})],
)
def test_a_rollback_aborts_the_release_and_starts_nothing(
    canary: Stack, phase_now: str, version: str, weights: dict[str, float]
) -> None:
    before = canary.live, canary.previous, canary.record
    failed = canary.deploy_halfway()
    controller_moves(canary, phase_now, version, weights)
    if version == "3":
        canary.service.by_hand("previous", "2")

    canary.roll_back(failed)

    assert (canary.live, canary.previous, canary.record) == before
    assert len(canary.states.inputs) == 1
    canary.clean_up(failed)


def test_a_rollback_at_weight_0_gives_back_the_split_that_the_release_ended(canary: Stack) -> None:
    canary.service.by_hand("live", "2", {"1": 0.3})
    failed = canary.deploy_halfway()
    assert canary.live == ("2", {})

    canary.roll_back(failed)

    assert canary.live == ("2", {"1": 0.3})
    canary.clean_up(failed)


def test_a_rollback_at_weight_0_leaves_callers_where_a_hand_moved_them(canary: Stack) -> None:
    canary.service.by_hand("live", "2", {"1": 0.3})
    failed = canary.deploy_halfway()
    canary.service.by_hand("live", "1")

    canary.roll_back(failed)

    assert canary.live == ("1", {})
    assert canary.record is not None
    assert canary.record.active is None
    canary.clean_up(failed)


def test_a_rollback_to_a_version_whose_release_it_ended_says_that_it_was_not_promoted(canary: Stack) -> None:
    canary.deploy()
    failed = canary.deploy_halfway()

    canary.roll_back(failed)

    assert canary.live == ("2", {})
    assert canary.record is not None
    assert canary.record.fingerprint == fingerprint("3")[:16], "what CloudFormation has"
    assert phase(canary) is Phase.STOP
    assert len(canary.states.inputs) == 2
    canary.clean_up(failed)
