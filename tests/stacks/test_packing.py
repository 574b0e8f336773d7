"""An asset holds what its function imports, and nothing else."""

import json
import os
import re
import subprocess
import sys
from pathlib import Path

import aws_cdk as cdk
import pytest
from aws_cdk import aws_lambda

import app as cdk_app
from patchbay import environments, function_folders
from patchbay.config import Environment
from patchbay.environments import ROOT
from patchbay.errors import UserError
from patchbay.functions import Function, Runtime
from stacks import packing
from stacks.components.release_code import release_code
from stacks.runtime import NODE, PYTHON, handler_of, runtime_of
from tests.lambdas.invocations import recorded_events
from tests.lambdas.node.runner import NodeHandler
from tests.stacks.conftest import CONTEXT, with_layer

FUNCTIONS = environments.load("local").functions
SAMPLES = tuple(name for name, function in FUNCTIONS.items() if function.runtime is Runtime.PYTHON)
KIT = ("live_alias", "association")
RELEASE = ("release", "release_rule", "live_alias")
KIT_ROOT = ROOT / "stacks/kit"
CHECKOUT = [str(ROOT / part) for part in ("", "lambdas", "stacks/kit")]


@pytest.fixture(scope="module")
def assets(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """The staged folder of each function's code, by the package it is for; for tests that only read."""
    folders = staged(environments.load("local"), tmp_path_factory.mktemp("assets") / "cdk.out")
    alone = [folder for folder in folders if not (folder / "release").exists()]
    found = {name: folder for folder in alone for name in SAMPLES + KIT if (folder / name).is_dir()}
    return {**found, "release": next(folder for folder in folders if folder not in alone)}


def staged(environment: Environment, out: Path) -> list[Path]:
    """The folders that would be uploaded."""
    app = cdk.App(outdir=str(out), context=CONTEXT, builtin_cloud_formation_validation=False)
    cdk_app.build(app, environment)
    return [path for path in Path(app.synth().directory).glob("asset.*") if path.is_dir()]


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


def fingerprints(project: Path) -> dict[str, str]:
    """Of the code of every function of the project."""
    lambdas = project / "lambdas"
    found = (function_folders.load(lambdas, name, {}, "test") for name in function_folders.folders(lambdas))
    return {function.name: packing.pack_function(lambdas, function).fingerprint for function in found}


def of_runtime(project: Path, runtime: Runtime) -> set[str]:
    """The names of the functions in a language."""
    lambdas = project / "lambdas"
    found = (function_folders.load(lambdas, name, {}, "test") for name in function_folders.folders(lambdas))
    return {function.name for function in found if function.runtime is runtime}


@pytest.mark.parametrize(
    ("file", "versions"),
    [
        ("tutorial_node/logic.mjs", {"tutorial_node"}),
        ("tutorial_node/a_new_module.mjs", {"tutorial_node"}),
        ("tutorial/logic.py", {"tutorial"}),
        ("common/event.mjs", Runtime.NODE),
        ("common/event.py", Runtime.PYTHON),
        ("tutorial_node/notes.py", set()),
        ("tutorial_node/notes.md", set()),
        ("tutorial_node/events/voice.json", set()),
        ("tutorial_node/node_modules/left-pad/index.mjs", set()),
        ("tutorial/notes.mjs", set()),
    ],
)
def test_an_edit_gives_a_new_version_to_the_functions_that_run_it_and_to_no_other(
    project: Path, file: str, versions: set[str] | Runtime
) -> None:
    before = fingerprints(project)
    path = project / "lambdas" / file
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("a") as edited:
        edited.write("\n")
    after = fingerprints(project)
    changed = {name for name in before if before[name] != after[name]}
    assert changed == (of_runtime(project, versions) if isinstance(versions, Runtime) else versions)


@pytest.fixture(scope="module")
def node_asset(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The staged code of the sample in Node.js."""
    app = cdk.App(outdir=str(tmp_path_factory.mktemp("node") / "cdk.out"))
    function = function_folders.load(ROOT / "lambdas", "tutorial_node", {}, "test")
    aws_lambda.Function(
        cdk.Stack(app, "Stack"),
        "Function",
        runtime=runtime_of(function.runtime),
        handler=handler_of(function),
        code=packing.pack_function(ROOT / "lambdas", function).code,
    )
    (asset,) = (path for path in Path(app.synth().directory).glob("asset.*") if path.is_dir())
    return asset


def test_a_node_function_brings_its_own_modules_and_the_common_ones_and_nothing_else(
    node_asset: Path,
) -> None:
    files = {path.relative_to(node_asset) for path in node_asset.rglob("*") if path.is_file()}
    assert {path.parts[0] for path in files} == {"tutorial_node", "common"}
    assert {path.suffix for path in files} == {".mjs"}


def test_a_node_asset_answers_on_its_own(node_asset: Path) -> None:
    with NodeHandler(node_asset / "tutorial_node/handler.mjs") as handler:
        answer = handler.invoke(recorded_events("tutorial_node")["voice"])
    assert answer.value["websiteUrl"] == "www.GGG.com/support"


def test_the_runtime_is_the_newest_node_that_cdk_offers() -> None:
    offered = [found for name in dir(aws_lambda.Runtime) if (found := re.fullmatch(r"NODEJS_(\d+)_X", name))]
    newest = max(offered, key=lambda found: int(found[1]))
    assert getattr(aws_lambda.Runtime, newest[0]).name == NODE.name


@pytest.mark.parametrize(
    ("runtime", "newest", "handler"),
    [("python", PYTHON, "lookup.handler.handler"), ("node", NODE, "lookup/handler.handler")],
)
def test_lambda_is_told_the_runtime_and_the_entry_point_of_the_language(
    runtime: str, newest: aws_lambda.Runtime, handler: str
) -> None:
    function = Function.model_validate(
        {"name": "lookup", "description": "Looks up", "time_limit_seconds": 3, "runtime": runtime}
    )
    assert (runtime_of(function.runtime), handler_of(function)) == (newest, handler)


def test_the_controller_brings_its_packages_the_check_of_a_response_and_recorded_events(
    assets: dict[str, Path],
) -> None:
    files = {str(path.relative_to(assets["release"])) for path in assets["release"].rglob("*.*")}
    common = {file for file in files if file.startswith("common")}
    events = {file for file in files if file.startswith("warm_up")}
    kit = {str(path.relative_to(KIT_ROOT)) for name in RELEASE for path in (KIT_ROOT / name).glob("*.py")}
    assert common == {"common/__init__.py", "common/response.py"}
    assert files == kit | common | events
    warmed = {
        name for name in FUNCTIONS if function_folders.warm_up_events(ROOT / "lambdas", FUNCTIONS[name])
    }
    assert {file.split("/")[1] for file in events} == warmed
    assert "warm_up/tutorial/voice.json" in events


def test_a_function_with_effects_is_warmed_up_only_by_events_put_aside_as_harmless(
    project: Path, tmp_path: Path
) -> None:
    events = project / "lambdas/account_service/events"
    (events / "warm_up").mkdir(exist_ok=True)
    (events / "warm_up/of_this_test.json").write_text((events / "voice.json").read_text())
    folders = staged(environments.load("local", with_layer(project)), tmp_path / "cdk.out")
    (controller,) = [folder for folder in folders if (folder / "release").exists()]
    packed = {path.name for path in (controller / "warm_up/account_service").iterdir()}
    assert packed == {path.name for path in (events / "warm_up").iterdir()}


def test_the_hash_of_the_controller_is_that_of_what_it_holds_wherever_that_lies(
    shipped: Path, project: Path
) -> None:
    here, there = environments.load("local", shipped), environments.load("local", project)
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
        f"patchbay: environment 'stage' does not exist: choose one of {', '.join(environments.available())}, "
        "or write environments/NAME.toml"
    ]
