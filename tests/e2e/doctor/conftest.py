"""One healthy deployment for all tests of this folder: who breaks something of it puts it back."""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from patchbay.doctor import mending
from patchbay.doctor.model import Finding, Scene, Status, Tools
from patchbay.doctor.run import Result, examine
from patchbay.live import reading
from patchbay.live.model import Read
from tests import few_samples
from tests.e2e.deployed import Deployed, deployed_from
from tests.e2e.doctor import typed
from tests.e2e.project import copy_project, replace
from tests.e2e.synth import synth

_TEMPLATE = ".template.json"
_TOOLS = Tools(cdk="2.1000.0", cdk_wanted="2.1000.0", node="22.1.0", node_least="20")
"""Those of this machine are not what is looked at here."""


@dataclass(frozen=True)
class Doctor:
    """The deployment, and what the checks find on it."""

    deployed: Deployed
    templates: Mapping[str, Mapping[str, Any]]
    """What the code synthesizes, by stack name."""

    def examine(self) -> tuple[Result, ...]:
        """Reads everything anew."""
        deployed = self.deployed
        seen = reading.read(deployed.environment, deployed.aws)
        return examine(Scene(deployed.environment, seen, _TOOLS, Read(self.templates)))

    def finds(self) -> dict[str, list[Finding]]:
        """Every WARN and FAIL, by the check's id; {} where everything is as it should be."""
        bad = {
            result.check.id: [f for f in result.findings if f.status in (Status.WARN, Status.FAIL)]
            for result in self.examine()
        }
        return {check: findings for check, findings in bad.items() if findings}

    def finds_only(self, check: str) -> Finding:
        """The one thing that is wrong: asserts that this check, and no other, reports it."""
        found = self.finds()
        assert list(found) == [check], found
        (finding,) = found[check]
        return finding

    def mends(self, finding: Finding) -> None:
        """Carries out what `--fix` would."""
        assert finding.mend is not None, finding
        assert mending.carry_out(finding.mend, self.deployed.environment, self.deployed.aws) == ""

    def types(self, command: str) -> Any:
        """A command that a finding proposes."""
        if command.startswith("aws "):
            return typed.aws(self.deployed, command)
        answer = typed.patchbay(self.deployed, command)
        assert answer.code == 0, answer
        return answer


@pytest.fixture(scope="session")
def doctor(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Doctor]:
    """Environment local with a few of its samples, just deployed; a watch outlasts the tests."""
    root = few_samples.keep(copy_project(tmp_path_factory.mktemp("doctor") / "project"))
    replace(root, "environments/local.toml", "watch_hours = 0.005", "watch_hours = 1")
    with deployed_from(root, "local") as deployed:
        yield Doctor(deployed, _synthesized(deployed, tmp_path_factory.mktemp("synthesized")))


def _synthesized(deployed: Deployed, folder: Path) -> dict[str, Any]:
    synth(deployed.environment, deployed.local, folder)
    files = sorted(folder.glob(f"*{_TEMPLATE}"))
    return {file.name.removesuffix(_TEMPLATE): json.loads(file.read_text()) for file in files}
