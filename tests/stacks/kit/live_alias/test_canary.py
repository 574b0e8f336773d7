"""A deploy with the strategy canary: the release begins at weight 0, and one execution works on it."""

import pytest
from botocore.exceptions import EndpointConnectionError

from live_alias.errors import LiveAliasError
from live_alias.progress import Phase
from live_alias.routing import Routing
from tests.stacks.kit.aws import ServiceError
from tests.stacks.kit.live_alias.lambda_service import FUNCTION
from tests.stacks.kit.live_alias.world import Stack


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


def test_a_new_candidate_waits_at_weight_0_and_its_execution_is_started(canary: Stack) -> None:
    note = canary.deploy()["Data"]["Note"]

    assert canary.live == ("2", {})
    assert canary.previous == "1", "the way back is kept by the controller, at the promotion"
    assert phase(canary) is Phase.START
    assert canary.states.inputs == {
        f"{FUNCTION}-v3-{canary.now}-1": {
            "function": FUNCTION,
            "candidate": "3",
            "at": canary.now,
            "part": 1,
            "settings": canary.release,
            "state": None,
        }
    }
    assert note == "the release of version 3 begins: callers are on version 2"


def test_the_record_is_written_before_the_execution_starts(canary: Stack) -> None:
    canary.states.faults = [ServiceError("StateMachineDoesNotExist", 400, "no such machine")]

    with pytest.raises(LiveAliasError, match="cannot start the controller for"):
        canary.deploy_halfway()

    assert phase(canary) is Phase.START
    canary.roll_back("3")
    assert (canary.live, canary.previous, phase(canary)) == (("2", {}), "1", None)
    canary.clean_up("3")


def test_a_split_by_hand_ends_on_the_version_that_carried_most(canary: Stack) -> None:
    canary.service.by_hand("live", "2", {"1": 0.7})

    canary.deploy()

    assert canary.live == ("1", {})
    assert canary.record is not None
    assert canary.record.stable == "1"


@pytest.mark.parametrize(
    "error",
    [
        ServiceError("ThrottlingException", 400),
        ServiceError("AccessDeniedException", 400),  # the right was granted by the same deploy
        EndpointConnectionError(endpoint_url="https://states"),
    ],
    ids=str,
)
def test_an_execution_that_does_not_start_at_first_is_started_once(canary: Stack, error: Exception) -> None:
    canary.states.faults = [error, error]
    canary.service.writes.clear()

    canary.deploy()

    assert len(canary.states.inputs) == 1
    assert canary.service.writes == [("UpdateAlias", "live")], "the release itself is recorded once"


def test_a_start_whose_answer_is_lost_is_one_execution(canary: Stack) -> None:
    canary.states.after = [EndpointConnectionError(endpoint_url="https://states")]

    canary.deploy()

    assert (canary.states.calls, len(canary.states.inputs)) == (2, 1)


def test_an_execution_of_that_name_is_this_one(canary: Stack) -> None:
    canary.deploy()
    canary.now += 60
    canary.release["max_hours"] = 1  # the input differs now, so Step Functions refuses it

    canary.event("Update", "3", "2")

    assert (canary.states.calls, len(canary.states.inputs)) == (2, 1)


def test_the_same_update_again_starts_no_other_release(canary: Stack) -> None:
    canary.deploy()
    controller_moves(canary, "shift", "2", {"3": 0.1})
    before = canary.live, canary.record

    canary.event("Update", "3", "2")

    assert (canary.live, canary.record) == before
    assert len(canary.states.inputs) == 1


def test_the_same_update_with_another_strategy_leaves_the_release_alone(canary: Stack) -> None:
    canary.deploy()
    properties = canary.properties("3", StateMachineArn="", Strategy="all-at-once")

    canary.event("Update", "3", "2", ResourceProperties=properties)

    assert (canary.live, phase(canary)) == (("2", {}), Phase.START)


