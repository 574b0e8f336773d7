"""`patchbay new`: one command, and the function can be deployed and called."""

from pathlib import Path

import pytest

from patchbay import environments
from tests.commands.conftest import Cli


def test_it_says_what_it_wrote_and_what_comes_next(
    cli: Cli, own_project: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(own_project)
    answer = cli("new", "hours_in_a_test")
    assert (answer.code, answer.err) == (0, "")
    lines = answer.out.splitlines()
    assert "wrote  lambdas/hours_in_a_test/handler.py" in lines
    assert "wrote  lambdas/hours_in_a_test/events/ (voice, chat, task, email)" in lines
    assert "changed  environments/local.toml" in lines
    assert lines[lines.index("next") + 1 :] == [
        "  pytest -n0 tests/lambdas/hours_in_a_test",
        "  make local",
        "  patchbay call hours_in_a_test --env local",
    ]
    written = [line.removeprefix("wrote  ").partition("/ (")[0] for line in lines if line.startswith("wrote")]
    assert all((own_project / path).exists() for path in written)


@pytest.mark.parametrize("option", [(), ("--dry-run",)])
def test_outside_of_the_project_it_says_which_one_is_changed(
    cli: Cli, own_project: Path, option: tuple[str, ...]
) -> None:
    answer = cli("new", "hours_in_a_test", *option)
    assert answer.code == 0
    assert answer.err == f"this folder is outside of the project: what follows is about {own_project}\n"


def test_every_named_environment_lists_it(cli: Cli, own_project: Path) -> None:
    answer = cli("new", "hours_in_a_test", "--env", "prod", "--env", "dev")
    assert answer.code == 0
    assert "  make deploy ENV=prod" in answer.out
    for name in ("prod", "dev"):
        (instance,) = environments.load(name, own_project).instances
        assert ("hours_in_a_test" in instance.functions, "hours_in_a_test" in instance.flows) == (True, True)
    assert "hours_in_a_test" not in environments.load("local", own_project).functions


def test_a_dry_run_writes_nothing(cli: Cli, own_project: Path) -> None:
    answer = cli("new", "parcel_in_a_test", "--async", "--dry-run")
    assert answer.code == 0
    assert "would write  lambdas/parcel_in_a_test_worker/handler.py" in answer.out
    assert "would change  lambdas/tables.toml" in answer.out
    assert not (own_project / "lambdas/parcel_in_a_test_worker").exists()
    assert "parcel_in_a_test" not in (own_project / "environments/local.toml").read_text()


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (("Shop",), "the name 'Shop' cannot be imported"),
        (("tutorial",), "function 'tutorial' exists already"),
        (("parcel_in_a_test", "--async", "--runtime", "node"), "--async goes with --runtime python"),
    ],
)
def test_bad_input_is_one_sentence(cli: Cli, arguments: tuple[str, ...], sentence: str) -> None:
    assert sentence in cli("new", *arguments).complaint


def test_a_name_can_be_used_once(cli: Cli) -> None:
    assert cli("new", "hours_in_a_test").code == 0
    assert "function 'hours_in_a_test' exists already" in cli("new", "hours_in_a_test").complaint
