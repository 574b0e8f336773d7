"""Fresh templates for each test; nothing is shared, nothing is written into the checkout."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import aws_cdk as cdk
import pytest
from aws_cdk.assertions import Template

import app as cdk_app
from patchbay import environments
from patchbay.environments import ROOT

Templates = dict[str, Template]
CONTEXT: dict[str, Any] = json.loads((ROOT / "cdk.json").read_text())["context"]


@pytest.fixture
def synthesized(tmp_path: Path) -> Callable[..., Templates]:
    """The templates of an environment by stack name."""

    def synthesize(name: str, root: Path = ROOT) -> Templates:
        app = cdk.App(outdir=str(tmp_path / "cdk.out"), context=CONTEXT)
        cdk_app.build(app, environments.load(name, root))
        stacks = [child for child in app.node.children if isinstance(child, cdk.Stack)]
        return {stack.stack_name: Template.from_stack(stack) for stack in stacks}

    return synthesize
