"""Placeholders that nothing fills."""

import json

import pytest

from patchbay.lint import run
from tests.lint.flows import Made, flow, found, invoke, say

RULE = "placeholder"


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ("{{lambda:lookup}}", "{{lambda:lookup}} is no placeholder"),
        ("{{function:lookup:other}}", "is no placeholder"),
        ("{{function:nobody}}", "{{function:nobody}} names no function: there is no folder lambdas/nobody"),
        ("{{function:lookup}", "'{{function:lookup}' holds an open placeholder"),
    ],
)
def test_what_nothing_fills_is_found(written: str, said: str) -> None:
    assert said in found(RULE, invoke("Ask", LambdaFunctionARN=written))["Ask"]


def test_what_an_environment_fills_is_fine() -> None:
    both = (invoke("Ask", "lookup:fallback", then="Say"), say("Say", "{{resource:anything}}"))

    assert found(RULE, *both) == {}


def test_the_designers_note_on_a_block_is_not_told_a_second_time() -> None:
    whole = json.loads(flow(say("Say", "{{x}}")))
    whole["Metadata"] = {"ActionMetadata": {"Say": "{{x}}"}, "name": "{{y}}"}

    findings = run.lint(json.dumps(whole), "x", Made())

    assert [(f.spot.block, f.spot.wrong) for f in findings] == [
        (None, "{{y}} is no placeholder"),
        ("Say", "{{x}} is no placeholder"),
    ]
