"""The pinned CDK CLI and Node.js, as the tools find them."""

import os
from pathlib import Path

import pytest

from patchbay import cdk_cli, environments
from patchbay.errors import UserError


def installed(root: Path, script: str) -> Path:
    """A project whose CLI is this shell script."""
    program = root / "node_modules" / ".bin" / "cdk"
    program.parent.mkdir(parents=True)
    program.write_text(f"#!/bin/sh\n{script}\n")
    program.chmod(0o755)
    return root


def test_the_pinned_versions_are_those_of_the_lock() -> None:
    cdk, node = cdk_cli.wanted(environments.ROOT)
    assert cdk.startswith("2.")
    assert int(node) >= 18


def test_programs_are_asked_for_their_version(tmp_path: Path) -> None:
    cdk, node = cdk_cli.versions(installed(tmp_path, 'echo "2.1148.1 (build 1a2b3c4)"'))
    assert cdk == "2.1148.1"
    assert int(node.split(".")[0]) >= 18


@pytest.mark.parametrize("script", ["exit 1", "echo no number"])
def test_a_program_that_does_not_start_has_no_version(tmp_path: Path, script: str) -> None:
    assert cdk_cli.versions(installed(tmp_path, script))[0] == ""


def test_a_cli_that_is_not_there_has_no_version_and_is_missed_by_name(tmp_path: Path) -> None:
    assert cdk_cli.versions(tmp_path)[0] == ""
    with pytest.raises(UserError, match="run `make setup`"):
        cdk_cli.path(tmp_path)


def test_a_synth_runs_in_the_project_for_one_environment(tmp_path: Path) -> None:
    assembly = tmp_path / "assembly"
    assembly.mkdir()
    root = installed(tmp_path / "project", f'echo "$PWD $@" > {assembly}/said')
    cdk_cli.synth(root, "prod", assembly)
    said = (assembly / "said").read_text()
    assert said.startswith(f"{root} synth --quiet --context env=prod --output {assembly}")


def test_a_synth_that_fails_is_told_with_the_apps_own_sentence(tmp_path: Path) -> None:
    root = installed(tmp_path, 'echo noise; echo "patchbay: it is wrong" >&2; exit 1')
    with pytest.raises(UserError, match=r"cdk synth failed for environment prod:\n  patchbay: it is wrong"):
        cdk_cli.synth(root, "prod", tmp_path)


def test_the_projects_own_node_comes_first() -> None:
    assert cdk_cli.quiet({"PATH": "/elsewhere"})["PATH"].split(os.pathsep)[0] != "/elsewhere"
