"""The command line on a copy of the project, so that a developer's own embedded AWS is left alone."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

from patchbay import environments, main
from patchbay.local import state
from patchbay.local.process import LocalAws
from tests.local import embedded

local_aws = embedded.local_aws

_PROGRESS = re.compile(r".* \.\.\.|.*: \d+\.\d s")


@dataclass(frozen=True)
class Answer:
    """What one command did."""

    code: int
    out: str
    err: str

    @property
    def complaint(self) -> str:
        """The one sentence of bad input, without `patchbay: `."""
        assert self.code == 2, self
        assert self.out == ""
        *progress, sentence = self.err.splitlines()
        assert sentence.startswith("patchbay: ")
        assert all(_PROGRESS.fullmatch(line) for line in progress), "more than one sentence"
        return sentence.removeprefix("patchbay: ")


Cli = Callable[..., Answer]


@pytest.fixture
def own_project(project: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A copy that the commands take for the project."""
    monkeypatch.setattr(environments, "ROOT", project)
    monkeypatch.setattr(environments.load, "__defaults__", (project,))
    monkeypatch.setattr(environments.available, "__defaults__", (project,))
    return project


@pytest.fixture
def cli(own_project: Path, capsys: pytest.CaptureFixture[str]) -> Cli:
    """Runs one command in this process."""

    def run(*arguments: str) -> Answer:
        capsys.readouterr()
        code = main.run(arguments)
        out, err = capsys.readouterr()
        return Answer(code, out, err)

    return run


@pytest.fixture
def deployed(own_project: Path, local_aws: LocalAws) -> LocalAws:
    """The module's embedded AWS, as the one that runs for the copy."""
    state.record(own_project, local_aws)
    return local_aws
