"""`patchbay remove` of a function whose own flow is still listed: it leaves in the same step."""

import io
import sys
from pathlib import Path
from typing import Any

import pytest

from patchbay import environments
from tests.commands.conftest import Cli
from tests.commands.removing import (
    ALIAS,
    NAME,
    SETTINGS,
    add_flow,
    an_instance_in_each_account_and_region,
    connect,
    nobody,
    removed,
    url,
)
from tests.local.embedded import INSTANCE

__all__ = ["an_instance_in_each_account_and_region", "connect", "nobody", "url"]


def test_its_own_flow_keeps_it_once_it_names_another_function(cli: Cli, own_project: Path) -> None:
    assert cli("new", NAME).code == 0
    path = own_project / f"flows/{NAME}.json"
    path.write_text(path.read_text().replace(f"{{{{time_limit:{NAME}}}}}", "{{time_limit:tutorial}}"))
    assert f"flows/{NAME}.json names the function '{NAME}'" in cli("remove", NAME, "--yes").complaint


def test_its_own_flow_leaves_the_environments_in_the_first_run(cli: Cli, own_project: Path) -> None:
    before = (own_project / "environments/local.toml").read_text()
    assert cli("new", NAME).code == 0
    answer = cli("remove", NAME, "--yes")
    assert answer.code == 0
    assert answer.out.splitlines() == [
        f"changes  lambdas/{NAME}/function.toml: removed = true",
        f"changes  environments/local.toml: without flow {NAME}",
        "",
        "next",
        "  make local",
        f"  patchbay remove {NAME}",
    ]
    assert removed(own_project)
    environment = environments.load("local", own_project)
    assert NAME not in environments.rendered_flows(environment, environment.instances[0])
    assert cli("remove", NAME, "--yes").code == 0
    assert not (own_project / f"flows/{NAME}.json").exists()
    after = environments.load("local", own_project)
    assert (own_project / "environments/local.toml").read_text().split() == before.split()
    assert NAME not in (*after.functions, *after.instances[0].flows)


def test_a_flow_that_was_left_when_the_function_was_marked_by_hand_leaves_in_a_run_of_its_own(
    cli: Cli, own_project: Path
) -> None:
    assert cli("new", NAME).code == 0
    path = own_project / SETTINGS
    path.write_text(f"removed = true\n{path.read_text()}")
    answer = cli("remove", NAME, "--yes")
    assert answer.code == 0
    assert answer.out.startswith(f"changes  environments/local.toml: without flow {NAME}\n")
    assert path.exists()


def test_what_is_accepted_of_its_own_flow_goes_along(cli: Cli, own_project: Path) -> None:
    assert cli("new", NAME).code == 0
    entries = "".join(
        f'[[instances.accepted_findings]]\nflow = "{flow}"\nrule = "long-silence"\nreason = "x"\n\n'
        for flow in (NAME, "tutorial")
    )
    path = own_project / "environments/local.toml"
    path.write_text(path.read_text().replace("[instances.resources]", f"{entries}[instances.resources]", 1))
    assert cli("remove", NAME, "--yes").code == 0
    (left,) = environments.load("local", own_project).instances[0].accepted_findings
    assert left.flow == "tutorial"


@pytest.mark.usefixtures("nobody")
def test_without_a_terminal_its_own_flow_takes_a_yes(cli: Cli, own_project: Path) -> None:
    assert cli("new", NAME).code == 0
    answer = cli("remove", NAME)
    assert answer.code == 2
    assert f"nobody is there to agree that flow '{NAME}' leaves local: add --yes" in answer.err
    assert not removed(own_project)


def test_a_no_leaves_the_flow_and_the_function(
    cli: Cli, own_project: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    keyboard = io.StringIO("n\n")
    monkeypatch.setattr(keyboard, "isatty", lambda: True)
    monkeypatch.setattr(sys, "stdin", keyboard)
    assert cli("new", NAME).code == 0
    answer = cli("remove", NAME)
    assert (answer.code, removed(own_project)) == (1, False)
    assert "nothing was changed" in answer.err
    assert NAME in environments.load("local", own_project).instances[0].flows


def test_its_own_flow_as_deployed_keeps_it_only_after_the_first_run(
    cli: Cli, own_project: Path, connect: Any
) -> None:
    assert cli("new", NAME).code == 0
    own, other = add_flow(connect, f"patchbay-local-{NAME}", ALIAS), add_flow(connect, "another", ALIAS)
    refused = cli("remove", NAME, "--yes")
    assert "flow 'another' on instance americas of environment local still invokes" in refused.err
    assert not removed(own_project)
    connect.delete_contact_flow(InstanceId=INSTANCE.instance_id, ContactFlowId=other)
    assert cli("remove", NAME, "--yes").code == 0
    refused = cli("remove", NAME, "--yes")
    assert f"flow 'patchbay-local-{NAME}' on instance americas of environment local still" in refused.err
    connect.delete_contact_flow(InstanceId=INSTANCE.instance_id, ContactFlowId=own)
    assert cli("remove", NAME, "--yes").code == 0
    assert not (own_project / SETTINGS).exists()
