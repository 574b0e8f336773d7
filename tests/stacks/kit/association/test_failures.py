"""What the services refuse, and what is left behind then."""

import pytest
from botocore.exceptions import ReadTimeoutError

from association.errors import AssociationError
from tests.stacks.kit.association.world import (
    INSTANCE,
    INSTANCE_ID,
    REGION,
    STATE,
    World,
    alias,
)
from tests.stacks.kit.aws import ServiceError

A, B, C = alias("a"), alias("b"), alias("c")
ASSOCIATE = "AssociateLambdaFunction"


def throttled() -> ServiceError:
    return ServiceError("TooManyRequestsException", 429, "Rate exceeded")


def broken() -> ServiceError:
    return ServiceError("InternalServiceException", 500, "Request processing failed.")


def stopped() -> None:
    """As if Lambda stopped the handler: nothing of it catches this."""
    raise KeyboardInterrupt


def timed_out() -> ReadTimeoutError:
    return ReadTimeoutError(endpoint_url="https://connect")


def test_thirty_functions_keep_within_two_requests_a_second(world: World) -> None:
    world.create(*(alias(f"f{number}") for number in range(30)))

    assert len(world.connect.listed) == 30
    assert len(world.connect.writes) == 30, "the service never had to throttle"
    assert 12 < world.clock.took < 25


def test_a_storm_of_429_is_ridden_out_with_growing_waits(world: World) -> None:
    world.connect.faults[ASSOCIATE] = [throttled() for _ in range(6)]

    world.create(A)

    assert world.connect.listed == [A]
    assert world.clock.took > 1.5 + 3 + 6 + 12


def test_after_a_429_the_burst_is_taken_as_used_up(world: World) -> None:
    world.connect.faults[ASSOCIATE] = [world.connect.others_call]

    world.create(*(alias(f"f{number}") for number in range(8)))

    assert world.connect.throttled == 1


def test_a_429_that_does_not_end_fails_in_words_within_the_time_and_leaves_nothing(world: World) -> None:
    made = [alias(f"f{number}") for number in range(20)]
    world.connect.faults[ASSOCIATE] = [*[lambda: None] * len(made), *(throttled() for _ in range(500))]

    with pytest.raises(AssociationError, match=r"time of the handler is used up.*TooManyRequests"):
        world.create(*made, A, B)

    assert world.clock.took < world.clock.limit
    assert world.connect.listed == []
    assert world.ssm.parameters == {}


def test_a_server_error_is_retried_a_few_times(world: World) -> None:
    world.connect.faults[ASSOCIATE] = [broken(), timed_out()]

    world.create(A)

    assert world.ssm.owned() == {A}
    assert len(world.connect.tokens[A]) == 1, "a repeated request is the same request"


def test_a_server_error_that_stays_fails_the_update_and_the_association_keeps_its_owner(world: World) -> None:
    world.create(A)
    world.connect.after[ASSOCIATE] = [broken()]
    world.connect.faults[ASSOCIATE] = [lambda: None, *(broken() for _ in range(9))]

    with pytest.raises(AssociationError, match="InternalServiceException"):
        world.update([A, B], [A])
    assert B in world.connect.listed, "carried out, although the answer was an error"

    world.connect.faults.clear()
    world.update([A], [A, B])
    assert world.connect.listed == [A]
    assert world.ssm.owned() == {A}


def test_a_conflict_that_the_list_confirms_is_success_and_not_owned(world: World) -> None:
    world.connect.faults[ASSOCIATE] = [lambda: world.connect.listed.append(A)]

    assert world.create(A)["Data"]["Associated"] == "1"
    assert world.ssm.owned() == set()


def test_a_conflict_after_a_lost_answer_is_our_own_association(world: World) -> None:
    world.connect.after[ASSOCIATE] = [broken()]

    world.create(A)

    assert world.ssm.owned() == {A}


def test_a_conflict_that_the_list_does_not_confirm_is_an_error(world: World) -> None:
    world.connect.refuse[A] = ServiceError("ResourceConflictException", 409)

    with pytest.raises(AssociationError, match=r"answered 409.*does not show.*CloudTrail"):
        world.create(A)

    assert world.ssm.parameters == {}


def test_an_accepted_function_that_is_not_listed_is_an_error(world: World) -> None:
    world.connect.hidden.add(A)

    with pytest.raises(AssociationError, match="accepted it, but the list"):
        world.create(A)

    assert world.connect.listed == []