def test_a_newer_candidate_supersedes_the_split_of_the_last_one(canary: Stack) -> None:
    canary.deploy()
    controller_moves(canary, "shift", "2", {"3": 0.5})
    canary.now += 600

    canary.deploy()

    assert canary.live == ("2", {})
    assert canary.record is not None
    assert (canary.record.releases[0].candidate, canary.record.stable) == ("4", "2")
    assert list(canary.states.inputs) == [
        f"{FUNCTION}-v3-{canary.now - 600}-1",
        f"{FUNCTION}-v4-{canary.now}-1",
    ]


def test_a_newer_candidate_goes_back_to_stable_also_where_a_hand_swapped_the_split(canary: Stack) -> None:
    canary.deploy()
    controller_moves(canary, "shift", "3", {"2": 0.5})

    canary.deploy()

    assert canary.live == ("2", {}), "version 3 is not proven"


def test_a_newer_candidate_during_the_watch_goes_back_to_the_promoted_version(canary: Stack) -> None:
    canary.deploy()
    controller_moves(canary, "watch", "3", {})

    canary.deploy()

    assert canary.live == ("3", {})
    assert canary.record is not None
    assert canary.record.stable == "3"


def test_all_at_once_supersedes_a_release(canary: Stack) -> None:
    canary.deploy()
    controller_moves(canary, "shift", "2", {"3": 0.5})
    canary.strategy = "all-at-once"

    canary.deploy()

    assert (canary.live, canary.previous, phase(canary)) == (("4", {}), "2", None)


def test_a_first_create_has_nothing_to_compare_with_and_starts_no_release(stack: Stack) -> None:
    stack.strategy = "canary"

    stack.create()

    assert (stack.live, phase(stack), stack.states.calls) == (("1", {}), None, 0)


def test_an_adopted_alias_is_released_from_where_it_is(stack: Stack) -> None:
    stack.strategy = "canary"
    stack.service.by_hand("live", stack.service.publish(), Description="by hand")

    stack.create()

    assert (stack.live, phase(stack)) == (("1", {}), Phase.START)
    assert [given["candidate"] for given in stack.states.inputs.values()] == ["2"]
    stack.delete()
    assert stack.live == ("1", {})
    assert stack.service.aliases["live"]["Description"] == "by hand"


def test_an_adopted_alias_that_is_at_the_candidate_already_has_nothing_to_release(stack: Stack) -> None:
    stack.strategy = "canary"
    stack.service.by_hand("live", stack.service.publish(), Description="by hand")

    stack.create("1")

    assert (stack.live, phase(stack), stack.states.calls) == (("1", {}), None, 0)


def test_a_create_whose_execution_cannot_be_started_puts_the_alias_back(stack: Stack) -> None:
    stack.strategy = "canary"
    stack.service.by_hand("live", stack.service.publish(), Description="by hand")
    stack.states.faults = [ServiceError("StateMachineDoesNotExist", 400, "the reason")]

    with pytest.raises(LiveAliasError, match="the reason"):
        stack.create()

    assert stack.live == ("1", {})
    assert stack.service.aliases["live"]["Description"] == "by hand"


def test_a_delete_during_a_release_leaves_nothing(canary: Stack) -> None:
    canary.deploy()
    controller_moves(canary, "shift", "2", {"3": 0.1})

    canary.delete()

    assert canary.service.aliases == {}


def test_canary_without_a_controller_is_an_error_in_words(canary: Stack) -> None:
    properties = canary.properties("2", StateMachineArn="")

    with pytest.raises(LiveAliasError, match="StateMachineArn is missing"):
        canary.event(
            "Update", canary.service.publish(), "2", ResourceProperties={**properties, "Version": "3"}
        )


def test_a_renamed_resource_signs_a_release_that_goes_on(canary: Stack) -> None:
    canary.deploy()
    controller_moves(canary, "shift", "2", {"3": 0.1})
    renamed = Stack("Renamed", canary.service)
    renamed.strategy = "canary"

    renamed.create("3")
    canary.delete()

    assert (renamed.live, phase(renamed)) == (("2", {"3": 0.1}), Phase.SHIFT)
    assert renamed.record is not None
    assert renamed.record.stable == "2"
    assert renamed.record.releases[0].before == Routing("2")
