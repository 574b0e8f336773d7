"""`patchbay new`: one command, and the function can be deployed and called."""

from pathlib import Path

import pytest

from patchbay import environments
from tests.commands.conftest import Cli


def test_it_says_what_it_wrote_and_what_comes_next(cli: Cli, own_project: Path) -> None:
    answer = cli("new", "shop_hours")
    assert (answer.code, answer.err) == (0, "")
    lines = answer.out.splitlines()
    assert "wrote  lambdas/shop_hours/handler.py" in lines
    assert "wrote  lambdas/shop_hours/events/ (voice, chat, task, email)" in lines
    assert "changed  environments/local.toml" in lines
    assert lines[lines.index("next") + 1 :] == [
        "  pytest tests/lambdas/shop_hours",
        "  make local",
        "  patchbay call shop_hours --env local",
    ]
    written = [line.removeprefix("wrote  ").partition("/ (")[0] for line in lines if line.startswith("wrote")]
    assert all((own_project / path).exists() for path in written)


def test_every_named_environment_lists_it(cli: Cli, own_project: Path) -> None:
    answer = cli("new", "shop_hours", "--env", "prod", "--env", "dev")
    assert answer.code == 0
    assert "  make deploy ENV=prod" in answer.out
    for name in ("prod", "dev"):
        (instance,) = environments.load(name, own_project).instances
        assert ("shop_hours" in instance.functions, "shop_hours" in instance.flows) == (True, True)
    assert "shop_hours" not in environments.load("local", own_project).functions


def test_a_dry_run_writes_nothing(cli: Cli, own_project: Path) -> None:
    answer = cli("new", "parcel", "--async", "--dry-run")
    assert answer.code == 0
    assert "would write  lambdas/parcel_worker/handler.py" in answer.out
    assert "would change  lambdas/tables.toml" in answer.out
    assert not (own_project / "lambdas/parcel_worker").exists()
    assert "parcel" not in (own_project / "environments/local.toml").read_text()


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (("Shop",), "the name 'Shop' cannot be imported"),
        (("tutorial",), "function 'tutorial' exists already"),
        (("parcel", "--async", "--runtime", "node"), "--async goes with --runtime python"),
    ],
)
def test_bad_input_is_one_sentence(cli: Cli, arguments: tuple[str, ...], sentence: str) -> None:
    assert sentence in cli("new", *arguments).complaint


def test_a_name_can_be_used_once(cli: Cli) -> None:
    assert cli("new", "shop_hours").code == 0
    assert "function 'shop_hours' exists already" in cli("new", "shop_hours").complaint
