"""A mistake in what a user writes, at `cdk synth`: one sentence, no traceback, nothing made."""

import os
import subprocess
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

import aws_cdk as cdk
import pytest

import app as cdk_app
from patchbay import environments
from tests import few_samples
from tests.e2e.project import copy_project, replace

Complaint = Callable[[str], str]


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A copy to break."""
    return few_samples.keep(copy_project(tmp_path / "project"))


def _synthesized(root: Path, environment: str) -> tuple[int, str]:
    """Exit code and output of the CDK CLI."""
    done = subprocess.run(
        [root / "node_modules" / ".bin" / "cdk", "synth", "--quiet", "-c", f"env={environment}"],
        cwd=root,
        env={**os.environ, "CDK_DISABLE_CLI_TELEMETRY": "true", "CDK_DISABLE_VERSION_CHECK": "1"},
        capture_output=True,
        text=True,
        check=False,
    )
    return done.returncode, f"{done.stdout}\n{done.stderr}"


def _app_with(environment: str, context: dict[str, Any], make: type[cdk.App] = cdk.App) -> cdk.App:
    return make(context={**context, "env": environment})


@pytest.fixture
def complaint(root: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Complaint:
    """What `app.py`, as the CLI runs it, says of an environment, without `patchbay: `."""

    def complain(environment: str) -> str:
        monkeypatch.setattr(environments.load, "__defaults__", (root,))
        # As the CLI tells it: jsii's kernel has read the process's own environment before.
        monkeypatch.setattr(cdk, "App", partial(_app_with, environment))
        with pytest.raises(SystemExit) as ended:
            cdk_app.main()
        assert ended.value.code == 2
        (line,) = capsys.readouterr().err.splitlines()
        return line.removeprefix("patchbay: ")

    return complain


def test_a_synth_that_fails_makes_nothing_and_shows_no_traceback(root: Path) -> None:
    code, output = _synthesized(root, "stage")
    assert code != 0
    assert "Traceback" not in output
    assert not list((root / "cdk.out").glob("*.template.json"))
    (line,) = [line for line in output.splitlines() if line.startswith("patchbay: ")]
    assert line.endswith("choose one of dev, local, prod, or write environments/NAME.toml")


def test_a_name_that_is_no_environment_is_answered_with_those_that_are(
    root: Path, complaint: Complaint
) -> None:
    assert complaint("stage") == (
        "environment 'stage' does not exist: choose one of dev, local, prod, or write environments/NAME.toml"
    )


def test_an_unknown_key_is_named_with_the_one_that_was_meant(root: Path, complaint: Complaint) -> None:
    replace(root, "environments/dev.toml", "account =", "acount =")
    assert "acount is not a known key: did you mean account?" in complaint("dev")


def test_a_function_without_a_folder_is_named_with_those_that_have_one(
    root: Path, complaint: Complaint
) -> None:
    replace(root, "environments/dev.toml", 'functions = ["tutorial"', 'functions = ["no_such"')
    said = complaint("dev")
    assert said.startswith("environments/dev.toml: function 'no_such' has no folder")
    assert "there are account_service, contact_archive, customer_lookup" in said


def test_a_placeholder_that_nothing_fills_is_named_with_its_block(root: Path, complaint: Complaint) -> None:
    replace(root, "flows/tutorial.json", "{{function:tutorial}}", "{{function:tutoral}}")
    said = complaint("dev")
    assert "flows/tutorial.json: block 'Look up the balance': {{function:tutoral}}" in said
