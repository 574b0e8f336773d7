"""Which alias a Create may take and a Delete may remove."""

from types import SimpleNamespace
from typing import Any

import pytest

from live_alias import handler
from live_alias.errors import LiveAliasError
from tests.stacks.kit.aws import ServiceError, client
from tests.stacks.kit.live_alias.lambda_service import FUNCTION, PREFIX
from tests.stacks.kit.live_alias.world import HANDLER, PHYSICAL_ID, Stack


def adopted(stack: Stack) -> str:
    """An alias made by hand, at 2 with a share on 1; returns a candidate."""
    first, second = stack.service.publish(), stack.service.publish()
    stack.service.by_hand("live", second, {first: 0.25}, Description="by hand")
    return stack.service.publish()


def test_an_adopted_alias_survives_the_delete_of_a_failed_first_create(stack: Stack) -> None:
    candidate = adopted(stack)
    stack.create(candidate)
    assert stack.live == (candidate, {})

    stack.delete()
    stack.delete()

    assert stack.live == ("2", {"1": 0.25})
    assert stack.service.aliases["live"]["Description"] == "by hand"
    assert stack.previous is None
    stack.clean_up(candidate)


def test_an_adopted_alias_that_a_hand_moved_since_stays_there(stack: Stack) -> None:
    stack.create(adopted(stack))
    stack.service.by_hand("live", "1")

    stack.delete()

    assert stack.live == ("1", {})


def test_an_adopted_alias_returns_to_what_is_left_of_its_versions(stack: Stack) -> None:
    candidate = adopted(stack)
    stack.create(candidate)
    stack.service.aliases.pop("previous")
    stack.service.delete_version("2")

    stack.delete()

    assert stack.live == ("1", {})
    stack.clean_up(candidate)


def test_an_adopted_alias_is_owned_after_its_next_release(stack: Stack) -> None:
    stack.create(adopted(stack))
    stack.deploy()

    stack.delete()

    assert stack.service.aliases == {}


def test_a_create_that_fails_half_way_takes_its_alias_along(stack: Stack) -> None:
    stack.service.after["CreateAlias"] = [ServiceError("AccessDeniedException", 403, "the reason")]

    with pytest.raises(LiveAliasError, match="the reason"):
        stack.create()

    assert stack.service.aliases == {}


def test_a_create_that_fails_half_way_puts_an_adopted_alias_back(stack: Stack) -> None:
    candidate = adopted(stack)
    stack.service.faults["CreateAlias"] = [ServiceError("AccessDeniedException", 403, "the reason")]

    with pytest.raises(LiveAliasError, match="the reason"):
        stack.create(candidate)

    assert stack.live == ("2", {"1": 0.25})


def test_the_reason_of_a_failed_create_outlives_a_failing_clean_up(stack: Stack) -> None:
    stack.service.after["CreateAlias"] = [ServiceError("AccessDeniedException", 403, "the reason")]
    stack.service.faults["DeleteAlias"] = [ServiceError("AccessDeniedException", 403, "another")]

    with pytest.raises(LiveAliasError, match="the reason"):
        stack.create()


def test_a_renamed_resource_takes_the_alias_over_and_the_old_ones_delete_leaves_it(stack: Stack) -> None:
    stack.create()
    stack.deploy()
    renamed = Stack("Renamed", stack.service)

    renamed.create("2")
    stack.delete()
    assert (stack.live, stack.previous) == (("2", {}), "1")
    renamed.deploy()
    renamed.delete()

    assert stack.service.aliases == {}


def test_a_renamed_resource_may_bring_a_new_candidate_along(stack: Stack) -> None:
    stack.create()
    candidate = stack.service.publish()
    Stack("Renamed", stack.service).create(candidate)

    stack.delete()

    assert (stack.live, stack.previous) == ((candidate, {}), "1")


def test_a_renamed_resource_that_fails_gives_the_alias_back(stack: Stack) -> None:
    stack.create()
    renamed = Stack("Renamed", stack.service)
    renamed.create("1")

    renamed.delete()
    assert stack.live == ("1", {})
    stack.delete()

    assert stack.service.aliases == {}


def test_delete_leaves_an_alias_without_a_record(stack: Stack) -> None:
    stack.create()
    stack.service.by_hand("live", "1", Description="mine now")

    stack.delete()

    assert stack.live == ("1", {})


def test_delete_takes_previous_along_where_live_is_gone(stack: Stack) -> None:
    stack.create()
    stack.deploy()
    del stack.service.aliases["live"]

    stack.delete()

    assert stack.service.aliases == {}


def test_delete_succeeds_where_the_function_is_gone(stack: Stack) -> None:
    stack.create()
    stack.service.gone = True

    assert stack.delete() == {"PhysicalResourceId": PHYSICAL_ID}


def test_delete_succeeds_where_the_function_goes_meanwhile(stack: Stack) -> None:
    stack.create()
    stack.service.faults["DeleteAlias"] = [lambda: setattr(stack.service, "gone", True)]

    assert stack.delete() == {"PhysicalResourceId": PHYSICAL_ID}


def test_delete_under_another_id_leaves_the_alias(stack: Stack) -> None:
    stack.create()

    assert stack.delete(PhysicalResourceId="marker") == {"PhysicalResourceId": "marker"}
    assert stack.live == ("1", {})


def test_another_function_is_a_replacement_whose_numbers_are_not_compared(stack: Stack) -> None:
    stack.create()
    candidate = stack.service.publish()
    other = stack.properties("9", FunctionName="other")

    answer = stack.event(
        "Update", candidate, OldResourceProperties=other, PhysicalResourceId=f"{PREFIX}:other:live"
    )

    assert answer["PhysicalResourceId"] == PHYSICAL_ID
    assert stack.live == (candidate, {}), "a lower number than that of another function is no rollback"


def test_old_properties_without_a_version_are_accepted(stack: Stack) -> None:
    stack.create()
    candidate = stack.service.publish()

    stack.event("Update", candidate, OldResourceProperties={"FunctionName": FUNCTION})

    assert stack.live == (candidate, {})


def test_a_function_may_be_given_by_its_arn(stack: Stack) -> None:
    version = stack.service.publish()
    properties = stack.properties(version, FunctionName=f"{PREFIX}:{FUNCTION}")

    assert stack.event("Create", version, ResourceProperties=properties)["PhysicalResourceId"] == PHYSICAL_ID


@pytest.mark.parametrize(
    ("changes", "words"),
    [({"Version": "$LATEST"}, r"Version is '\$LATEST'"), ({"FunctionName": ""}, "FunctionName is missing")],
)
def test_an_unusable_property_is_named(stack: Stack, changes: dict[str, str], words: str) -> None:
    with pytest.raises(LiveAliasError, match=words):
        stack.event("Create", "1", ResourceProperties=stack.properties("1", **changes))


def test_on_event_takes_partition_region_and_account_from_its_own_arn(
    stack: Stack, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(handler, "lambda_client", lambda: stack.client)
    monkeypatch.setattr(handler, "states_client", lambda: client("stepfunctions", stack.states))
    context = SimpleNamespace(invoked_function_arn=HANDLER, get_remaining_time_in_millis=lambda: 60_000)
    event: dict[str, Any] = {
        "RequestType": "Create",
        "ResourceProperties": stack.properties(stack.service.publish()),
    }

    assert handler.on_event(event, context)["Data"]["AliasArn"] == PHYSICAL_ID


def test_the_sdk_retries_nothing_by_itself(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("AWS_DEFAULT_REGION", "eu-west-2")
    config: Any = handler.lambda_client().meta.config

    assert config.retries["total_max_attempts"] == 1
