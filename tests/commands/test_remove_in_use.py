"""`patchbay remove`: nothing goes that is still in use, or of which that cannot be asked."""

from pathlib import Path
from typing import Any

import pytest

from patchbay import environments
from tests.commands.conftest import Cli
from tests.commands.removing import (
    ALIAS,
    NAME,
    SETTINGS,
    add_flow,
    an_instance_in_each_account_and_region,
    connect,
    flow_that_invokes,
    removed,
    shop,
    unlist_flow,
    url,
)
from tests.local.embedded import INSTANCE

__all__ = ["an_instance_in_each_account_and_region", "connect", "shop", "url"]


def test_a_listed_flow_of_another_name_keeps_it(cli: Cli, own_project: Path) -> None:
    assert cli("new", NAME).code == 0
    (own_project / "flows/tutorial.json").write_text(flow_that_invokes(f"{{{{function:{NAME}}}}}"))
    complaint = cli("remove", NAME, "--yes").complaint
    assert f"flows/tutorial.json names the function '{NAME}'" in complaint
    assert "and is listed in environments/dev.toml and environments/local.toml" in complaint
    assert not removed(own_project)


def test_a_function_that_invokes_it_keeps_it(cli: Cli, own_project: Path) -> None:
    assert cli("new", "parcel_in_a_test", "--async").code == 0
    unlist_flow(own_project, "parcel_in_a_test")
    assert (
        "function 'start_parcel_in_a_test' invokes 'parcel_in_a_test_worker'"
        in cli("remove", "parcel_in_a_test_worker").complaint
    )


@pytest.mark.parametrize(
    "arn",
    [
        ALIAS,
        ALIAS.replace("us-west-2", "us-east-1"),
        ALIAS.removesuffix(":live"),
        ALIAS.replace(":live", ":7"),
        ALIAS.replace(":live", ":$LATEST"),
    ],
)
def test_a_flow_made_in_the_console_keeps_it(cli: Cli, shop: Path, connect: Any, arn: str) -> None:
    flow_id = add_flow(connect, "made by hand", arn)
    answer = cli("remove", NAME)
    assert answer.code == 2
    assert "flow 'made by hand' on instance americas of environment local still invokes" in answer.err
    assert not removed(shop)
    connect.delete_contact_flow(InstanceId=INSTANCE.instance_id, ContactFlowId=flow_id)
    assert cli("remove", NAME).code == 0


def test_a_flow_of_another_function_with_a_longer_name_does_not(cli: Cli, shop: Path, connect: Any) -> None:
    add_flow(connect, "of another", ALIAS.replace(":live", "_of_others:live"))
    add_flow(connect, "of another account", ALIAS.replace("000000000000", "111122223333"))
    assert cli("remove", NAME).code == 0
    assert removed(shop)


def test_an_association_that_is_still_there_keeps_it(cli: Cli, shop: Path, connect: Any) -> None:
    association = {"InstanceId": INSTANCE.instance_id, "FunctionArn": ALIAS}
    connect.associate_lambda_function(**association)
    assert cli("remove", NAME).code == 0
    answer = cli("remove", NAME, "--yes")
    assert answer.code == 2
    assert (
        f"still has {ALIAS} in the designer's list: deploy the environment and run this again" in answer.err
    )
    assert (shop / SETTINGS).exists()
    connect.disassociate_lambda_function(**association)
    assert cli("remove", NAME, "--yes").code == 0


@pytest.fixture
def in_dev(cli: Cli, own_project: Path) -> Path:
    """A function that a real account's environment lists, too."""
    assert cli("new", NAME, "--env", "local", "--env", "dev").code == 0
    for name in ("local", "dev"):
        unlist_flow(own_project, NAME, name)
    return own_project


def test_an_account_that_cannot_be_asked_keeps_it(
    cli: Cli, in_dev: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("AWS_ACCESS_KEY_ID")
    monkeypatch.delenv("AWS_SECRET_ACCESS_KEY")
    answer = cli("remove", NAME)
    assert answer.code == 1
    assert (
        "the instances of environment dev cannot be asked whether hours_in_a_test is still used" in answer.err
    )
    assert "Unable to locate credentials" in answer.err
    assert not removed(in_dev)


def test_one_environment_can_be_asked_and_every_one_is_cleaned(cli: Cli, in_dev: Path) -> None:
    answer = cli("remove", NAME, "--env", "local")
    assert answer.code == 0
    assert "not asked: the instances of dev" in answer.err
    assert answer.out.splitlines()[-3:] == [
        "  make deploy ENV=dev",
        "  make local",
        f"  patchbay remove {NAME}",
    ]
    assert cli("remove", NAME, "--env", "local", "--yes").code == 0
    assert NAME not in environments.load("dev", in_dev).functions
