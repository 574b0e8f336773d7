"""Functions of another Region or account: a refusal is a warning, never a failed deploy."""

import json

import pytest

from association.errors import AssociationError
from tests.stacks.kit.association.world import World, alias
from tests.stacks.kit.aws import ServiceError

A = alias("a")
FAR, ABROAD = alias("a", region="us-east-1"), alias("a", account="444455556666")


@pytest.mark.parametrize("far", [FAR, ABROAD])
@pytest.mark.parametrize(
    "code",
    [
        "InvalidRequestException",
        "InvalidParameterException",
        "ResourceNotFoundException",
        "AccessDeniedException",
    ],
)
def test_a_refusal_of_another_region_or_account_is_a_warning_with_its_consequence(
    world: World, far: str, code: str, caplog: pytest.LogCaptureFixture
) -> None:
    world.connect.refuse[far] = ServiceError(code, 400)

    data = world.create(A, far)["Data"]

    assert world.connect.listed == [A]
    assert world.ssm.owned() == {A}
    assert data["Associated"] == "1"
    assert far in data["Warnings"]
    assert "drop-down" in data["Warnings"]
    assert "policy of the alias decides" in data["Warnings"]
    assert far in caplog.text


def test_another_region_that_the_service_accepts_is_an_association_as_any(world: World) -> None:
    assert world.create(A, FAR)["Data"] == {"Associated": "2", "Warnings": "none"}
    assert world.ssm.owned() == {A, FAR}


def test_another_region_that_is_accepted_but_not_listed_is_a_warning(world: World) -> None:
    world.connect.hidden.add(FAR)

    assert FAR in world.create(A, FAR)["Data"]["Warnings"]
    assert world.ssm.owned() == {A}


def test_a_used_up_quota_fails_for_another_region_too(world: World) -> None:
    world.connect.quota = 0

    with pytest.raises(AssociationError, match="no room"):
        world.create(FAR)


def test_fifty_warnings_fit_the_frameworks_response(world: World) -> None:
    functions = [alias(f"f{number}-{'x' * 40}", region="us-east-1") for number in range(50)]
    for arn in functions:
        world.connect.refuse[arn] = ServiceError("InvalidParameterException", 400)

    answer = world.create(*functions)

    assert len(json.dumps(answer)) < 3000
    assert "50 of another Region" in answer["Data"]["Warnings"]
    assert "more, see the log" in answer["Data"]["Warnings"]
