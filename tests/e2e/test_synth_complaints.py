"""A mistake in what a user writes, at `cdk synth`: one sentence, no traceback, nothing made."""

import os
import subprocess
from pathlib import Path

import pytest

from tests import few_samples
from tests.e2e.project import copy_project, replace


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A copy to break."""
    return few_samples.keep(copy_project(tmp_path / "project"))


def _complaint(root: Path, environment: str) -> str:
    """The only line of a failing synth that is Patchbay's, without `patchbay: `."""
    done = subprocess.run(
        [root / "node_modules" / ".bin" / "cdk", "synth", "--quiet", "-c", f"env={environment}"],
        cwd=root,
        env={**os.environ, "CDK_DISABLE_CLI_TELEMETRY": "true", "CDK_DISABLE_VERSION_CHECK": "1"},
        capture_output=True,
        text=True,
        check=False,
    )
    output = f"{done.stdout}\n{done.stderr}"
    assert done.returncode != 0
    assert "Traceback" not in output
    assert not list((root / "cdk.out").glob("*.template.json"))
    (line,) = [line for line in output.splitlines() if line.startswith("patchbay: ")]
    return line.removeprefix("patchbay: ")


def test_a_name_that_is_no_environment_is_answered_with_those_that_are(root: Path) -> None:
    assert _complaint(root, "stage") == (
        "environment 'stage' does not exist: choose one of dev, local, prod, or write environments/NAME.toml"
    )


def test_an_unknown_key_is_named_with_the_one_that_was_meant(root: Path) -> None:
    replace(root, "environments/dev.toml", "account =", "acount =")
    assert "acount is not a known key: did you mean account?" in _complaint(root, "dev")


def test_a_function_without_a_folder_is_named_with_those_that_have_one(root: Path) -> None:
    replace(root, "environments/dev.toml", 'functions = ["tutorial"', 'functions = ["no_such"')
    complaint = _complaint(root, "dev")
    assert complaint.startswith("environments/dev.toml: function 'no_such' has no folder")
    assert "there are account_service, contact_archive, customer_lookup" in complaint


def test_a_placeholder_that_nothing_fills_is_named_with_its_block(root: Path) -> None:
    replace(root, "flows/tutorial.json", "{{function:tutorial}}", "{{function:tutoral}}")
    complaint = _complaint(root, "dev")
    assert "flows/tutorial.json: block 'Look up the balance': {{function:tutoral}}" in complaint
