"""Environments as tests know them, whatever a project has made of its own: three samples instead of all."""

import atexit
import shutil
import tempfile
from functools import cache
from pathlib import Path

from patchbay import environments
from patchbay.config import Environment
from patchbay.environments import ROOT

ENVIRONMENTS = ROOT / "tests" / "data" / "environments"
FUNCTIONS = ("tutorial", "customer_lookup", "account_service")
"""Those of environment local: synthesized and deployed in half the time."""


def keep(root: Path) -> Path:
    """In a copy of the project; gives the copy."""
    shutil.rmtree(root / "environments", ignore_errors=True)
    shutil.copytree(ENVIRONMENTS, root / "environments")
    return root


def load(name: str) -> Environment:
    """For tests that only read: with the checkout's functions and flows."""
    return environments.load(name, _linked())


@cache
def _linked() -> Path:
    root = Path(tempfile.mkdtemp(prefix="patchbay-samples-"))
    atexit.register(shutil.rmtree, root, ignore_errors=True)
    for part in ("lambdas", "flows"):
        (root / part).symlink_to(ROOT / part)
    return keep(root)
