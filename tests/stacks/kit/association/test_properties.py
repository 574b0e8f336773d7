"""Properties in every shape they ever had, and in none."""

from types import SimpleNamespace
from typing import Any

import pytest

from association import handler
from association.errors import AssociationError
from association.request import parse
from tests.stacks.kit.association.world import (
    HANDLER,
    INSTANCE,
    INSTANCE_ID,
    PHYSICAL_ID,
    STATE,
    World,
    alias,
)

A, B = alias("a"), alias("b")


@pytest.mark.parametrize(
    "old",
    [
        {"InstanceId": INSTANCE_ID, "FunctionArn": A},
        {"InstanceId": INSTANCE, "FunctionArn": A, "StatePath": STATE},
        {"InstanceArn": INSTANCE, "FunctionArns": A},
        {"InstanceArn": INSTANCE},
        {},
    ],
)
def test_an_update_takes_old_property_shapes_and_the_rollback_to_them(
    world: World, old: dict[str, Any]
) -> None:
    world.create(A)

    assert world.update([A, B], old)["PhysicalResourceId"] == PHYSICAL_ID
    assert world.connect.listed == [A, B]
    if old.get("FunctionArn") or old.get("FunctionArns"):
        new = {"InstanceArn": INSTANCE, "FunctionArns": [A, B], "StatePath": STATE}
        assert world.event("Update", old, new)["PhysicalResourceId"] == PHYSICAL_ID
        assert world.connect.listed == [A]


def test_a_bare_instance_id_is_of_the_handlers_region_and_account() -> None:
    properties = {"InstanceId": INSTANCE_ID, "FunctionArn": A, "StatePath": STATE}

    request = parse({"RequestType": "Create", "ResourceProperties": properties}, HANDLER)

    assert request.wanted.instance.arn == INSTANCE


def test_a_function_named_twice_is_associated_once(world: World) -> None:
    world.create(A, A)

    assert world.connect.listed == [A]


def test_an_empty_list_removes_everything_owned(world: World) -> None:
    world.create(A)

    world.update([], [A])

    assert world.connect.listed == []


@pytest.mark.parametrize(
    ("properties", "words"),
    [
        (
            {"InstanceArn": "arn:aws:lambda:eu-west-2:111122223333:function:a"},
            "InstanceArn is 'arn:aws:lambda",
        ),
        ({"InstanceArn": None}, "InstanceArn is ''"),
        ({"StatePath": None}, "StatePath is None"),
        ({"StatePath": "patchbay/prod"}, "StatePath is 'patchbay/prod'"),
        ({"FunctionArns": ["patchbay-prod-a"]}, "FunctionArns holds 'patchbay-prod-a'"),
    ],
)
def test_an_unusable_property_is_named_with_its_value(
    world: World, properties: dict[str, Any], words: str
) -> None:
    with pytest.raises(AssociationError, match=words):
        world.create(**properties)


def test_delete_succeeds_with_properties_that_never_made_anything() -> None:
    event = {"RequestType": "Delete", "PhysicalResourceId": "x", "ResourceProperties": {"InstanceArn": "?"}}
    context = SimpleNamespace(invoked_function_arn=HANDLER, get_remaining_time_in_millis=lambda: 60_000)

    assert handler.on_event(event, context) == {"PhysicalResourceId": "x"}


def test_delete_of_a_resource_from_before_state_paths_removes_nothing(world: World) -> None:
    world.connect.listed.append(A)

    world.delete(A, StatePath=None)

    assert world.connect.listed == [A]


def test_on_event_works_in_the_region_of_the_instance(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    regions: list[str] = []

    def connect_client(region: str) -> Any:
        regions.append(region)
        return world._clients[0]

    monkeypatch.setattr(handler, "connect_client", connect_client)
    monkeypatch.setattr(handler, "ssm_client", lambda: world._clients[1])
    properties = {"InstanceArn": INSTANCE, "FunctionArns": [A], "StatePath": STATE}
    context = SimpleNamespace(
        invoked_function_arn=HANDLER.replace("eu-west-2", "us-east-1"),
        get_remaining_time_in_millis=lambda: 60_000,
    )

    answer = handler.on_event({"RequestType": "Create", "ResourceProperties": properties}, context)

    assert answer["Data"]["Associated"] == "1"
    assert regions == ["eu-west-2"]


def test_the_sdk_retries_no_call_to_connect_by_itself(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("AWS_DEFAULT_REGION", "eu-west-2")

    connect: Any = handler.connect_client("eu-west-2").meta.config
    ssm: Any = handler.ssm_client().meta.config

    assert connect.retries["total_max_attempts"] == 1
    assert ssm.retries["total_max_attempts"] == 8
