"""What every test stands on: made-up credentials, the project's own Node.js, and projects to break."""

import functools
import gc
import os
import shutil
import sys
from collections.abc import Callable
from pathlib import Path

# Before jsii starts its kernel: the Node.js of the virtual environment, whatever the machine has.
os.environ["PATH"] = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"

import botocore.session
import pytest
from hypothesis import Phase, settings
from xdist.scheduler import LoadScopeScheduling

from patchbay.environments import ROOT
from tests import few_samples

# What the collection makes stays: to look through it for garbage, again and again, takes half of its time.
gc.disable()

# A service's model takes longer to read than most tests: the sessions of a process read it once.
botocore.session.create_loader = functools.cache(botocore.session.create_loader)

# The same examples each time, and what fails is not made smaller: a failure costs CI seconds, not minutes.
# Other examples, and the smallest that fails: --hypothesis-profile=default
settings.register_profile("suite", derandomize=True, deadline=None, phases=(Phase.explicit, Phase.generate))
settings.load_profile("suite")

GARBAGE = 20_000
"""So many new objects are worth a look; Python's own 700 are soon there, and seldom garbage."""

PROJECT_PARTS = ("flows", "lambdas", "requirements-layer.txt")


OWN_DEPLOYMENT = ("test_across_accounts.py", "test_what_moves.py")
LONGEST = ("releases end to end", "end to end", "front_desk end to end")
BRIEF = ("tests/test_arns.py", "tests/test_naming.py", "tests/test_toml.py")
"""A worker is given two scopes at its start: so that none of the long ones waits behind another."""
LONG = (
    "doctor end to end",
    "tests/e2e/test_what_moves.py",
    "tests/e2e/test_across_accounts.py",
    "templates",
    "tests/stacks/kit/release/test_interruptions.py",
)
STARTED = {scope: at for at, scope in enumerate((*LONGEST, *BRIEF, *LONG))}


def scope_of(nodeid: str) -> str:
    """What stays on one worker: a file, for its fixtures; tests that share a deployment, or templates."""
    path = nodeid.partition("::")[0]
    for folder in ("releases", "front_desk", "doctor"):
        if path.startswith(f"tests/e2e/{folder}/"):
            return f"{folder} end to end"
    if path.startswith("tests/stacks/test_"):
        return "templates"
    shared = path.startswith("tests/e2e/") and not path.endswith(OWN_DEPLOYMENT)
    return "end to end" if shared else path


class OneWorkerForOneDeployment(LoadScopeScheduling):  # type: ignore[misc]  # xdist is untyped
    """In place of `xdist_group`, which groups nothing with this pytest (xdist 3.8 marks an id that pytest
    9.2 does not read).
    """

    def _split_scope(self, nodeid: str) -> str:
        return scope_of(nodeid)


def pytest_xdist_make_scheduler(config: pytest.Config, log: object) -> OneWorkerForOneDeployment:
    """What `-n` distributes by."""
    return OneWorkerForOneDeployment(config, log)


def pytest_xdist_auto_num_workers() -> int:
    """One more than there are cores: a deployment leaves its worker waiting half of the time."""
    return (os.cpu_count() or 1) + 1


def pytest_collection_finish() -> None:
    """From here on there is garbage, and only among what tests make."""
    gc.freeze()
    gc.enable()
    gc.set_threshold(GARBAGE)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """What takes long begins first."""
    items.sort(key=lambda item: STARTED.get(scope_of(item.nodeid), len(STARTED)))


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
    return copy_project(tmp_path)


def copy_project(target: Path) -> Path:
    """Into a folder that is there; nothing that a run left behind comes along."""
    for part in PROJECT_PARTS:
        source = ROOT / part
        if source.is_dir():
            shutil.copytree(source, target / part, ignore=shutil.ignore_patterns("__pycache__"))
        else:
            shutil.copy(source, target / part)
    return few_samples.keep(target)


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
