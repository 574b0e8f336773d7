"""CloudFormation rolls back while a release goes on: it ends, and none begins."""

import pytest

from live_alias.errors import LiveAliasError
from live_alias.progress import Phase
from tests.stacks.kit.aws import ServiceError
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


@pytest.mark.parametrize(("phase_now", "weights"), [("start", {}), ("shift", {"3": 0.25})])
def test_a_split_by_hand_that_the_release_ended_is_not_begun_again(
    canary: Stack, phase_now: str, weights: dict[str, float]
) -> None:
    canary.service.by_hand("live", "2", {"1": 0.3})
    failed = canary.deploy_halfway()
    controller_moves(canary, phase_now, "2", weights)

    canary.roll_back(failed)

    assert canary.live == ("2", {})
    canary.clean_up(failed)


def test_a_hand_that_ends_a_split_during_the_release_is_not_undone(canary: Stack) -> None:
    canary.service.by_hand("live", "1", {"2": 0.05})
    failed = canary.deploy_halfway()
    canary.service.by_hand("live", "1")

    canary.roll_back(failed)

    assert canary.live == ("1", {}), "version 2 had been taken off, whether the release did so first or not"
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


@pytest.mark.parametrize("code", [None, "PreconditionFailedException"])
def test_an_unjudged_candidate_that_a_hand_gave_most_callers_is_not_what_previous_keeps(
    canary: Stack, code: str | None
) -> None:
    canary.deploy()
    canary.service.by_hand("live", "2", {"3": 0.9})
    canary.strategy = "all-at-once"
    canary.service.faults["UpdateAlias"] = [ServiceError(code, 412)] if code else []

    failed = canary.deploy_halfway()
    assert (canary.live, canary.previous) == ((failed, {}), "2")
    canary.roll_back(failed)

    assert (canary.live, canary.previous) == (("2", {}), "1")
    canary.clean_up(failed)


@pytest.mark.parametrize("by_hand", [("1", {"3": 0.9}), ("2", {"1": 0.3})])
def test_a_split_by_hand_with_a_version_that_is_not_of_the_release_returns_whole(
    canary: Stack, by_hand: tuple[str, dict[str, float]]
) -> None:
    canary.deploy()
    canary.service.by_hand("live", *by_hand)
    canary.strategy = "all-at-once"
    failed = canary.service.publish()
    canary.service.faults["UpdateAlias"] = [ServiceError("AccessDeniedException", 403)]
    with pytest.raises(LiveAliasError):
        canary.event("Update", failed, canary.current)
    canary.event("Update", failed, canary.current)

    canary.roll_back(failed)

    assert (canary.live, canary.previous) == (by_hand, "1")
    canary.clean_up(failed)


@pytest.mark.parametrize("strategies", [("all-at-once", "canary"), ("canary", "all-at-once")])
def test_deploys_of_both_strategies_are_taken_back_together(canary: Stack, strategies: list[str]) -> None:
    canary.service.by_hand("previous", "2")
    canary.service.by_hand("live", "1")
    made = [canary.current]
    for canary.strategy in strategies:
        made.append(canary.service.publish())
        canary.event("Update", made[-1], made[-2])

    canary.roll_back(made[-1])

    assert (canary.live, canary.previous) == (("1", {}), "2")
    for failed in made[1:]:
        canary.clean_up(failed)
