"""Other hands, passing errors, and steps that break off."""

import pytest
from botocore.exceptions import EndpointConnectionError

from live_alias.converge import ATTEMPTS
from live_alias.errors import LiveAliasError
from tests.stacks.kit.aws import ServiceError
from tests.stacks.kit.live_alias.world import Stack

PASSING = [
    ServiceError("ServiceException", 500, "An error occurred and the request cannot be processed."),
    ServiceError("InternalError", 400),
    ServiceError("TooManyRequestsException", 429),
    ServiceError("ResourceConflictException", 409, "The operation cannot be performed at this time."),
    EndpointConnectionError(endpoint_url="https://lambda"),
]


@pytest.fixture
def two(stack: Stack) -> Stack:
    """Version 2 deployed, as 1 before it."""
    stack.create()
    stack.deploy()
    return stack


@pytest.mark.parametrize("error", PASSING, ids=str)
@pytest.mark.parametrize("operation", ["GetAlias", "UpdateAlias", "ListVersionsByFunction"])
def test_an_error_that_passes_is_ridden_out(two: Stack, error: Exception, operation: str) -> None:
    two.service.faults[operation] = [error, error]

    two.deploy()

    assert two.live == ("3", {})
    assert two.previous == "2"
    assert two.slept > 0


def test_a_version_that_lambda_does_not_know_yet_is_waited_for(two: Stack) -> None:
    two.service.faults["UpdateAlias"] = [ServiceError("ResourceNotFoundException", 404, "not found: 3")] * 2

    two.deploy()

    assert two.live == ("3", {})


def test_an_error_that_stays_fails_in_words_after_a_bounded_time(two: Stack) -> None:
    two.service.faults["UpdateAlias"] = [ServiceError("ServiceException", 500, "sorry")] * 100

    with pytest.raises(
        LiveAliasError, match=rf"function:patchbay-prod-lookup:live.*{ATTEMPTS} attempts.*sorry"
    ):
        two.deploy()

    assert two.slept < 30


def test_an_error_that_stays_fails_before_lambda_stops_the_handler(two: Stack) -> None:
    two.service.faults["UpdateAlias"] = [ServiceError("ServiceException", 500, "sorry")] * 100
    two.limit = 5

    with pytest.raises(LiveAliasError, match="sorry"):
        two.deploy()

    assert two.slept < 2


def test_an_error_that_does_not_pass_fails_at_once(two: Stack) -> None:
    two.service.faults["UpdateAlias"] = [ServiceError("AccessDeniedException", 403, "not authorized")]

    with pytest.raises(LiveAliasError, match=r"cannot change the aliases.*not authorized"):
        two.deploy()

    assert two.slept == 0


def test_a_hand_that_moves_the_alias_in_between_is_seen_and_recorded(two: Stack) -> None:
    two.service.faults["UpdateAlias"] = [lambda: two.service.by_hand("live", "1")]

    failed = two.deploy_halfway()
    assert two.live == (failed, {})
    two.roll_back(failed)

    assert two.live == ("1", {}), "back to where the hand left it, not to what was read first"


def test_a_hand_that_takes_callers_off_during_the_rollback_wins(two: Stack) -> None:
    failed = two.deploy_halfway()
    two.service.faults["UpdateAlias"] = [lambda: None, lambda: two.service.by_hand("live", "1")]

    two.roll_back(failed)

    assert two.live == ("1", {})
    two.clean_up(failed)


def test_a_move_whose_answer_is_lost_is_made_once(two: Stack) -> None:
    two.service.after["UpdateAlias"] = [ServiceError("ServiceException", 500)]

    failed = two.deploy_halfway()

    assert two.live == (failed, {})
    assert two.previous == "2"
    two.roll_back(failed)
    assert (two.live, two.previous) == (("2", {}), "1")


def test_an_update_that_broke_off_between_its_writes_is_finished_by_the_next(two: Stack) -> None:
    two.service.faults["UpdateAlias"] = [lambda: None, ServiceError("AccessDeniedException", 403)]
    with pytest.raises(LiveAliasError):
        two.deploy_halfway()
    assert (two.live, two.previous) == (("3", {}), "1")

    two.event("Update", "3", "2")

    assert (two.live, two.previous) == (("3", {}), "2")


def test_an_update_that_broke_off_between_its_writes_is_rolled_back_whole(two: Stack) -> None:
    two.service.faults["UpdateAlias"] = [lambda: None, ServiceError("AccessDeniedException", 403)]
    with pytest.raises(LiveAliasError):
        two.deploy_halfway()

    two.roll_back("3")

    assert (two.live, two.previous) == (("2", {}), "1")
    two.clean_up("3")


def test_a_rollback_that_breaks_off_between_its_writes_is_finished_by_the_next(two: Stack) -> None:
    failed = two.deploy_halfway()
    two.service.faults["UpdateAlias"] = [lambda: None, ServiceError("AccessDeniedException", 403)]
    with pytest.raises(LiveAliasError):
        two.roll_back(failed)

    two.roll_back(failed)

    assert (two.live, two.previous) == (("2", {}), "1")
    two.clean_up(failed)


def test_the_same_update_again_does_not_mind_that_the_version_before_is_gone(two: Stack) -> None:
    del two.service.aliases["previous"]
    two.service.delete_version("1")

    two.event("Update", "2", "1")

    assert (two.live, two.previous) == (("2", {}), None)


def test_the_same_update_again_does_not_take_back_what_a_hand_did_since(two: Stack) -> None:
    two.deploy()
    two.service.by_hand("live", "1")

    two.event("Update", "3", "2")

    assert two.live == ("1", {})


def test_a_description_by_hand_does_not_stop_a_deploy_and_goes_to_the_log(
    two: Stack, caplog: pytest.LogCaptureFixture
) -> None:
    two.service.by_hand("live", "2", Description='{"ticket": 7}')

    two.deploy()

    assert two.live == ("3", {})
    assert "ticket" in caplog.text


def test_an_alias_deleted_by_hand_is_made_again_with_the_release(two: Stack) -> None:
    del two.service.aliases["live"]

    note = two.deploy()["Data"]["Note"]

    assert two.live == ("3", {})
    assert two.previous == "2"
    assert "resource policy" in note


def test_an_alias_deleted_by_hand_goes_back_to_the_last_candidate_on_rollback(two: Stack) -> None:
    del two.service.aliases["live"]
    failed = two.deploy_halfway()

    two.roll_back(failed)

    assert two.live == ("2", {})
    two.clean_up(failed)


def test_an_alias_deleted_by_hand_is_made_at_the_proven_version_with_canary(two: Stack) -> None:
    del two.service.aliases["live"]
    two.strategy = "canary"

    two.deploy()

    assert two.live == ("2", {})


def test_an_alias_deleted_by_hand_is_made_at_the_candidate_where_nothing_older_is_left(two: Stack) -> None:
    two.service.aliases.clear()
    two.service.delete_version("2")

    two.deploy()

    assert two.live == ("3", {})


def test_an_update_without_a_new_candidate_makes_a_deleted_alias_again(two: Stack) -> None:
    del two.service.aliases["live"]

    two.event("Update", "2", "2")

    assert two.live == ("2", {})
