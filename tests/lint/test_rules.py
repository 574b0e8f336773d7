"""The rules as a whole."""

import json
import re

from patchbay.environments import ROOT
from patchbay.lint import run
from patchbay.lint.rules import RULES
from tests.lint.flows import Made, flow, invoke, rules, say


def test_every_rule_says_what_why_and_what_to_do() -> None:
    for rule in RULES:
        assert re.fullmatch(r"[a-z]+(-[a-z]+)*", rule.id)
        assert rule.what.endswith(".")
        assert rule.why.endswith(".")
        assert rule.fix[0].islower() or rule.fix[0] in "{["
        assert not rule.fix.endswith(".")


def test_no_two_rules_have_the_same_id() -> None:
    assert len({rule.id for rule in RULES}) == len(RULES)


def test_every_rule_is_in_the_documentation_with_its_severity() -> None:
    text = (ROOT / "docs" / "flow-lint.md").read_text(encoding="utf-8")

    for rule in RULES:
        assert f"| `{rule.id}` | {rule.severity} |" in text
    assert text.count("\n| `") == len(RULES)


def test_a_flow_without_faults_breaks_no_rule() -> None:
    assert (
        rules(invoke("Ask", then="Greet", error="Sorry"), say("Greet", "$.External.name"), say("Sorry"))
        == set()
    )


def test_findings_come_in_the_order_of_the_blocks_errors_first() -> None:
    first = invoke("First", then="Second", ResponseValidation=None, InvocationTimeLimitSeconds="4")
    second = invoke("Second", "vague", error=None)

    found = run.lint(flow(first, second), "x", Made())

    assert [(finding.spot.block, finding.rule.id) for finding in found] == [
        ("First", "time-limit"),
        ("First", "response-type-missing"),
        ("Second", "error-branch"),
    ]


def test_a_finding_is_one_sentence_with_file_block_fault_and_remedy() -> None:
    (finding,) = run.lint(flow(invoke("Ask", error=None)), "flows/x.json", Made())

    assert finding.sentence == (
        "flows/x.json: block 'Ask': has no Error branch (NoMatchingError): lead NoMatchingError to the same "
        "function in the fallback Region, an apology or a queue [error-branch]"
    )


def test_a_flow_that_does_not_say_what_it_is_is_read() -> None:
    whole = json.loads(flow(say("Greet")))
    del whole["Metadata"]

    assert run.lint(json.dumps(whole), "x", Made()) == ()
