"""A new function works as it is: tests, lint, format, flow."""

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from patchbay import environments
from patchbay.environments import ROOT
from patchbay.errors import UserError
from patchbay.functions import Runtime
from patchbay.scaffold import changes, new_function
from patchbay.scaffold.new_function import Wanted
from tests.commands.conftest import Cli, cli, own_project

__all__ = ["cli", "own_project"]

LONG = "opening_hours_of_our_shop_in_paris"


def make(project: Path, *wanted: Wanted) -> None:
    for one in wanted:
        changes.make(new_function.plan(one, project), project)


def run(project: Path, *command: str) -> subprocess.CompletedProcess[str]:
    """One of the project's tools, on the copy."""
    path = os.pathsep.join([str(project), str(project / "lambdas"), str(ROOT)])
    return subprocess.run(
        [sys.executable, "-m", *command],
        cwd=project,
        env={**os.environ, "PYTHONPATH": path},
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.fixture
def project(project: Path) -> Path:
    """With what the tests of functions stand on."""
    (project / "tests/lambdas").mkdir(parents=True)
    for path in (*ROOT.glob("tests/*.py"), *ROOT.glob("tests/lambdas/*.py")):
        shutil.copy(path, project / path.relative_to(ROOT))
    shutil.copytree(ROOT / "tests/lambdas/node", project / "tests/lambdas/node")
    return project


def test_the_tests_of_new_functions_pass(project: Path) -> None:
    make(
        project,
        Wanted("hours_in_a_test"),
        Wanted("code_in_a_test", Runtime.NODE),
        Wanted("parcel_in_a_test", asynchronous=True),
    )
    found = run(
        project,
        "pytest",
        "-q",
        "-p",
        "no:cacheprovider",
        *(f"tests/lambdas/{name}" for name in ("hours_in_a_test", "code_in_a_test", "parcel_in_a_test")),
        "tests/lambdas/test_contract.py::test_the_recorded_events_of_a_sample_get_the_same_answer_on_every_channel",
        "tests/lambdas/test_contract.py::test_a_sample_says_everything_that_its_recorded_events_return",
        "-k",
        "(hours_in_a_test or code_in_a_test or parcel_in_a_test) and not chat and not task and not email",
    )
    assert found.returncode == 0, found.stdout + found.stderr
    assert "passed" in found.stdout
    assert "skipped" not in found.stdout


@pytest.mark.parametrize("name", ["ab", LONG])
def test_new_functions_are_formatted_and_clean_whatever_the_name(project: Path, name: str) -> None:
    shutil.copy(ROOT / "pyproject.toml", project / "pyproject.toml")
    make(project, Wanted(name), Wanted(f"x_{name}", asynchronous=True), Wanted(f"y_{name}", Runtime.NODE))
    created = [
        *(f"lambdas/{one}" for one in (name, f"start_x_{name}", f"x_{name}_worker", f"x_{name}_result")),
        *(f"tests/lambdas/{one}" for one in (name, f"x_{name}", f"y_{name}")),
    ]
    for check in (("check",), ("format", "--check")):
        found = run(project, "ruff", *check, "--no-cache", *created)
        assert found.returncode == 0, found.stdout


def test_nothing_of_the_templates_own_name_is_left(project: Path) -> None:
    for wanted in (
        Wanted("parcel_in_a_test", asynchronous=True),
        Wanted("code_in_a_test", Runtime.NODE),
        Wanted("hours_in_a_test"),
    ):
        for path, text in new_function.plan(wanted, project).created.items():
            assert "my_function" not in path + text, path
            assert "y function" not in text, path
            assert "PARAMETERS" not in text, path


@pytest.mark.parametrize("wanted", [Wanted("hours_in_a_test"), Wanted("code_in_a_test", Runtime.NODE)])
def test_the_environment_loads_and_its_flow_is_filled(project: Path, wanted: Wanted) -> None:
    make(project, wanted)
    environment = environments.load("local", project)
    instance = environment.instances[0]
    content = environments.rendered_flows(environment, instance)[wanted.name]
    assert environment.alias_arn(wanted.name, "us-west-2") in content
    assert environment.function(wanted.name).runtime is wanted.runtime


def test_an_asynchronous_one_is_three_functions_and_a_table(project: Path) -> None:
    make(project, Wanted("parcel_in_a_test", asynchronous=True))
    environment = environments.load("local", project)
    assert environment.functions["start_parcel_in_a_test"].invokes == ("parcel_in_a_test_worker",)
    assert environment.functions["parcel_in_a_test_worker"].kind == "worker"
    assert environment.tables["parcel_in_a_test_runs"].time_to_live == "expires_at"
    content = environments.rendered_flows(environment, environment.instances[0])["parcel_in_a_test"]
    assert "parcel_in_a_test_worker" not in content


@pytest.mark.parametrize(
    ("wanted", "sentence"),
    [
        (Wanted("tutorial"), "function 'tutorial' exists already, in lambdas/tutorial"),
        (Wanted("check_balance"), "flows/check_balance.json exists already"),
        (Wanted("x" * 60), "but AWS allows 64"),
        (
            Wanted("hours_in_a_test", environments=("env-in-a-test",)),
            "environment 'env-in-a-test' does not exist",
        ),
        (Wanted("hours_in_a_test", instance="emea"), "environments/local.toml has no instance 'emea'"),
        (Wanted("parcel_in_a_test", Runtime.NODE, asynchronous=True), "--async goes with --runtime python"),
        (Wanted("json"), "would hide the Python module"),
        (Wanted("class", asynchronous=True), "a word of Python's own"),
    ],
)
def test_what_does_not_fit_is_one_sentence_and_nothing_is_written(
    project: Path, wanted: Wanted, sentence: str
) -> None:
    before = {path: path.read_bytes() for path in project.rglob("*") if path.is_file()}
    with pytest.raises(UserError) as caught:
        new_function.plan(wanted, project)
    assert sentence in str(caught.value)
    assert {path: path.read_bytes() for path in project.rglob("*") if path.is_file()} == before


@pytest.mark.parametrize("wanted", [Wanted("hours_in_a_test"), Wanted("code_in_a_test", Runtime.NODE)])
def test_the_caller_hears_the_answer(project: Path, cli: Cli, tmp_path: Path, wanted: Wanted) -> None:
    make(project, wanted)
    answer = tmp_path / "answer.json"
    answer.write_text(json.dumps({"status": "ok", "message": "Hello Ada."}))
    call = cli("call", str(project / f"flows/{wanted.name}.json"), f"--stub={wanted.name}={answer}")
    assert (call.code, call.err) == (0, "")
    assert "Hello Ada." in call.out
    answer.write_text(json.dumps({"status": "error", "errorType": "nameMissing", "retryable": "false"}))
    call = cli("call", str(project / f"flows/{wanted.name}.json"), f"--stub={wanted.name}={answer}")
    assert "Please try again later." in call.out


@pytest.mark.parametrize(
    ("state", "heard"),
    [("done", "Hello Ada."), ("failed", "try again later"), ("pending", "try again later")],
)
def test_a_flow_that_waits_ends_whatever_the_worker_does(
    project: Path, cli: Cli, tmp_path: Path, state: str, heard: str
) -> None:
    make(project, Wanted("parcel_in_a_test", asynchronous=True))
    start, result = tmp_path / "start.json", tmp_path / "result.json"
    start.write_text(json.dumps({"status": "ok", "runId": "r-1"}))
    result.write_text(json.dumps({"status": "ok", "state": state, "message": "Hello Ada."}))
    flow = str(project / "flows/parcel_in_a_test.json")
    call = cli(
        "call", flow, f"--stub=start_parcel_in_a_test={start}", f"--stub=parcel_in_a_test_result={result}"
    )
    assert call.code == 0
    assert heard in call.out
    assert call.out.endswith("ended: disconnected by flow\n")
    assert call.out.count("I am still looking") == (11 if state == "pending" else 1)
    assert "20 s" not in call.out


@pytest.mark.parametrize(
    "wanted",
    [
        Wanted("hours_in_a_test"),
        Wanted("code_in_a_test", Runtime.NODE),
        Wanted("parcel_in_a_test", asynchronous=True),
    ],
)
def test_the_flow_has_nothing_to_complain_about(project: Path, cli: Cli, wanted: Wanted) -> None:
    make(project, wanted)
    found = cli("lint-flow", str(project / f"flows/{wanted.name}.json"), "--env", "local", "--json")
    assert (found.code, json.loads(found.out)) == (0, [])
