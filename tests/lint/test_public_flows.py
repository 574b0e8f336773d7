"""Real flows from public repositories; they are beside the checkout, where they are at all."""

import json
from collections import Counter
from pathlib import Path

import pytest

from patchbay.lint import run
from tests.lint.flows import Made

PUBLIC = Path(__file__).parents[3] / "shared" / "flows"
OWN = Path(__file__).parents[1] / "data" / "flows"
FLOWS = sorted([*PUBLIC.glob("*.json"), *OWN.glob("*.json")])

READ_BY_HAND: dict[str, dict[str, int]] = {
    "ai-bot": {"function-alias": 2, "endless-loop": 1},
    "bankid-verify": {"chain-limit": 1, "response-type-missing": 1, "function-arn": 1},
    "callback-agent-whisper": {"function-alias": 2, "long-silence": 1, "external-after-error": 1},
    "callback-set": {"function-alias": 7, "long-silence": 3, "chain-limit": 1, "external-after-error": 5},
    "guides-cases": {"function-arn": 1},
    "guides-recording-controls": {"function-alias": 4},
    "hours-check": {"placeholder": 1, "empty-value": 1},
    "menu_with_everything": {"function-arn": 1, "response-type-missing": 1},
    "module_with_a_cycle": {"chain-limit": 1},
    "outbound-call-main": {},
    "outbound-call-name-module": {},
    "pstn-transfer": {"function-alias": 2, "external-after-error": 1},
    "rules-engine-customer-queue": {"placeholder": 7, "response-type-missing": 6, "chain-limit": 1},
    "rules-engine-queue": {
        "placeholder": 12,
        "response-type-missing": 4,
        "external-without-invocation": 1,
        "external-after-error": 1,
    },
}
"""What is right about each flow: every finding was held against the flow."""


@pytest.mark.parametrize("path", FLOWS, ids=lambda path: path.stem)
def test_a_real_flow_is_judged_as_it_was_by_hand(path: Path) -> None:
    findings = run.lint(path.read_text(encoding="utf-8"), path.name, Made())

    assert json.dumps([finding.as_dict() for finding in findings])
    assert Counter(finding.rule.id for finding in findings) == READ_BY_HAND[path.stem]
