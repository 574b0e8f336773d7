"""The group is there after a deploy, whoever made it, and stays after a delete."""

import pytest

from flow_log_group.ensure import ATTEMPTS
from flow_log_group.errors import FlowLogGroupError
from tests.stacks.kit.aws import ServiceError
from tests.stacks.kit.flow_log_group.world import GROUP, World

ABORTED = ServiceError("OperationAbortedException", 400)


def test_a_group_that_is_not_there_is_made_with_a_retention(world: World) -> None:
    answer = world.send("Create")

    assert world.logs.groups == {GROUP: 90}
    assert answer == {"PhysicalResourceId": GROUP, "Data": {"Outcome": "created"}}


@pytest.mark.parametrize("retention", [None, 7])
def test_a_group_that_connect_made_is_adopted_with_its_own_retention(
    world: World, retention: int | None
) -> None:
    world.logs.groups[GROUP] = retention

    answer = world.send("Create")

    assert world.logs.groups == {GROUP: retention}
    assert answer == {"PhysicalResourceId": GROUP, "Data": {"Outcome": "adopted"}}


def test_a_second_run_changes_nothing(world: World) -> None:
    first = world.send("Create")
    world.logs.groups[GROUP] = 365

    second = world.send("Update", PhysicalResourceId=GROUP)

    assert world.logs.groups == {GROUP: 365}
    assert second["PhysicalResourceId"] == first["PhysicalResourceId"]


def test_an_update_makes_a_group_that_was_deleted_by_hand(world: World) -> None:
    world.send("Create")
    world.logs.groups.clear()

    world.send("Update", PhysicalResourceId=GROUP)

    assert world.logs.groups == {GROUP: 90}


def test_another_alias_is_another_resource_and_the_old_group_stays(world: World) -> None:
    world.send("Create")

    answer = world.send("Update", "/aws/connect/renamed", PhysicalResourceId=GROUP)
    world.send("Delete", PhysicalResourceId=GROUP)

    assert answer["PhysicalResourceId"] == "/aws/connect/renamed"
    assert world.logs.groups == {GROUP: 90, "/aws/connect/renamed": 90}


def test_a_delete_calls_nothing_even_with_properties_that_name_no_group(world: World) -> None:
    answer = world.send("Delete", "nonsense", PhysicalResourceId="made-up")

    assert answer == {"PhysicalResourceId": "made-up"}
    assert world.logs.calls == []


def test_a_group_that_connect_makes_at_this_moment_is_looked_for_again(world: World) -> None:
    world.logs.groups[GROUP] = None
    world.logs.refuse["CreateLogGroup"] = [ABORTED, ABORTED]

    answer = world.send("Create")

    assert answer["Data"] == {"Outcome": "adopted"}
    assert len(world.slept) == 2


def test_a_conflict_that_does_not_end_fails_with_a_sentence(world: World) -> None:
    world.logs.refuse["CreateLogGroup"] = [ABORTED] * ATTEMPTS

    with pytest.raises(FlowLogGroupError, match=f"{GROUP}.*make it by hand"):
        world.send("Create")


def test_a_missing_right_fails_with_a_sentence_that_names_it(world: World) -> None:
    world.logs.refuse["CreateLogGroup"] = [ServiceError("AccessDeniedException", 400, "explicit deny")]

    with pytest.raises(FlowLogGroupError, match=r"explicit deny.*logs:CreateLogGroup"):
        world.send("Create")


def test_a_retention_that_is_refused_does_not_fail_the_deploy(world: World) -> None:
    world.logs.refuse["PutRetentionPolicy"] = [ServiceError("AccessDeniedException", 400)]

    assert world.send("Create")["Data"] == {"Outcome": "created"}
    assert world.logs.groups == {GROUP: None}


@pytest.mark.parametrize("name", ["", "/aws/lambda/other", "/aws/connect/", "/aws/connect/a b"])
def test_a_name_that_is_no_group_of_flow_logs_is_refused(world: World, name: str) -> None:
    with pytest.raises(FlowLogGroupError, match="/aws/connect/ALIAS"):
        world.send("Create", name)
    assert world.logs.calls == []
