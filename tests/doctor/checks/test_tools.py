"""Programs of this machine that cannot deploy."""

from dataclasses import replace

import pytest

from patchbay.doctor.checks.tools import CHECK
from patchbay.doctor.model import Scene, Status, Tools
from tests.doctor import scenes
from tests.doctor.checks.alone import alone, reasons

_RIGHT = Tools(cdk="2.1000.0", cdk_wanted="2.1000.0", node="22.1.0", node_least="20")


def _with(**changes: str) -> Scene:
    return replace(scenes.healthy(), tools=replace(_RIGHT, **changes))


@pytest.mark.parametrize(
    ("changes", "status", "sentence"),
    [
        ({"cdk": "2.999.0"}, Status.WARN, "the CDK CLI is 2.999.0, but package-lock.json pins 2.1000.0"),
        ({"cdk": ""}, Status.FAIL, "the CDK CLI does not start"),
        (
            {"node": "18.20.1"},
            Status.FAIL,
            "Node.js is 18.20.1, but the pinned CDK CLI wants 20 or newer",
        ),
    ],
)
def test_a_program_that_is_not_the_pinned_one_is_named_with_both_versions(
    changes: dict[str, str], status: Status, sentence: str
) -> None:
    finding = alone(CHECK, _with(**changes))

    assert (finding.status, finding.sentence, finding.fix) == (status, sentence, "make setup")


def test_without_node_only_node_is_reported() -> None:
    scene = _with(node="", cdk="")

    assert alone(CHECK, scene).sentence == "Node.js does not start, and the CDK CLI runs on it"
    assert reasons(CHECK, scene) == ["the CDK CLI cannot start without Node.js"]


def test_a_newer_node_than_the_least_is_fine() -> None:
    assert not scenes.bad(CHECK, _with(node="100.0.0"))