def test_a_list_that_lags_behind_is_read_again(world: World) -> None:
    world.connect.list_lag = 2

    assert world.create(A)["Data"]["Associated"] == "1"
    assert world.clock.took >= 4


def test_a_used_up_quota_is_named_with_instance_and_count(world: World) -> None:
    world.connect.listed.extend(alias(f"f{number}") for number in range(48))

    with pytest.raises(AssociationError) as failure:
        world.create(A, B, C)

    message = str(failure.value)
    assert INSTANCE in message
    assert C in message
    assert "50 functions are associated now" in message
    assert "AWS Lambda functions per instance" in message
    assert "Service Quotas" in message
    assert len(world.connect.listed) == 48, "a failed create leaves the instance as it was"


def test_a_missing_instance_is_named_with_its_region(world: World) -> None:
    world.connect.instances.clear()

    with pytest.raises(AssociationError, match=rf"in {REGION} does not find the instance {INSTANCE}"):
        world.create(A)


def test_a_missing_function_of_the_instances_region_fails_in_words(world: World) -> None:
    world.connect.refuse[A] = ServiceError("ResourceNotFoundException", 404, "Function not found")

    with pytest.raises(AssociationError, match=rf"function {A} \(404\).*Region {REGION}"):
        world.create(A)


def test_a_create_that_fails_half_way_leaves_nothing_and_says_why(world: World) -> None:
    world.connect.listed.append(A)
    world.connect.refuse[C] = ServiceError("InvalidRequestException", 400, "no")

    with pytest.raises(AssociationError, match=f"does not associate {C}"):
        world.create(A, B, C)

    assert world.connect.listed == [A]
    assert world.ssm.parameters == {}


def test_the_reason_of_a_failed_create_outlives_a_failing_clean_up(world: World) -> None:
    world.connect.refuse[B] = ServiceError("InvalidRequestException", 400, "the reason")
    world.connect.faults["DisassociateLambdaFunction"] = [ServiceError("InvalidRequestException", 400)]

    with pytest.raises(AssociationError, match="the reason"):
        world.create(A, B)

    assert world.ssm.owned() == {A}, "what could not be undone is still owned, for the next create"


def test_a_replacement_that_fails_is_cleaned_as_a_create_is(world: World) -> None:
    other = INSTANCE_ID.replace("6", "7")
    world.connect.instances[other] = []
    world.create(A)
    world.connect.refuse[B] = ServiceError("InvalidRequestException", 400)
    new = {"InstanceArn": INSTANCE.replace(INSTANCE_ID, other), "FunctionArns": [A, B], "StatePath": "/other"}

    with pytest.raises(AssociationError):
        world.event("Update", new, {"InstanceArn": INSTANCE, "FunctionArns": [A], "StatePath": STATE})

    assert world.connect.instances == {INSTANCE_ID: [A], other: []}


def test_a_disassociation_that_is_refused_fails_in_words_and_stays_owned(world: World) -> None:
    world.create(A, B)
    world.connect.faults["DisassociateLambdaFunction"] = [
        ServiceError("AccessDeniedException", 403, "no")
    ] * 20

    with pytest.raises(AssociationError, match=f"does not disassociate {A}"):
        world.update([B], [A, B])

    assert world.ssm.owned() == {A, B}


def test_a_delete_that_connect_refuses_fails_in_words(world: World) -> None:
    world.create(A)
    world.connect.faults["DisassociateLambdaFunction"] = [
        ServiceError("AccessDeniedException", 403, "no")
    ] * 20

    with pytest.raises(AssociationError, match="does not disassociate"):
        world.delete(A)


def test_a_crash_right_after_remembering_leaves_nothing_that_the_next_run_does_not_settle(
    world: World,
) -> None:
    world.connect.faults[ASSOCIATE] = [stopped]
    with pytest.raises(KeyboardInterrupt):
        world.create(A)
    assert world.ssm.owned() == {A}

    world.update([], [A])

    assert world.ssm.parameters == {}


def test_a_record_that_cannot_be_read_fails_before_anything_is_associated(world: World) -> None:
    world.ssm.fault = ServiceError("AccessDeniedException", 400, "not authorized")

    with pytest.raises(AssociationError, match=f"cannot read the SSM parameters under {STATE}"):
        world.create(A)

    assert world.connect.writes == []
