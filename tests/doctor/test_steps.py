"""A fix, one line for each of its steps."""

import pytest

from patchbay.doctor.steps import steps


@pytest.mark.parametrize(
    ("fix", "words", "commands"),
    [
        ("patchbay local deploy", [], ["patchbay local deploy"]),
        (
            "aws lambda create-alias --name live; then, for its permissions: patchbay doctor --fix",
            ["then, for its permissions:"],
            ["aws lambda create-alias --name live", "patchbay doctor --fix"],
        ),
        (
            "aws x --routing-config A={}, or, to release 2 by evidence: patchbay release start t",
            ["or, to release 2 by evidence:"],
            ["aws x --routing-config A={}", "patchbay release start t"],
        ),
        (
            "once no flow there names it: aws lambda remove-permission --sid a",
            ["once no flow there names it:"],
            ["aws lambda remove-permission --sid a"],
        ),
        (
            "aws cloudformation describe-stack-events; mend what failed first, then: npx cdk deploy a b",
            ["mend what failed first", "then:"],
            ["aws cloudformation describe-stack-events", "npx cdk deploy a b"],
        ),
        ("aws a --limit 1, or aws b", ["or"], ["aws a --limit 1", "aws b"]),
        (
            "patchbay release status t says how that came about; a deploy makes another",
            ["says how that came about; a deploy makes another"],
            ["patchbay release status t"],
        ),
        (
            "with the right cloudformation:ListStackResources: patchbay doctor --fix",
            ["with the right cloudformation:ListStackResources:"],
            ["patchbay doctor --fix"],
        ),
        (
            "in the flow designer open x, set y to arn:aws:lambda:z, or: nothing",
            ["in the flow designer open x, set y to arn:aws:lambda:z, or: nothing"],
            [],
        ),
    ],
)
def test_commands_are_told_from_the_words_around_them(
    fix: str, words: list[str], commands: list[str]
) -> None:
    made = steps(fix)
    assert [step.text for step in made if not step.is_command] == words
    assert [step.text for step in made if step.is_command] == commands


def test_a_finding_without_a_fix_has_no_step() -> None:
    assert steps("") == ()
