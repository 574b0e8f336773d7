"""`patchbay remove`: two runs, a deploy after each, and nothing goes that is still in use."""

import io
import sys
from pathlib import Path
from typing import Any

import pytest

from patchbay import environments
from patchbay.scaffold import changes
from tests.commands.conftest import Cli
from tests.commands.removing import (
    ALIAS,
    NAME,
    SETTINGS,
    add_flow,
    an_instance_in_each_account_and_region,
    connect,
    flow_that_invokes,
    nobody,
    removed,
    unlist_flow,
    url,
    without,
)
from tests.local.embedded import INSTANCE

__all__ = ["an_instance_in_each_account_and_region", "connect", "nobody", "url"]


@pytest.fixture
def shop(cli: Cli, own_project: Path) -> Path:
    """A project with the new function, whose flow no environment lists any more."""
    assert cli("new", NAME).code == 0
    (own_project / f"tests/lambdas/{NAME}/__pycache__").mkdir()
    unlist_flow(own_project, NAME)
    return own_project


def test_the_first_run_marks_it_and_names_the_deploy(cli: Cli, shop: Path) -> None:
    answer = cli("remove", NAME)
    assert answer.code == 0
    assert removed(shop)
    assert "environment local: no embedded AWS runs, so nothing is deployed there" in answer.err
    assert answer.out.splitlines()[-2:] == ["  make local", f"  patchbay remove {NAME}"]
    environment = environments.load("local", shop)
    assert not any(NAME in arn for arn in environment.associated_arns(environment.instances[0]))


def test_the_second_run_deletes_every_trace(cli: Cli, shop: Path) -> None:
    before = (shop / "environments/local.toml").read_text()
    assert cli("remove", NAME).code == 0
    answer = cli("remove", NAME, "--yes")
    assert answer.code == 0
    assert "changes  environments/local.toml" in answer.out
    assert f"deletes  lambdas/{NAME} (8 files)" in answer.out
    for gone in (f"lambdas/{NAME}", f"tests/lambdas/{NAME}", f"flows/{NAME}.json"):
        assert f"deletes  {gone}" in answer.out
        assert not (shop / gone).exists()
    assert NAME not in environments.load("local", shop).functions
    after = (shop / "environments/local.toml").read_text()
    assert after == without(before, NAME)
    assert answer.out.endswith("next\n  make local\n")


@pytest.mark.usefixtures("nobody")
def test_without_a_terminal_deleting_takes_a_yes(cli: Cli, shop: Path) -> None:
    assert cli("remove", NAME).code == 0
    answer = cli("remove", NAME)
    assert answer.code == 2
    assert f"nobody is there to agree that '{NAME}' is deleted: add --yes" in answer.err
    assert (shop / SETTINGS).exists()


def test_a_no_deletes_nothing(cli: Cli, shop: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    keyboard = io.StringIO("n\n")
    monkeypatch.setattr(keyboard, "isatty", lambda: True)
    monkeypatch.setattr(sys, "stdin", keyboard)
    assert cli("remove", NAME).code == 0
    answer = cli("remove", NAME)
    assert (answer.code, (shop / SETTINGS).exists()) == (1, True)
    assert "nothing was deleted" in answer.err


def test_an_interrupted_deletion_is_finished_by_another_run(
    cli: Cli, shop: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert cli("remove", NAME).code == 0
    delete = changes._delete

    def interrupted(path: Path) -> None:
        if path.is_relative_to(shop):
            raise KeyboardInterrupt
        delete(path)

    with monkeypatch.context() as patch:
        patch.setattr(changes, "_delete", interrupted)
        assert cli("remove", NAME, "--yes").code == 130
    assert NAME not in environments.load("local", shop).functions
    answer = cli("remove", NAME, "--yes")
    assert answer.code == 0
    assert "deploy every environment that listed it" in answer.err
    assert not (shop / f"lambdas/{NAME}").exists()
    assert not (shop / f"tests/lambdas/{NAME}").exists()


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


def test_outside_of_the_project_each_run_says_which_one_is_changed(
    cli: Cli, shop: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    outside = f"this folder is outside of the project: what follows is about {shop}"
    for _ in range(2):
        assert outside in cli("remove", NAME, "--yes").err.splitlines()
    monkeypatch.chdir(shop)
    assert cli("remove", "contact_archive", "--yes").err.count("outside") == 0


def test_a_worker_needs_one_run_only(cli: Cli, own_project: Path) -> None:
    assert cli("new", "parcel_in_a_test", "--async").code == 0
    unlist_flow(own_project, "parcel_in_a_test")
    for _ in range(2):
        assert cli("remove", "start_parcel_in_a_test", "--yes").code == 0
    assert cli("remove", "parcel_in_a_test_worker", "--yes").code == 0
    assert not (own_project / "lambdas/parcel_in_a_test_worker").exists()
    assert "parcel_in_a_test_result" in environments.load("local", own_project).functions


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


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (("no_such",), "there is no function 'no_such': lambdas/ has account_service"),
        (("common",), "there is no function 'common'"),
        (
            (NAME, "--env", "prod"),
            "environment 'prod' does not list 'hours_in_a_test': those that do are local",
        ),
        (("no_such", "--env", "nope"), "environment 'nope' does not exist: choose one of dev, local, prod"),
    ],
)
def test_bad_input_is_one_sentence(cli: Cli, shop: Path, arguments: tuple[str, ...], sentence: str) -> None:
    assert sentence in cli("remove", *arguments).complaint


def test_a_folder_that_vanished_is_asked_back(cli: Cli, shop: Path) -> None:
    changes.make(changes.Changes(deleted=(f"lambdas/{NAME}",)), shop)
    complaint = cli("remove", NAME).complaint
    assert f"function '{NAME}' is listed in environments/local.toml, but its folder is gone" in complaint
    assert f"git checkout -- lambdas/{NAME}" in complaint


def test_what_the_environment_overrides_goes_along(cli: Cli, shop: Path) -> None:
    path = shop / "environments/local.toml"
    path.write_text(f"{path.read_text()}\n[functions.{NAME}]\nmemory_mb = 512\n")
    for _ in range(2):
        assert cli("remove", NAME, "--yes").code == 0
    assert NAME not in path.read_text()
    environments.load("local", shop)
