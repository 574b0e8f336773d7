"""What the services do not know yet: a policy that is new, a list that lags behind."""

from tests.stacks.kit.association.world import INSTANCE_ID, World, alias
from tests.stacks.kit.aws import ServiceError

A, FAR = alias("a"), alias("far", region="eu-west-1")
ASSOCIATE = "AssociateLambdaFunction"
DENIED = ServiceError("AccessDeniedException", 403, "not authorized")


def test_a_denial_is_waited_out_while_a_new_policy_comes_into_force(world: World) -> None:
    world.connect.faults[ASSOCIATE] = [DENIED] * 3

    assert world.create(A, FAR)["Data"] == {"Associated": "2", "Warnings": "none"}


def test_waiting_for_a_policy_has_an_end_for_all_functions_together(world: World) -> None:
    far = [alias(f"far{number}", region="eu-west-1") for number in range(10)]
    world.connect.refuse = dict.fromkeys(far, DENIED)

    assert world.create(*far)["Data"]["Associated"] == "0"
    assert world.clock.took < 45


def test_a_conflict_on_an_association_that_is_ours_leaves_it_ours(world: World) -> None:
    """An earlier run made it and died, and the list does not show it yet."""
    world.create(A)
    world.connect.hidden = {A}
    world.connect.faults[ASSOCIATE] = [world.connect.hidden.clear]

    world.update([A], [A])

    assert world.ssm.owned() == {A}


def test_a_delete_removes_what_the_list_does_not_show_yet(world: World) -> None:
    world.create(A)
    world.connect.hidden = {A}

    world.delete(A)

    assert world.connect.instances == {INSTANCE_ID: []}
    assert world.ssm.parameters == {}
