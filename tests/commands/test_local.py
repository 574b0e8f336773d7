"""`patchbay local`: start, status, env, stop, on a copy of the project."""

import os
import re
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from patchbay import environments
from patchbay.local import deployment, process, state
from patchbay.local.process import LocalAws
from tests.commands.conftest import Cli
from tests.local import processes

pytestmark = [
    pytest.mark.skipif(not Path("/proc").exists(), reason="reads /proc"),
]


@pytest.fixture
def ended(own_project: Path) -> Iterator[None]:
    """Whatever a test leaves running ends with it."""
    yield
    for aws in state.running(own_project):
        aws.stop()


@pytest.mark.usefixtures("ended")
def test_a_detached_one_runs_until_it_is_stopped(cli: Cli, own_project: Path) -> None:
    started = cli("local", "start", "--detach")
    assert started.code == 0
    (aws,) = state.running(own_project)
    assert f"embedded AWS on {aws.url}, log in {aws.log}" in started.out
    assert "next: " in started.out
    status = cli("local", "status")
    assert status.code == 0
    assert all(text in status.out for text in (aws.url, str(aws.pid), aws.log))
    stopped = cli("local", "stop")
    assert (stopped.code, stopped.out) == (0, f"embedded AWS on {aws.url} has ended\n")
    assert not processes.group(aws.pid)
    assert not Path(aws.log).exists()
    assert list((own_project / ".patchbay").iterdir()) == []


@pytest.mark.usefixtures("ended")
def test_the_port_can_be_chosen(cli: Cli, own_project: Path, local_aws: LocalAws) -> None:
    complaint = cli("local", "start", "--detach", "--port", str(local_aws.port)).complaint
    assert complaint == f"port {local_aws.port} is in use: leave --port out for a free one"
    assert state.running(own_project) == ()


def test_nothing_running_is_a_status_and_no_error(cli: Cli) -> None:
    answer = cli("local", "status")
    assert (answer.code, answer.err) == (0, "")
    assert answer.out == "no embedded AWS runs: start one with `make local`\n"


@pytest.mark.parametrize("command", [["env"], ["stop", "--port", "4566"], ["deploy"]])
def test_nothing_running_is_one_sentence_where_one_is_needed(cli: Cli, command: list[str]) -> None:
    complaint = cli("local", *command).complaint
    assert complaint.startswith("no embedded AWS runs")
    assert "start one with `make local` or `patchbay local start`" in complaint


@pytest.mark.parametrize("command", [["stop"], ["stop", "--all"]])
def test_stopping_where_none_runs_is_no_error(cli: Cli, command: list[str]) -> None:
    answer = cli("local", *command)
    assert (answer.code, answer.out) == (0, "nothing to stop: no embedded AWS runs\n")


