"""Create, Update and Delete where the services do as they are told."""

from tests.stacks.kit.association.world import (
    ACCOUNT,
    INSTANCE,
    INSTANCE_ID,
    PHYSICAL_ID,
    REGION,
    STATE,
    World,
    alias,
)

A, B, C = alias("a"), alias("b"), alias("c")
OTHER_ID = "11111111-2222-3333-4444-555555555555"
OTHER = f"arn:aws:connect:{REGION}:{ACCOUNT}:instance/{OTHER_ID}"


def test_a_first_create_associates_and_remembers_every_function(world: World) -> None:
    answer = world.create(A, B)

    assert world.connect.listed == [A, B]
    assert world.ssm.owned() == {A, B}
    assert answer == {"PhysicalResourceId": PHYSICAL_ID, "Data": {"Associated": "2", "Warnings": "none"}}


def test_the_physical_id_follows_from_the_instance_alone(world: World) -> None:
    first = world.create(A)["PhysicalResourceId"]

    assert world.update([A, B], [A])["PhysicalResourceId"] == first
    assert INSTANCE in first


def test_an_update_adds_what_is_new_with_one_listing_after_it(world: World) -> None:
    world.create(A)
    world.connect.calls.clear()

    world.update([A, B, C], [A])

    operations = [operation for operation, _ in world.connect.calls]
    assert operations == ["ListLambdaFunctions", *["AssociateLambdaFunction"] * 2, "ListLambdaFunctions"]
    assert world.connect.listed == [A, B, C]


def test_an_update_associates_before_it_disassociates(world: World) -> None:
    world.create(A)
    world.connect.calls.clear()

    world.update([B], [A])

    assert world.connect.writes == [("AssociateLambdaFunction", B), ("DisassociateLambdaFunction", A)]
    assert world.ssm.owned() == {B}


def test_an_update_that_changes_nothing_only_lists(world: World) -> None:
    world.create(A, B)
    world.connect.calls.clear()

    world.update([A, B], [A, B])

    assert world.connect.calls == [("ListLambdaFunctions", "")]


def test_an_association_made_by_hand_is_adopted_and_survives_its_removal(world: World) -> None:
    world.connect.listed.append(A)

    world.create(A, B)
    assert world.ssm.owned() == {B}

    world.update([B], [A, B])
    assert world.connect.listed == [A, B]


def test_an_association_made_by_hand_survives_the_delete(world: World) -> None:
    world.connect.listed.append(A)
    world.create(A, B)

    world.delete(A, B)

    assert world.connect.listed == [A]
    assert world.ssm.parameters == {}


def test_an_association_that_somebody_removed_is_made_again(world: World) -> None:
    world.create(A, B)
    world.connect.listed.remove(A)

    world.update([A, B], [A, B])

    assert sorted(world.connect.listed) == [A, B]


def test_a_rollback_with_swapped_properties_restores_what_was(world: World) -> None:
    world.create(A, B)
    world.update([B, C], [A, B])

    world.update([A, B], [B, C])

    assert sorted(world.connect.listed) == [A, B]
    assert world.ssm.owned() == {A, B}


def test_delete_removes_what_is_owned_and_may_come_twice(world: World) -> None:
    world.create(A, B)

    assert world.delete(A, B) == {"PhysicalResourceId": PHYSICAL_ID}
    assert world.delete(A, B) == {"PhysicalResourceId": PHYSICAL_ID}
    assert world.connect.listed == []
    assert world.ssm.parameters == {}


def test_delete_of_what_was_never_created_calls_nothing(world: World) -> None:
    world.delete(A)

    assert world.connect.calls == []


def test_delete_under_an_id_of_somebody_else_leaves_everything(world: World) -> None:
    world.create(A)
    properties = {"InstanceArn": INSTANCE, "FunctionArns": [A], "StatePath": STATE}

    answer = world.event("Delete", properties, physical_id="could-not-create-marker")

    assert answer["PhysicalResourceId"] == "could-not-create-marker"
    assert world.connect.listed == [A]


def test_delete_succeeds_where_the_instance_is_gone(world: World) -> None:
    world.create(A)
    del world.connect.instances[INSTANCE_ID]

    world.delete(A)

    assert world.ssm.parameters == {}


def test_another_instance_is_a_replacement_and_the_old_one_is_cleaned(world: World) -> None:
    world.connect.instances[OTHER_ID] = []
    world.create(A)
    new = {"InstanceArn": OTHER, "FunctionArns": [A], "StatePath": "/patchbay/prod/associations/other"}
    old = {"InstanceArn": INSTANCE, "FunctionArns": [A], "StatePath": STATE}

    answer = world.event("Update", new, old)
    assert answer["PhysicalResourceId"] != PHYSICAL_ID
    assert world.connect.instances == {INSTANCE_ID: [A], OTHER_ID: [A]}

    world.event("Delete", old)
    assert world.connect.instances == {INSTANCE_ID: [], OTHER_ID: [A]}


def test_sixty_associations_over_several_pages_are_listed_before_anything_is_written(world: World) -> None:
    world.connect.quota = 100
    functions = [alias(f"f{number}") for number in range(60)]
    world.connect.listed.extend(functions[:55])

    world.create(*functions)

    assert world.connect.writes == [("AssociateLambdaFunction", arn) for arn in functions[55:]]
    assert world.ssm.owned() == set(functions[55:])


def test_fifty_owned_associations_fit_parameters_of_four_kilobytes_and_are_all_removed(world: World) -> None:
    functions = [alias(f"function-with-a-long-name-{number:02}") for number in range(50)]
    world.create(*functions)

    world.delete(*functions)

    assert world.connect.listed == []
    assert world.ssm.parameters == {}


def test_a_changed_state_path_takes_ownership_along(world: World) -> None:
    world.create(A, B)

    world.update([A], [A, B], StatePath="/elsewhere")

    assert world.ssm.owned("/elsewhere") == {A}
    assert world.ssm.owned() == set()
    assert world.connect.listed == [A]
