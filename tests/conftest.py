"""What every test stands on: made-up credentials, the project's own Node.js, and projects to break."""

import os
import shutil
import sys
from collections.abc import Callable
from pathlib import Path

# Before jsii starts its kernel: the Node.js of the virtual environment, whatever the machine has.
os.environ["PATH"] = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"

import pytest
from xdist.scheduler import LoadScopeScheduling

from patchbay.environments import ROOT
from tests import few_samples

PROJECT_PARTS = ("environments", "flows", "lambdas", "requirements-layer.txt")


OWN_DEPLOYMENT = ("test_across_accounts.py", "test_what_moves.py")


class OneWorkerForOneDeployment(LoadScopeScheduling):  # type: ignore[misc]  # xdist is untyped
    """A file stays on one worker, for its fixtures; so do tests that share a deployment, or templates.

    In place of `xdist_group`, which groups nothing with this pytest (xdist 3.8 marks an id that pytest 9.2
    does not read).
    """

    def _split_scope(self, nodeid: str) -> str:
        path = nodeid.partition("::")[0]
        for folder in ("releases", "front_desk"):
            if path.startswith(f"tests/e2e/{folder}/"):
                return f"{folder} end to end"
        if path.startswith("tests/stacks/test_"):
            return "templates"
        shared = path.startswith("tests/e2e/") and not path.endswith(OWN_DEPLOYMENT)
        return "end to end" if shared else path


def pytest_xdist_make_scheduler(config: pytest.Config, log: object) -> OneWorkerForOneDeployment:
    """What `-n` distributes by."""
    return OneWorkerForOneDeployment(config, log)


@pytest.fixture(autouse=True)
def _made_up_credentials(monkeypatch: pytest.MonkeyPatch) -> None:
    """No test reaches a real account, whatever the shell has set."""
    for name in [name for name in os.environ if name.startswith("AWS_")]:
        monkeypatch.delenv(name)
    monkeypatch.setenv("AWS_ACCESS_KEY_ID", "testing")
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "testing")
    monkeypatch.setenv("AWS_EC2_METADATA_DISABLED", "true")
    monkeypatch.setenv("AWS_CONFIG_FILE", os.devnull)
    monkeypatch.setenv("AWS_SHARED_CREDENTIALS_FILE", os.devnull)


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A copy of what a user edits, with a few of the samples in environment local."""
    for part in PROJECT_PARTS:
        source = ROOT / part
        copy = shutil.copytree if source.is_dir() else shutil.copy
        copy(source, tmp_path / part)
    return few_samples.keep(tmp_path)


@pytest.fixture
def edit(project: Path) -> Callable[[str, str, str], Path]:
    """Replaces a text that must be there in one file of the project; gives the project."""

    def replace(file: str, old: str, new: str) -> Path:
        path = project / file
        text = path.read_text()
        assert old in text, f"{old!r} is not in {file}"
        path.write_text(text.replace(old, new))
        return project

    return replace
