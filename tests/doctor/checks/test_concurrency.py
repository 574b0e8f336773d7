"""Functions that may not run often enough at once, and what came of it."""

import pytest

from patchbay.doctor.checks import throttles
from patchbay.doctor.checks.concurrency import CHECK
from patchbay.doctor.model import Status
from patchbay.live.model import Read, Unread
from tests.doctor import scenes
from tests.doctor.checks.alone import alone, reasons

_PLACE = scenes.TUTORIAL
_LIFT = "aws lambda delete-function-concurrency --region us-west-2 --function-name patchbay-local-tutorial"


def test_a_peak_near_the_accounts_limit_is_a_warning_with_both_numbers() -> None:
    finding = alone(CHECK, scenes.with_region(scenes.healthy(), "us-east-1", concurrency_peak=Read(801.0)))

    assert finding.status is Status.WARN
    assert finding.place.label == "us-east-1"
    assert finding.sentence.startswith(
        "801 of the account's 1000 concurrent executions at most in the last day"
    )
    assert "--quota-code L-B99A9384 --desired-value 2000" in finding.fix


@pytest.mark.parametrize("peak", [800.0, None])
def test_less_is_fine(peak: float | None) -> None:
    assert not scenes.bad(
        CHECK, scenes.with_region(scenes.healthy(), "us-east-1", concurrency_peak=Read(peak))
    )


def test_reserved_concurrency_of_nothing_is_a_failure() -> None:
    finding = alone(
        CHECK, scenes.with_function(scenes.healthy(), _PLACE, reserved=Read(0), throttles=Read(4.0))
    )

    assert finding.status is Status.FAIL
    assert finding.sentence == "reserved concurrency is 0: every invocation is throttled"
    assert finding.fix == _LIFT


def test_little_reserved_concurrency_is_a_warning() -> None:
    finding = alone(CHECK, scenes.with_function(scenes.healthy(), _PLACE, reserved=Read(2)))

    assert finding.status is Status.WARN
    assert finding.sentence == "reserved concurrency is 2: with 3 callers at once one is throttled"


def test_enough_reserved_concurrency_is_fine() -> None:
    assert not scenes.bad(CHECK, scenes.with_function(scenes.healthy(), _PLACE, reserved=Read(5)))


def test_metrics_that_cannot_be_read_are_skipped() -> None:
    denied = Unread("no right", "cloudwatch:GetMetricData")

    assert reasons(CHECK, scenes.with_region(scenes.healthy(), "us-east-1", concurrency_peak=denied)) == [
        "no right"
    ]


def test_throttles_are_counted_and_lead_to_their_calls() -> None:
    finding = alone(throttles.CHECK, scenes.with_function(scenes.healthy(), _PLACE, throttles=Read(7.0)))

    assert finding.status is Status.WARN
    assert finding.sentence == (
        "7 invocations were throttled in the last day: Connect's further attempts took the caller's time"
    )
    assert finding.fix == "patchbay explain --recent --since 24h --env local"


def test_a_single_throttle_counts() -> None:
    scene = scenes.with_function(scenes.healthy(), _PLACE, throttles=Read(1.0))

    assert alone(throttles.CHECK, scene).sentence.startswith("1 invocation was throttled")
