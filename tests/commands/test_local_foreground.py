"""`patchbay local start` in the foreground: every way in which it ends."""

import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from functools import cached_property
from pathlib import Path

import pytest

from patchbay.environments import ROOT
from patchbay.local import state
from patchbay.local.process import LocalAws
from tests.local import processes

pytestmark = [
    pytest.mark.skipif(not Path("/proc").exists(), reason="reads /proc"),
]

PATCHBAY = "from patchbay.main import main; main()"


@pytest.fixture
def checkout(project: Path) -> Path:
    """A copy of the whole program, so that its state is its own."""
    shutil.copytree(ROOT / "patchbay", project / "patchbay", ignore=shutil.ignore_patterns("__pycache__"))
    return project


class Foreground:
    """`patchbay local start` in a process group of its own, as a terminal starts it."""

    def __init__(self, checkout: Path, temporary: Path) -> None:
        self.checkout, self.temporary = checkout, temporary
        kept = {key: value for key, value in os.environ.items() if not key.startswith("AWS_")}
        paths = os.pathsep.join((str(checkout), str(checkout / "lambdas")))
        self.process = subprocess.Popen(
            [sys.executable, "-c", PATCHBAY, "local", "start"],
            cwd=checkout,
            env={**kept, "PYTHONPATH": paths, "TMPDIR": str(temporary)},
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            process_group=0,
        )

    @cached_property
    def said(self) -> str:
        """Its first line, which comes once it runs."""
        assert self.process.stdout is not None
        return self.process.stdout.readline()

    @cached_property
    def aws(self) -> LocalAws:
        """The one that it started, as its checkout knows it."""
        assert self.said
        return state.choose(self.checkout)

    def wait(self) -> tuple[int, str]:
        """Exit code and standard error."""
        _, err = self.process.communicate(timeout=5)
        return self.process.returncode, err

    def end(self) -> None:
        servers = processes.children(self.process.pid)
        self.process.kill()
        self.process.communicate()
        for server in servers:
            processes.kill_group(server)


@pytest.fixture
def foreground(
    checkout: Path, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Callable[[], Foreground]]:
    running: list[Foreground] = []

    def start() -> Foreground:
        running.append(Foreground(checkout, tmp_path_factory.mktemp("temporary")))
        assert running[-1].aws.is_healthy()
        return running[-1]

    yield start
    for one in running:
        one.end()


def test_ctrl_c_ends_it_and_leaves_nothing_behind(foreground: Callable[[], Foreground]) -> None:
    one = foreground()
    assert one.said.startswith(f"embedded AWS on {one.aws.url}, log in {one.temporary}")
    assert processes.group(one.aws.pid)
    os.killpg(one.process.pid, signal.SIGINT)
    code, err = one.wait()
    assert code == 130
    assert "Traceback" not in err
    assert not processes.group(one.aws.pid)
    assert not processes.group(one.process.pid)
    assert list(one.temporary.iterdir()) == []
    assert list((one.checkout / ".patchbay").iterdir()) == []


def test_a_terminal_that_closes_leaves_nothing_behind(foreground: Callable[[], Foreground]) -> None:
    one = foreground()
    os.killpg(one.process.pid, signal.SIGHUP)
    one.wait()
    assert processes.until(lambda: not processes.group(one.aws.pid), 5)
    assert list(one.temporary.iterdir()) == []


def test_a_foreground_one_that_is_stopped_elsewhere_ends_its_command(
    foreground: Callable[[], Foreground],
) -> None:
    one = foreground()
    one.aws.stop()
    code, err = one.wait()
    assert code in (0, 1, 2)
    assert "Traceback" not in err
