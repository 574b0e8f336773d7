"""The flows of `flows/`, as files and as each environment fills them."""

from pathlib import Path

import pytest

from patchbay import environments
from patchbay.environments import ROOT
from patchbay.lint import run
from patchbay.lint.known_functions import Folders

FLOWS = sorted((ROOT / "flows").glob("*.json"))


@pytest.mark.parametrize("path", FLOWS, ids=lambda path: path.stem)
def test_a_flow_breaks_no_rule(path: Path) -> None:
    findings = run.lint(path.read_text(encoding="utf-8"), path.name, Folders(ROOT / "lambdas"))

    assert [finding.sentence for finding in findings] == []


@pytest.mark.parametrize("name", environments.available())
def test_an_environment_fills_its_flows_so_that_they_break_no_rule(name: str) -> None:
    environment = environments.load(name)

    for instance in environment.instances:
        rendered = environments.rendered_flows(environment, instance)
        assert set(rendered) == set(instance.flows)
        warnings = environments.flow_remarks(rendered, environment, instance)
        assert [finding.sentence for finding in warnings] == []
