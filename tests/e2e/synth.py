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
from tests.e2e import without_cli

CONTEXT: dict[str, Any] = {
    **json.loads((ROOT / "cdk.json").read_text())["context"],
    # What the CLI adds by itself, so that templates are the same.
    "aws:cdk:enable-path-metadata": True,
    "aws:cdk:enable-asset-metadata": True,
}


def synth(environment: Environment, aws: LocalAws, assembly: Path) -> None:
    """As `patchbay.local.cdk.synth`; the files are read anew."""
    # Without the CDK's own look at the templates, which only warns and takes 3 s to wake up: it reads those
    # of the same code where the CLI synthesizes.
    app = cdk.App(outdir=str(assembly), context=CONTEXT, builtin_cloud_formation_validation=False)
    cdk_app.build(app, environments.load(environment.name, environment.root))
    app.synth()


@contextmanager
def in_this_process() -> Iterator[None]:
    """Whoever deploys meanwhile synthesizes, bootstraps and publishes here."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(cli, "synth", synth)
        patch.setattr(cli, "bootstrap", without_cli.bootstrap)
        patch.setattr(cli, "publish", without_cli.publish)
        yield
