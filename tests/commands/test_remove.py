"""`patchbay remove`: two runs, a deploy after each, and every trace goes."""

import io
import sys
from pathlib import Path

import pytest

from patchbay import environments
from patchbay.scaffold import changes
from tests.commands.conftest import Cli
from tests.commands.removing import (
    NAME,
    SETTINGS,
    an_instance_in_each_account_and_region,
    nobody,
    removed,
    shop,
    unlist_flow,
    without,
)

__all__ = ["an_instance_in_each_account_and_region", "nobody", "shop"]


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
