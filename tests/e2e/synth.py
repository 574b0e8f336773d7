"""`cdk synth` without the CLI and a Python of its own: the app in this process, whose CDK is awake already.

It takes the checkout's `app.py`, so it is for copies in which environments, flows and functions were edited,
not the stacks.
"""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import aws_cdk as cdk
import pytest

import app as cdk_app
from patchbay import environments
from patchbay.config import Environment
from patchbay.environments import ROOT
from patchbay.local import cdk as cli
from patchbay.local.process import LocalAws

CONTEXT: dict[str, Any] = {
    **json.loads((ROOT / "cdk.json").read_text())["context"],
    # What the CLI adds by itself, so that templates are the same.
    "aws:cdk:enable-path-metadata": True,
    "aws:cdk:enable-asset-metadata": True,
}


def synth(environment: Environment, aws: LocalAws, assembly: Path) -> None:
    """As `patchbay.local.cdk.synth`; the files are read anew."""
    app = cdk.App(outdir=str(assembly), context=CONTEXT)
    cdk_app.build(app, environments.load(environment.name, environment.root))
    app.synth()


@contextmanager
def in_this_process() -> Iterator[None]:
    """Whoever deploys meanwhile synthesizes here."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(cli, "synth", synth)
        yield
