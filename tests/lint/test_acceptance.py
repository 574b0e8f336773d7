"""Findings that somebody has judged: shown with their reason, and checked."""

from collections.abc import Callable
from pathlib import Path

import aws_cdk as cdk
import pytest
from aws_cdk.assertions import Annotations, Match

import app as cdk_app
from patchbay import environments
from patchbay.errors import UserError
from patchbay.lint import run
from patchbay.lint.model import Finding
from patchbay.lint.section import AcceptedFinding
from tests.lint.flows import Made, flow, invoke, say

Edit = Callable[[str, str, str], Path]

REASON = "tried on an instance"


def linted(*accepted: AcceptedFinding) -> tuple[Finding, ...]:
    """Two functions without an Error branch, each an error."""
    text = flow(invoke("First", then="Second", error=None), invoke("Second", error=None))
    return run.lint(text, "flows/x.json", Made(), accepted)


def entry(rule: str = "error-branch", block: str | None = None) -> AcceptedFinding:
    return AcceptedFinding(flow="x", rule=rule, block=block, reason=REASON)


def test_an_accepted_finding_is_no_error_and_says_why() -> None:
    found = linted(entry())

    assert run.errors(found) == run.warnings(found) == ()
    assert [finding.sentence for finding in run.accepted(found)] == [
        f"flows/x.json: block {block!r}: has no Error branch (NoMatchingError): accepted: {REASON} "
        "[error-branch]"
        for block in ("First", "Second")
    ]
    assert found[0].as_dict()["accepted"] == REASON


def test_an_entry_with_a_block_leaves_the_other_blocks_alone() -> None:
    found = linted(entry(block="Second"))

    assert [finding.spot.block for finding in run.errors(found)] == ["First"]
    assert [finding.spot.block for finding in run.accepted(found)] == ["Second"]
    assert run.warnings(found) == ()


@pytest.mark.parametrize(
    "gone", [entry("endless-loop"), entry("endless-loop", "First"), entry(block="Another")]
)
def test_an_entry_whose_finding_is_gone_is_a_warning(gone: AcceptedFinding) -> None:
    found = linted(entry(), gone)

    (warning,) = run.warnings(found)
    assert (warning.rule.id, warning.spot.block) == ("accepted-finding", gone.block)
    assert f"{gone.rule} is accepted ({REASON}), but is not found any more" in warning.sentence


def accepted(edit: Edit, **changed: str) -> Path:
    """Environment dev with an entry."""
    given = {"flow": "tutorial", "rule": "time-limit", "reason": REASON, **changed}
    lines = [f'{key} = "{value}"' for key, value in given.items()]
    table = "\n".join(["[[instances.accepted_findings]]", *lines, "", "[instances.resources]"])
    return edit("environments/dev.toml", "[instances.resources]", table)


def test_an_environment_that_accepts_an_error_is_filled_and_the_cdk_shows_it(edit: Edit) -> None:
    edit("flows/tutorial.json", '"{{time_limit:tutorial}}"', '"7"')
    environment = environments.load("dev", accepted(edit))
    instance = environment.instances[0]
    stack = cdk.Stack()

    rendered = environments.rendered_flows(environment, instance)
    cdk_app.show(environments.flow_remarks(rendered, environment, instance), stack)

    shown = Annotations.from_stack(stack)
    shown.has_info("*", Match.string_like_regexp(rf"accepted: {REASON} \[time-limit\]"))
    shown.has_no_warning("*", Match.any_value())


def test_an_entry_of_another_flow_accepts_nothing_here(edit: Edit) -> None:
    edit("flows/tutorial.json", '"{{time_limit:tutorial}}"', '"7"')
    environment = environments.load("dev", accepted(edit, flow="check_balance"))

    with pytest.raises(UserError, match=r"\[time-limit\]$"):
        environments.rendered_flows(environment, environment.instances[0])


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"flow": "tutorail"}, "names the flow 'tutorail': the instance lists tutorial, "),
        ({"rule": "time-limits"}, "names the rule 'time-limits': did you mean time-limit? `patchbay lint"),
        ({"rule": "accepted-finding"}, "names the rule 'accepted-finding': "),
        ({"reason": " "}, "reason: it is empty: say in a few words why"),
        ({"because": "x"}, "because is not a known key: allowed are block, flow, reason, rule"),
    ],
)
def test_an_entry_that_cannot_be_meant_is_refused(edit: Edit, changed: dict[str, str], said: str) -> None:
    root = accepted(edit, **changed)

    with pytest.raises(UserError, match=r"^environments/dev\.toml: ") as caught:
        environments.load("dev", root)

    assert said in str(caught.value)


def test_a_flow_without_faults_has_none_accepted() -> None:
    assert run.accepted(run.lint(flow(say("Greet")), "x", Made())) == ()
