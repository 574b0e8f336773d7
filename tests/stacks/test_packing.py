"""An asset holds what its function imports, and nothing else."""

import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from patchbay import environments
from patchbay.environments import ROOT
from patchbay.errors import UserError
from stacks import packing
from stacks.components.release_code import release_code
from tests.stacks.conftest import Templates

SAMPLES = ("tutorial", "customer_lookup", "account_service")
KIT = ("live_alias", "association")
RELEASE = ("release", "release_rule", "live_alias")
KIT_ROOT = ROOT / "stacks/kit"
CHECKOUT = [str(ROOT / part) for part in ("", "lambdas", "stacks/kit")]


@pytest.fixture
def assets(synthesized: Callable[..., Templates], tmp_path: Path) -> dict[str, Path]:
    """The staged folder of each function's code, by the package it is for."""
    synthesized("local")
    folders = [path for path in (tmp_path / "cdk.out").glob("asset.*") if path.is_dir()]
    alone = [folder for folder in folders if not (folder / "release").exists()]
    found = {name: folder for folder in alone for name in SAMPLES + KIT if (folder / name).is_dir()}
    return {**found, "release": next(folder for folder in folders if folder not in alone)}


@pytest.mark.parametrize("function", SAMPLES)
def test_a_function_brings_its_own_code_and_the_common_code_and_nothing_else(
    assets: dict[str, Path], function: str
) -> None:
    files = {path.relative_to(assets[function]) for path in assets[function].rglob("*") if path.is_file()}
    assert {path.parts[0] for path in files} == {function, "common"}
    assert {path.suffix for path in files} == {".py"}


@pytest.mark.parametrize("package", [*SAMPLES, *KIT, "release"])
def test_an_asset_with_the_layer_imports_on_its_own(assets: dict[str, Path], package: str) -> None:
    """An isolated interpreter: nothing of the checkout helps. boto3 comes from Lambda's runtime."""
    layer = packing.pack_layer(ROOT).path / "python"
    import_it = f"""
import sys
sys.path[:] = [entry for entry in sys.path if entry not in {CHECKOUT!r}]
sys.path[:0] = [{str(assets[package])!r}, {str(layer)!r}]
import {package}.handler as handler
assert handler.__file__.startswith({str(assets[package])!r}), handler.__file__
common = sys.modules.get("common")
assert common is None or common.__file__.startswith({str(assets[package])!r}), common.__file__
assert {package!r} in {(*KIT, "release")!r} or "aws_lambda_powertools" in sys.modules
"""
    done = subprocess.run(
        [sys.executable, "-I", "-B", "-c", import_it], capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr


def test_the_controller_brings_its_packages_the_check_of_a_response_and_recorded_events(
    assets: dict[str, Path],
) -> None:
    files = {str(path.relative_to(assets["release"])) for path in assets["release"].rglob("*.*")}
    common = {file for file in files if file.startswith("common")}
    events = {file for file in files if file.startswith("warm_up")}
    kit = {str(path.relative_to(KIT_ROOT)) for name in RELEASE for path in (KIT_ROOT / name).glob("*.py")}
    assert common == {"common/__init__.py", "common/response.py"}
    assert files == kit | common | events
    assert {file.split("/")[1] for file in events} == {"tutorial", "customer_lookup"}
    assert "warm_up/tutorial/voice.json" in events


def test_a_function_with_effects_is_warmed_up_only_by_events_put_aside_as_harmless(
    synthesized: Callable[..., Templates], project: Path, tmp_path: Path
) -> None:
    events = project / "lambdas/account_service/events"
    (events / "warm_up").mkdir()
    (events / "warm_up/balance.json").write_text((events / "voice.json").read_text())
    synthesized("local", project)
    (staged,) = [path.parent for path in (tmp_path / "cdk.out").glob("asset.*/release")]
    assert [path.name for path in (staged / "warm_up/account_service").iterdir()] == ["balance.json"]


def test_the_hash_of_the_controller_is_that_of_what_it_holds_wherever_that_lies(
    project: Path, tmp_path: Path
) -> None:
    here, there = environments.load("local"), environments.load("local", project)
    first = release_code(there).fingerprint
    assert release_code(here).fingerprint == first
    os.utime(project / "lambdas/tutorial/events/voice.json", (0, 0))
    (project / "lambdas/tutorial/events/notes.txt").write_text("not an event")
    assert release_code(there).fingerprint == first
    with (project / "lambdas/tutorial/events/voice.json").open("a") as event:
        event.write("\n")
    assert release_code(there).fingerprint != first
    assert sorted(path.name[:8] for path in (project / "build").iterdir()) == ["release-"] * 2


def test_the_layer_is_packed_once_and_its_hash_does_not_depend_on_the_machine(project: Path) -> None:
    first = packing.pack_layer(project)
    stamp = first.path.stat().st_mtime_ns
    second = packing.pack_layer(project)
    assert (second.fingerprint, second.path.stat().st_mtime_ns) == (first.fingerprint, stamp)
    assert first.fingerprint == packing.pack_layer(ROOT).fingerprint
    assert (first.path / "python" / "aws_lambda_powertools").is_dir()


def test_a_lock_that_cannot_be_fetched_is_one_sentence_and_leaves_nothing_half_done(project: Path) -> None:
    (project / "requirements-layer.txt").write_text("no-such-package-of-patchbay==1.0\n")
    with pytest.raises(UserError, match=r"the Lambda layer could not be packed from requirements-layer\.txt"):
        packing.pack_layer(project)
    assert list((project / "build").iterdir()) == []


def test_the_app_answers_a_mistake_with_one_sentence_and_exit_code_2() -> None:
    context = {"CDK_CONTEXT_JSON": json.dumps({"env": "stage"}), "PATH": str(Path(sys.executable).parent)}
    done = subprocess.run(
        [sys.executable, "app.py"], cwd=ROOT, env=context, capture_output=True, text=True, check=False
    )
    assert done.returncode == 2
    assert done.stderr.splitlines() == [
        "patchbay: environment 'stage' does not exist: choose one of dev, local, prod, "
        "or write environments/NAME.toml"
    ]
