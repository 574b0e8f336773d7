"""The CDK CLI as it is run for the embedded AWS: a stand-in tells what it was given."""

import json
import os
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from patchbay import environments
from patchbay.config import Environment
from patchbay.errors import UserError
from patchbay.local import cdk
from patchbay.local.process import LocalAws

AWS = LocalAws(0, 4999, "")
TELL = """
import json, os, sys
with open(TOLD, "a") as told:
    print(json.dumps([sys.argv[1:], os.getcwd(), dict(os.environ)]), file=told)
print("one line"); print("  \\u2705  a stack")
"""
Install = Callable[[str], None]


@pytest.fixture
def environment(project: Path) -> Environment:
    return environments.load("local", project)


@pytest.fixture
def install(project: Path) -> Install:
    """Puts a Python script in the place of the CLI."""

    def write(script: str) -> None:
        cli = project / "node_modules" / ".bin" / "cdk"
        cli.parent.mkdir(parents=True)
        cli.write_text(f"#!{sys.executable}\n{script}", encoding="utf-8")
        cli.chmod(0o755)

    return write


@pytest.fixture
def told(install: Install, tmp_path: Path) -> Callable[[], list[Any]]:
    """What the CLI was given, run by run: arguments, folder, environment variables."""
    path = tmp_path / "told"
    install(TELL.replace("TOLD", repr(str(path))))
    return lambda: [json.loads(line) for line in path.read_text().splitlines()]


TRUST = [
    "--trust",
    "000000000000",
    "--cloudformation-execution-policies",
    "arn:aws:iam::aws:policy/AdministratorAccess",
]


def test_a_cli_that_is_not_installed_is_one_sentence(environment: Environment) -> None:
    with pytest.raises(UserError, match=r"the CDK CLI is not installed .*: run `make setup`"):
        cdk.bootstrap(environment, AWS)


def test_every_region_of_functions_and_instances_is_bootstrapped(
    environment: Environment, told: Callable[[], list[Any]]
) -> None:
    cdk.bootstrap(environment, AWS)
    ((arguments, folder, _),) = told()
    account = "aws://000000000000/"
    assert arguments[:3] == ["bootstrap", f"{account}us-east-1", f"{account}us-west-2"]
    assert Path(folder) != environment.root
    assert not Path(folder).exists()


def test_each_account_is_bootstrapped_with_its_own_key_and_trusts_the_functions_account(
    edit: Callable[[str, str, str], Path], told: Callable[[], list[Any]]
) -> None:
    ours, theirs = "us-east-1:000000000000:instance", "us-east-1:222222222222:instance"
    environment = environments.load("local", edit("environments/local.toml", ours, theirs))
    cdk.bootstrap(environment, AWS)
    runs = {variables["AWS_ACCESS_KEY_ID"]: arguments[1:-2] for arguments, _, variables in told()}
    assert runs == {
        "000000000000": ["aws://000000000000/us-east-1", "aws://000000000000/us-west-2"],
        "222222222222": ["aws://222222222222/us-east-1", *TRUST],
    }


def test_the_cli_sees_the_embedded_aws_and_nothing_of_the_users(
    environment: Environment, told: Callable[[], list[Any]], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("AWS_PROFILE", "mine")
    monkeypatch.setenv("AWS_SESSION_TOKEN", "real")
    cdk.synth(environment, AWS, environment.root / "out")
    cdk.deploy(environment, AWS, environment.root)
    for _, _, variables in told():
        assert variables["AWS_ENDPOINT_URL"] == AWS.url
        assert not {"AWS_PROFILE", "AWS_SESSION_TOKEN"} & set(variables)
        assert variables["PATH"].split(os.pathsep)[0] == str(Path(sys.executable).parent)


def test_synth_names_the_environment_and_deploy_asks_nothing(
    environment: Environment, told: Callable[[], list[Any]]
) -> None:
    cdk.synth(environment, AWS, environment.root / "out")
    cdk.deploy(environment, AWS, environment.root)
    synth, deploy = (arguments for arguments, _, _ in told())
    assert synth[synth.index("--context") + 1] == "env=local"
    assert deploy[deploy.index("--require-approval") + 1] == "never"


def test_progress_is_reported_line_by_line(environment: Environment, told: Callable[[], list[Any]]) -> None:
    lines: list[str] = []
    cdk.deploy(environment, AWS, environment.root, lines.append)
    assert lines == ["one line", "  ✅  a stack"]


def test_a_failure_shows_what_failed_and_not_the_rest(environment: Environment, install: Install) -> None:
    install('print("much"); print("12:00 | CREATE_FAILED | Flow | no such instance"); print("bye"); exit(1)')
    with pytest.raises(UserError) as caught:
        cdk.deploy(environment, AWS, environment.root)
    assert str(caught.value) == (
        "cdk deploy failed for environment local:\n  12:00 | CREATE_FAILED | Flow | no such instance"
    )


def test_a_failure_that_says_nothing_shows_the_end_of_the_output(
    environment: Environment, install: Install
) -> None:
    install("for n in range(20): print(n)\nexit(3)")
    with pytest.raises(UserError) as caught:
        cdk.deploy(environment, AWS, environment.root)
    assert str(caught.value).split() == [
        *["cdk", "deploy", "failed", "for", "environment", "local:"],
        *map(str, range(12, 20)),
    ]
