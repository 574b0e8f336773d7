"""`patchbay lint-flow`: findings by file and block, JSON, exit codes."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from patchbay.lint.rules import RULES
from tests.commands.conftest import Cli
from tests.lint.flows import flow, invoke, say

Edit = Callable[[str, str, str], Path]


@pytest.fixture
def write(tmp_path: Path) -> Callable[[str, str], str]:
    """Writes a flow file and gives its path."""

    def to(name: str, text: str) -> str:
        path = tmp_path / name
        path.write_text(text, encoding="utf-8")
        return str(path)

    return to


Write = Callable[[str, str], str]


def findings(out: str) -> list[dict[str, Any]]:
    found = json.loads(out)
    assert isinstance(found, list)
    return found


def test_a_clean_flow_is_exit_code_0(cli: Cli, own_project: Path) -> None:
    path = str(own_project / "flows/tutorial.json")

    answer = cli("lint-flow", path)

    assert (answer.code, answer.out, answer.err) == (0, f"{path}: nothing found\n", "")


def test_errors_are_shown_by_block_with_what_to_do_and_exit_code_1(cli: Cli, write: Write) -> None:
    path = write("x.json", flow(invoke("Ask", "tutorial", error=None, ResponseValidation=None)))

    answer = cli("lint-flow", path)

    assert answer.code == 1
    assert answer.out.splitlines() == [
        f"{path}: 1 error, 1 warning",
        "  block 'Ask'",
        "    error    error-branch: has no Error branch (NoMatchingError)",
        "             lead NoMatchingError to the same function in the fallback Region, "
        "an apology or a queue",
        "    warning  response-type-missing: has no ResponseValidation with a ResponseType",
        '             write "ResponseValidation": {"ResponseType": "{{response:NAME}}"}, '
        "which is the function's own type",
    ]


def test_a_block_that_is_only_a_number_is_shown_with_its_type(cli: Cli, write: Write) -> None:
    exported = "0f3a9c1e-1111-4222-8333-0123456789ab"
    path = write("x.json", flow(invoke(exported, "tutorial", error=None)))

    answer = cli("lint-flow", path)

    assert f"  block '{exported}' (InvokeLambdaFunction)" in answer.out.splitlines()
    assert [one["block"] for one in findings(cli("lint-flow", path, "--json").out)] == [exported]


def test_warnings_alone_are_exit_code_0(cli: Cli, write: Write) -> None:
    answer = cli("lint-flow", write("x.json", flow(say("Greet"), say("Forgotten"))))

    assert answer.code == 0
    assert "warning  unreachable" in answer.out


def test_several_files_are_counted_together(cli: Cli, write: Write) -> None:
    one, two = (
        write("1.json", flow(say("Greet"))),
        write("2.json", flow(invoke("Ask", "tutorial", error=None))),
    )

    answer = cli("lint-flow", one, two)

    assert answer.code == 1
    assert answer.out.splitlines()[-1] == "2 flows: 1 error"


def test_json_is_a_list_of_findings(cli: Cli, write: Write) -> None:
    path = write("x.json", flow(say("Greet", "{{x}}")))

    answer = cli("lint-flow", path, "--json")

    (finding,) = findings(answer.out)
    assert answer.code == 1
    assert {key: finding[key] for key in ("file", "block", "rule", "severity", "wrong")} == {
        "file": path,
        "block": "Greet",
        "rule": "placeholder",
        "severity": "error",
        "wrong": "{{x}} is no placeholder",
    }


def test_json_of_a_clean_flow_is_an_empty_list(cli: Cli, write: Write) -> None:
    answer = cli("lint-flow", write("x.json", flow(say("Greet"))), "--json")

    assert (answer.code, findings(answer.out)) == (0, [])


def test_with_an_environment_arns_are_known(cli: Cli, write: Write) -> None:
    arn = "arn:aws:lambda:us-west-2:000000000000:function:patchbay-local-tutorial:live"
    path = write(
        "x.json", flow(invoke("Ask", "tutorial", LambdaFunctionARN=arn, InvocationTimeLimitSeconds="8"))
    )

    without, with_it = cli("lint-flow", path), cli("lint-flow", path, "--env", "local", "--json")

    assert without.code == 0
    assert [finding["rule"] for finding in findings(with_it.out)] == ["time-limit"]


def test_the_instance_that_lists_the_flow_is_taken(cli: Cli, write: Write, edit: Edit) -> None:
    edit(
        "environments/dev.toml",
        "[[instances]]",
        """[[instances]]
