"""A deploy that fails after the alias step leaves callers exactly where they were."""

import pytest

from tests.stacks.kit.live_alias.world import Stack


@pytest.fixture
def three(stack: Stack) -> Stack:
    """Version 3 deployed, as 1 and 2 before it."""
    stack.create()
    stack.deploy()
    stack.deploy()
    return stack


@pytest.mark.parametrize(
    ("version", "weights"), [("2", {}), ("3", {"2": 0.1}), ("1", {"3": 0.123456789}), ("$LATEST", {})]
)
def test_an_alias_that_a_hand_moved_returns_to_where_the_hand_left_it(
    three: Stack, version: str, weights: dict[str, float]
) -> None:
    three.service.by_hand("live", version, weights)
    before = three.live, three.previous, three.record

    failed = three.deploy_halfway()
    assert three.live == ("4", {})
    three.roll_back(failed)

    assert (three.live, three.previous) == before[:2]
    three.clean_up(failed)


def test_the_record_is_as_before_the_deploy(three: Stack) -> None:
    before = three.record

    three.roll_back(three.deploy_halfway())

    assert three.record == before


def test_the_deploy_after_a_failed_one_succeeds(three: Stack) -> None:
    failed = three.deploy_halfway()
    three.roll_back(failed)
    three.clean_up(failed)

    three.deploy()

    assert three.live == ("5", {})
    assert three.previous == "3"


def test_a_rollback_may_arrive_twice(three: Stack) -> None:
    three.service.by_hand("live", "2")
    failed = three.deploy_halfway()

    three.roll_back(failed)
    three.service.writes.clear()
    three.roll_back(failed)

    assert three.live == ("2", {})
    assert three.service.writes == []


def test_a_rollback_without_the_update_before_it_changes_nothing(three: Stack) -> None:
    three.service.by_hand("live", "2", {"3": 0.5})
    failed = three.service.publish()
    three.service.writes.clear()

    three.roll_back(failed)

    assert three.service.writes == []
    three.clean_up(failed)


def test_an_alias_that_left_the_candidate_meanwhile_stays_where_it_is(three: Stack) -> None:
    failed = three.deploy_halfway()
    three.service.by_hand("live", "1")

    note = three.roll_back(failed)["Data"]["Note"]

    assert three.live == ("1", {})
    assert "callers are not on the failed version: version 1" in note
    three.clean_up(failed)


def test_a_failed_release_that_a_hand_ended_leaves_no_trace_in_the_next_rollback(three: Stack) -> None:
    failed = three.deploy_halfway()
    three.service.by_hand("live", "1")
    three.roll_back(failed)
    three.clean_up(failed)
    before = three.live, three.previous

    failed = three.deploy_halfway()
    three.roll_back(failed)

    assert (three.live, three.previous) == before


def test_a_candidate_that_is_only_weighted_is_left_too(three: Stack) -> None:
    failed = three.deploy_halfway()
    three.service.by_hand("live", "3", {failed: 0.1})

    three.roll_back(failed)

    assert three.live == ("3", {})
    three.clean_up(failed)


def test_previous_does_not_keep_the_failed_version_either(three: Stack) -> None:
    failed = three.deploy_halfway()
    three.service.by_hand("live", "1")
    three.service.by_hand("previous", failed)

    three.roll_back(failed)

    assert three.previous == "2"
    three.clean_up(failed)


def test_a_previous_that_a_hand_moved_meanwhile_stays(three: Stack) -> None:
    failed = three.deploy_halfway()
    three.service.by_hand("previous", "1")

    three.roll_back(failed)

    assert three.previous == "1"


def test_a_canary_that_a_hand_moved_callers_to_is_left_on_rollback(three: Stack) -> None:
    three.strategy = "canary"
    failed = three.deploy_halfway()
    three.service.by_hand("live", failed, {"3": 0.5})

    three.roll_back(failed)

    assert three.live == ("3", {})
    three.clean_up(failed)


def test_several_deploys_without_rollback_are_taken_back_together(three: Stack) -> None:
    three.service.by_hand("live", "3", {"2": 0.1})
    fourth = three.deploy_halfway()
    fifth = three.service.publish()
    three.event("Update", fifth, fourth)
    assert three.live == ("5", {})

    three.event("Update", "3", fifth)

    assert three.live == ("3", {"2": 0.1})
    assert three.previous == "2"
    three.clean_up(fourth)
    three.clean_up(fifth)


def test_a_higher_version_that_no_deploy_made_is_a_place_to_return_to(three: Stack) -> None:
    by_hand = three.service.publish()
    three.service.by_hand("live", by_hand)
    failed = three.deploy_halfway()

    three.roll_back(failed)

    assert three.live == (by_hand, {})


def test_of_a_recorded_split_the_version_that_is_still_there_takes_over(three: Stack) -> None:
    three.service.by_hand("live", "1", {"3": 0.1})
    failed = three.deploy_halfway()
    three.service.by_hand("previous", "2")
    three.service.delete_version("1")

    note = three.roll_back(failed)["Data"]["Note"]

    assert three.live == ("3", {})
    assert "not all of version 1 (90.0%) and version 3 (10.0%) is there any more" in note
    three.clean_up(failed)


def test_where_the_earlier_version_is_gone_the_one_of_the_last_deploy_takes_over(three: Stack) -> None:
    three.service.by_hand("live", "1")
    failed = three.deploy_halfway()
    del three.service.aliases["previous"]
    three.service.delete_version("1")

    three.roll_back(failed)

    assert three.live == ("3", {})
    three.clean_up(failed)


def test_where_no_earlier_version_is_left_what_works_is_kept_and_said(stack: Stack) -> None:
    stack.create()
    failed = stack.deploy_halfway()
    del stack.service.aliases["previous"]
    stack.service.delete_version("1")

    note = stack.roll_back(failed)["Data"]["Note"]

    assert stack.live == (failed, {})
    assert "no earlier version" in note


def test_without_a_record_previous_tells_where_callers_were(three: Stack) -> None:
    three.service.by_hand("live", "2")
    failed = three.deploy_halfway()
    three.service.by_hand("live", failed, Description="hands off, Kim")

    three.roll_back(failed)

    assert three.live == ("2", {})
    three.clean_up(failed)


def test_without_a_record_a_weighted_candidate_just_loses_its_share(three: Stack) -> None:
    failed = three.deploy_halfway()
    three.service.by_hand("live", "1", {failed: 0.5}, Description="")

    three.roll_back(failed)

    assert three.live == ("1", {})
    three.clean_up(failed)


def test_an_alias_that_was_deleted_before_the_rollback_is_made_again(three: Stack) -> None:
    failed = three.deploy_halfway()
    del three.service.aliases["live"]

    note = three.roll_back(failed)["Data"]["Note"]

    assert three.live == ("3", {})
    assert "resource policy" in note
    three.clean_up(failed)
