"""Templates; nothing is written into the checkout."""

import hashlib
import json
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import aws_cdk as cdk
import pytest
from aws_cdk.assertions import Template

import app as cdk_app
from patchbay import environments
from patchbay.environments import ROOT
from stacks import packing
from tests.conftest import PROJECT_PARTS, copy_project
from tests.stacks import made_up

Templates = dict[str, Template]
CONTEXT: dict[str, Any] = json.loads((ROOT / "cdk.json").read_text())["context"]
UNSTAGED = {**CONTEXT, "aws:cdk:disable-asset-staging": True}
"""Assets stay where they are: the templates are the same, and no package is copied."""


@pytest.fixture(scope="package")
def shipped(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A project with the environments that tests know."""
    return copy_project(tmp_path_factory.mktemp("project"))


@pytest.fixture(scope="package")
def synthesized(tmp_path_factory: pytest.TempPathFactory, shipped: Path) -> Callable[..., Templates]:
    """The templates of an environment by stack name, made once for a project that is the same."""
    made: dict[str, Templates] = {}

    def synthesize(name: str, root: Path = shipped) -> Templates:
        key = f"{name} {_digest(root)}"
        if key not in made:
            made[key] = _synthesize(name, root, tmp_path_factory.mktemp("cdk.out"))
        return made[key]

    return synthesize


@pytest.fixture(scope="package")
def local(synthesized: Callable[..., Templates]) -> Templates:
    """Those of environment local with a few of its samples."""
    return synthesized("local")


@pytest.fixture(scope="package")
def everything(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A project whose environment local has functions with every key of function.toml."""
    return made_up.add(copy_project(tmp_path_factory.mktemp("everything")))


@pytest.fixture(scope="package")
def asking(synthesized: Callable[..., Templates], everything: Path) -> Templates:
    """Its templates."""
    return synthesized("local", everything)


def _digest(root: Path) -> str:
    """Of all that templates are made of, wherever it lies."""
    found = hashlib.sha256()
    for part in ("environments", *PROJECT_PARTS):
        for path in sorted([root / part, *(root / part).rglob("*")]):
            if path.is_file():
                found.update(f"{path.relative_to(root)} {path.stat().st_size} ".encode() + path.read_bytes())
    return found.hexdigest()


def with_layer(root: Path) -> Path:
    """The layer's packages are installed once, in the checkout, not in every copy; gives the project."""
    ours = packing.pack_layer(ROOT).path
    linked = root / "build" / ours.name
    if not linked.exists():
        linked.parent.mkdir(exist_ok=True)
        linked.symlink_to(ours)
    return root


def _synthesize(name: str, root: Path, out: Path) -> Templates:
    app = cdk.App(outdir=str(out), context=UNSTAGED, builtin_cloud_formation_validation=False)
    cdk_app.build(app, environments.load(name, with_layer(root)))
    stacks = [child for child in app.node.children if isinstance(child, cdk.Stack)]
    return {stack.stack_name: Template.from_stack(stack) for stack in stacks}


def statements(template: Template, role: str) -> list[dict[str, Any]]:
    """Of the role whose logical id begins so: those in it, and those of the policy beside it."""
    roles = template.find_resources("AWS::IAM::Role").items()
    beside = template.find_resources("AWS::IAM::Policy").items()
    inside = [policy for name, one in roles if name.startswith(role) for policy in _inline(one)]
    policies = inside + [one["Properties"] for name, one in beside if name.startswith(role)]
    assert policies, f"{role} has no rights"
    return [statement for policy in policies for statement in policy["PolicyDocument"]["Statement"]]


def _inline(role: Mapping[str, Any]) -> list[dict[str, Any]]:
    return list(role["Properties"].get("Policies", ()))
