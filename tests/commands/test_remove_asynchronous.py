"""`patchbay remove` of what `patchbay new --async` made: three functions, a table, a flow, tests."""

from pathlib import Path

import pytest

from patchbay import environments, function_folders, toml
from tests.commands.conftest import Cli
from tests.commands.removing import unlist_flow

STEM = "parcel_in_a_test"
START, WORKER, RESULT = f"start_{STEM}", f"{STEM}_worker", f"{STEM}_result"


@pytest.fixture
def shop(cli: Cli, own_project: Path) -> Path:
    """A project with the three."""
    assert cli("new", STEM, "--async").code == 0
    return own_project


def traces(project: Path) -> list[str]:
    """Files and folders that are named after them, and files that name them."""
    named = [path for path in project.rglob("*") if STEM in path.name]
    texts = [project / "lambdas/tables.toml", *(project / "environments").glob("*.toml")]
    naming = [path for path in texts if STEM in path.read_text()]
    return [str(path.relative_to(project)) for path in (*named, *naming)]


def test_all_three_go_together_in_two_runs(cli: Cli, shop: Path) -> None:
    first = cli("remove", STEM, "--yes")
    assert first.out.splitlines() == [
        f"changes  lambdas/{START}/function.toml: removed = true",
        f"changes  lambdas/{RESULT}/function.toml: removed = true",
        f"changes  environments/local.toml: without flow {STEM}",
        "",
        "next",
        "  make local",
        f"  patchbay remove {STEM}",
    ]
    environments.load("local", shop)
    second = cli("remove", STEM, "--yes")
    assert f"functions {START}, {WORKER}, {RESULT} are gone from the project" in second.out
    assert traces(shop) == []
    environments.load("local", shop)


def test_the_table_is_said_to_stay_in_aws(cli: Cli, shop: Path) -> None:
    assert cli("remove", STEM, "--yes").code == 0
    answer = cli("remove", STEM, "--yes")
    assert "changes  lambdas/tables.toml" in answer.out
    assert (
        f"the table {STEM}_runs stays in AWS, with its data: delete patchbay-local-{STEM}_runs yourself"
        in answer.err
    )


def test_the_last_of_them_takes_table_tests_and_flow_along(cli: Cli, shop: Path) -> None:
    unlist_flow(shop, STEM)
    for _ in range(2):
        assert cli("remove", START, "--yes").code == 0
    assert cli("remove", WORKER, "--yes").code == 0
    assert (shop / f"tests/lambdas/{STEM}").is_dir()
    assert (shop / f"flows/{STEM}.json").exists()
    assert f"{STEM}_runs" in function_folders.tables(shop / "lambdas")
    for _ in range(2):
        assert cli("remove", RESULT, "--yes").code == 0
    assert traces(shop) == []


def test_a_table_that_another_function_uses_stays(cli: Cli, shop: Path) -> None:
    path = shop / "lambdas/tutorial/function.toml"
    path.write_text(f'{path.read_text()}\n[tables]\n{STEM}_runs = "read"\n')
    for _ in range(2):
        assert cli("remove", STEM, "--yes").code == 0
    assert f"{STEM}_runs" in toml.read(shop / "lambdas/tables.toml")
    environments.load("local", shop)


@pytest.mark.parametrize("name", [START, WORKER, RESULT])
def test_one_that_the_others_need_says_how_all_three_go(cli: Cli, shop: Path, name: str) -> None:
    complaint = cli("remove", name, "--yes").complaint
    assert complaint.endswith(f"; or remove what was made together, with patchbay remove {STEM}")


def test_functions_that_only_have_such_names_are_not_taken_for_one(cli: Cli, shop: Path) -> None:
    for name in (START, WORKER, RESULT):
        path = shop / f"lambdas/{name}/function.toml"
        path.write_text(path.read_text().replace(f"{STEM}_runs", "requests"))
    assert f"there is no function '{STEM}'" in cli("remove", STEM).complaint