name = "other"
arn = "arn:aws:connect:eu-west-2:111122223333:instance/99999999-3333-4444-5555-666666666666"
alias = "other"
region_group = "main"

[[instances]]""",
    )
    path = write("tutorial.json", flow(invoke("Ask", "tutorial")))

    assert cli("lint-flow", path, "--env", "dev").code == 0
    refused = cli("lint-flow", path, "--env", "dev", "--instance", "other").complaint
    assert "names no function of instance other" in refused


@pytest.fixture
def accepting(edit: Edit) -> None:
    """Environment dev takes the tutorial as it will be written."""
    edit(
        "environments/dev.toml",
        "[instances.resources]",
        """[[instances.accepted_findings]]
flow = "tutorial"
rule = "error-branch"
reason = "a function that cannot fail"

[[instances.accepted_findings]]
flow = "tutorial"
rule = "endless-loop"
reason = "polls"

[instances.resources]""",
    )


@pytest.mark.usefixtures("accepting")
def test_accepted_findings_are_shown_with_their_reason_and_exit_code_0(cli: Cli, write: Write) -> None:
    path = write("tutorial.json", flow(invoke("Ask", "tutorial", error=None)))

    answer = cli("lint-flow", path, "--env", "dev")

    assert answer.code == 0
    assert answer.out.splitlines() == [
        f"{path}: 1 warning, 1 accepted",
        "  the flow",
        "    warning  accepted-finding: endless-loop is accepted (polls), but is not found any more",
        "             take the entry out of accepted_findings in the environment file",
        "  block 'Ask'",
        "    accepted error-branch: has no Error branch (NoMatchingError)",
        "             a function that cannot fail",
    ]


@pytest.mark.usefixtures("accepting")
def test_json_has_the_reason_of_an_accepted_finding(cli: Cli, write: Write) -> None:
    path = write("tutorial.json", flow(invoke("Ask", "tutorial", error=None)))

    answer = cli("lint-flow", path, "--env", "dev", "--json")

    assert answer.code == 0
    assert [(one["rule"], one["accepted"]) for one in findings(answer.out)] == [
        ("accepted-finding", None),
        ("error-branch", "a function that cannot fail"),
    ]


@pytest.mark.usefixtures("accepting")
def test_another_flow_or_no_environment_accepts_nothing(cli: Cli, write: Write) -> None:
    text = flow(invoke("Ask", "tutorial", error=None))

    assert cli("lint-flow", write("x.json", text), "--env", "dev").code == 1
    assert cli("lint-flow", write("tutorial.json", text)).code == 1


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        ((), "no flow named: write one file or more"),
        (("nowhere.json",), "cannot read the flow file nowhere.json: No such file or directory"),
        (("{latin}",), "cannot read the flow file {latin}: it is not UTF-8 text"),
        (("{bad}",), "{bad}: the flow is not JSON"),
        (("{good}", "--instance", "main"), "--instance main goes with --env"),
        (("{good}", "--env", "stage"), "environment 'stage' does not exist"),
        (("{good}", "--env", "dev", "--instance", "x"), "instance 'x' is not in environment dev"),
    ],
)
def test_what_cannot_be_read_is_exit_code_2(
    cli: Cli, write: Write, tmp_path: Path, arguments: tuple[str, ...], said: str
) -> None:
    latin = tmp_path / "latin.json"
    latin.write_bytes(b'{"Version": "\xe9"}')
    files = {
        "bad": write("bad.json", "{"),
        "good": write("good.json", flow(say("Greet"))),
        "latin": str(latin),
    }

    answer = cli("lint-flow", *(argument.format(**files) for argument in arguments))

    assert said.format(**files) in answer.complaint


def test_the_rules_are_listed_with_what_why_and_what_to_do(cli: Cli) -> None:
    answer = cli("lint-flow", "--rules")

    lines = answer.out.splitlines()
    assert answer.code == 0
    assert len(lines) == 4 * len(RULES)
    assert lines[:2] == [
        "error-branch (error)",
        "  Every Invoke block has an Error branch that leads to another block.",
    ]


def test_the_rules_are_listed_as_json_too(cli: Cli) -> None:
    listed = findings(cli("lint-flow", "--rules", "--json").out)

    assert [rule["id"] for rule in listed] == [rule.id for rule in RULES]
    assert {rule["severity"] for rule in listed} == {"error", "warning"}