def test_a_state_that_cannot_be_written_is_one_sentence_and_leaves_no_server(
    cli: Cli, own_project: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    started: list[LocalAws] = []
    start = process.start

    def remembered(*arguments: Any, **named: Any) -> LocalAws:
        started.append(start(*arguments, **named))
        return started[-1]

    monkeypatch.setattr(process, "start", remembered)
    folder = own_project / ".patchbay"
    if folder.exists():
        folder.rename(own_project / "aside")
    folder.touch()
    complaint = cli("local", "start", "--detach").complaint
    folder.unlink()
    assert "make .patchbay a folder that you may write" in complaint
    assert not started[0].is_healthy()


def test_env_prints_exports_that_a_shell_takes(cli: Cli, deployed: LocalAws) -> None:
    answer = cli("local", "env")
    assert (answer.code, answer.err) == (0, "")
    asked = ("AWS_ENDPOINT_URL", "AWS_ACCESS_KEY_ID", "AWS_REGION", "AWS_DEFAULT_REGION")
    script = answer.out + "\n".join(f"printenv {name}" for name in asked)
    done = subprocess.run(["sh", "-euc", script], capture_output=True, text=True, check=True, env=path())
    assert done.stdout.split() == [deployed.url, "000000000000", "us-east-1", "us-east-1"]
    for name in asked:
        assert f"export {name}=" in answer.out


def path() -> dict[str, str]:
    return {"PATH": os.environ["PATH"]}


def test_env_leaves_no_credentials_of_the_shell_in_force(cli: Cli, deployed: LocalAws) -> None:
    script = cli("local", "env").out + 'echo "${AWS_SESSION_TOKEN:-none} ${AWS_PROFILE:-none}"'
    shell = {**path(), "AWS_SESSION_TOKEN": "real", "AWS_PROFILE": "real"}
    done = subprocess.run(["sh", "-euc", script], capture_output=True, text=True, check=True, env=shell)
    assert done.stdout == "none none\n"


def test_env_takes_a_region(cli: Cli, deployed: LocalAws) -> None:
    assert "export AWS_REGION=us-west-2\n" in cli("local", "env", "--region", "us-west-2").out


def test_where_several_run_the_port_chooses(cli: Cli, own_project: Path, deployed: LocalAws) -> None:
    environment_of = cli("local", "env").out
    with process.running(environments.load("local")) as other:
        state.record(own_project, other)
        for command in ("env", "stop"):
            complaint = cli("local", command).complaint
            ports = ", ".join(sorted((str(deployed.port), str(other.port))))
            assert complaint.startswith(f"more than one embedded AWS runs, on ports {ports}: choose with ")
        assert cli("local", "env", "--port", str(deployed.port)).out == environment_of
        assert other.url in cli("local", "env", "--port", str(other.port)).out
        assert cli("local", "stop", "--port", str(other.port)).code == 0
        assert cli("local", "env").out == environment_of


@pytest.mark.usefixtures("ended")
def test_stopping_all_ends_every_one_of_the_project(cli: Cli, own_project: Path) -> None:
    cli("local", "start", "--detach")
    cli("local", "start", "--detach")
    assert len(state.running(own_project)) == 2
    answer = cli("local", "stop", "--all")
    assert (answer.code, len(answer.out.splitlines())) == (0, 2)
    assert state.running(own_project) == ()


def test_an_unknown_environment_starts_nothing(cli: Cli, own_project: Path) -> None:
    complaint = cli("local", "start", "--env", "stage").complaint
    assert complaint.startswith("environment 'stage' does not exist")
    assert not (own_project / ".patchbay").exists()


@pytest.fixture
def deploy_does_nothing(deployed: LocalAws, monkeypatch: pytest.MonkeyPatch) -> None:
    """A deploy to the one that runs, without its minutes."""
    monkeypatch.setattr(deployment, "deploy", lambda *_: None)


@pytest.mark.usefixtures("deploy_does_nothing")
def test_after_a_deploy_the_flow_of_the_new_function_is_the_one_to_call(cli: Cli) -> None:
    assert cli("new", "hours_in_a_test").code == 0
    assert cli("local", "deploy").out.splitlines()[-1] == (
        "next: patchbay call hours_in_a_test --env local · patchbay local status · patchbay local stop"
    )


FLOWS = re.compile(r"(?m)^flows = .*$")


@pytest.mark.usefixtures("deploy_does_nothing")
@pytest.mark.parametrize("flows", ["[]", '["hold"]'])
def test_where_no_flow_takes_calls_none_is_named(cli: Cli, own_project: Path, flows: str) -> None:
    hold = '{"Version": "2019-10-30", "StartAction": "", "Actions": [], "Metadata": {"type": "customerHold"}}'
    (own_project / "flows/hold.json").write_text(hold)
    path = own_project / "environments/local.toml"
    path.write_text(FLOWS.sub(f"flows = {flows}", path.read_text(), count=1))
    assert cli("local", "deploy").out.splitlines()[-1] == "next: patchbay local status · patchbay local stop"


def test_a_deploy_that_fails_ends_the_one_that_it_started(cli: Cli, own_project: Path) -> None:
    complaint = cli("local", "deploy", "--start").complaint
    assert "make setup" in complaint
    assert state.running(own_project) == ()
    assert list((own_project / ".patchbay").iterdir()) == []
