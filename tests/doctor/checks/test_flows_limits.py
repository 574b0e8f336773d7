"""Blocks that expect of functions what these do not do."""

from typing import Any

import pytest

from patchbay.doctor.checks.flows_limits import CHECK
from patchbay.doctor.model import Status
from tests.doctor.checks import edited
from tests.doctor.checks.alone import alone, reasons, reported


@pytest.mark.parametrize(
    ("parameters", "status", "wrong"),
    [
        (
            {"InvocationTimeLimitSeconds": "2"},
            Status.FAIL,
            "waits 2 s, but tutorial may take 3 s: it gives up on answers that still come",
        ),
        ({"InvocationTimeLimitSeconds": "8"}, Status.WARN, "waits 8 s, but tutorial may take 3 s"),
        (
            {"InvocationTimeLimitSeconds": None},
            Status.FAIL,
            "has no time limit, but tutorial may take 3 s: it gives up on answers that still come",
        ),
        (
            {"ResponseValidation": {"ResponseType": "JSON"}},
            Status.WARN,
            "expects JSON, but tutorial answers STRING_MAP",
        ),
    ],
)
def test_a_block_that_expects_something_else_is_reported_with_both_values(
    parameters: dict[str, Any], status: Status, wrong: str
) -> None:
    finding = alone(CHECK, edited.scene(**parameters))

    assert finding.status is status
    assert finding.sentence.startswith("block ")
    assert finding.sentence.endswith(wrong)
    assert "in the flow designer of instance americas open patchbay-local-tutorial, set" in finding.fix


def test_without_a_response_type_connect_takes_flat_answers_which_these_are() -> None:
    assert reported(edited.scene(ResponseValidation=None)) == {}


def test_nobody_waits_for_an_asynchronous_block() -> None:
    assert reported(edited.scene(InvocationType="ASYNCHRONOUS", InvocationTimeLimitSeconds="60")) == {}


def test_a_limit_that_waits_for_its_deploy_is_reported_with_the_stack() -> None:
    scene = edited.waiting(edited.scene(InvocationTimeLimitSeconds="2"))

    assert list(reported(scene)) == ["stacks-from-code"]
    assert reasons(CHECK, scene) == ["the next deploy changes this flow: see stacks-from-code"]
