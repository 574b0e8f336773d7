"""Templates; nothing is written into the checkout."""

import json
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import aws_cdk as cdk
import pytest
from aws_cdk.assertions import Template

import app as cdk_app
from patchbay import environments
from patchbay.environments import ROOT
from tests import few_samples
from tests.conftest import PROJECT_PARTS
from tests.stacks import made_up

Templates = dict[str, Template]
CONTEXT: dict[str, Any] = json.loads((ROOT / "cdk.json").read_text())["context"]


@pytest.fixture
def synthesized(tmp_path: Path) -> Callable[..., Templates]:
    """The templates of an environment by stack name, fresh for each test."""

    def synthesize(name: str, root: Path = ROOT) -> Templates:
        return _synthesize(name, root, tmp_path / "cdk.out")

    return synthesize


@pytest.fixture(scope="package")
def local(tmp_path_factory: pytest.TempPathFactory) -> Templates:
    """Those of environment local with a few of its samples, made once: for tests that only read."""
    folder = tmp_path_factory.mktemp("local")
    return _synthesize("local", few_samples.keep(_copy(folder / "project")), folder / "cdk.out")


@pytest.fixture(scope="package")
def everything(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A project whose environment local has functions with every key of function.toml."""
    root = few_samples.keep(_copy(tmp_path_factory.mktemp("everything") / "project"))
    return made_up.add(root)


@pytest.fixture(scope="package")
def asking(everything: Path) -> Templates:
    """Its templates, made once: for tests that only read."""
    return _synthesize("local", everything, everything.parent / "cdk.out")


def _copy(target: Path) -> Path:
    target.mkdir()
    for part in PROJECT_PARTS:
        source = ROOT / part
        copy = shutil.copytree if source.is_dir() else shutil.copy
        copy(source, target / part)
    return target


def _synthesize(name: str, root: Path, out: Path) -> Templates:
    app = cdk.App(outdir=str(out), context=CONTEXT)
    cdk_app.build(app, environments.load(name, root))
    stacks = [child for child in app.node.children if isinstance(child, cdk.Stack)]
    return {stack.stack_name: Template.from_stack(stack) for stack in stacks}


def statements(template: Template, role: str) -> list[dict[str, Any]]:
    """Of the policy whose logical id begins so."""
    policies = template.find_resources("AWS::IAM::Policy")
    found = next(policy for name, policy in policies.items() if name.startswith(role))
    document: list[dict[str, Any]] = found["Properties"]["PolicyDocument"]["Statement"]
    return document
