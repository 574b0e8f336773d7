"""How often functions may run, how long, and how often they were not let."""

import contextlib
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta, tzinfo
from typing import Any

import pytest

from patchbay.doctor.model import Status
from patchbay.live import regions
from tests.e2e.by_hand import kept, lambda_of, move
from tests.e2e.doctor import typed
from tests.e2e.doctor.conftest import Doctor

_PLACE = ("us-west-2", "tutorial")


@contextlib.contextmanager
def _days_ago(days: int) -> Iterator[datetime]:
    """Doctor looks at a day in the past: what is counted there cannot be taken back, and other tests look at
    today. Gives a time on that day."""
    then = datetime.now(UTC) - timedelta(days=days)

    class Clock(datetime):
        @classmethod
        def now(cls, tz: tzinfo | None = None) -> "Clock":
            return cls.fromtimestamp(then.timestamp(), tz)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(regions, "datetime", Clock)
        yield then - timedelta(hours=6)


def _count(doctor: Doctor, when: datetime, metric: str, value: float, **dimensions: str) -> None:
    named: Any = [{"Name": name, "Value": text} for name, text in dimensions.items()]
    data = {"MetricName": metric, "Dimensions": named, "Timestamp": when, "Value": value, "Unit": "Count"}
    client: Any = doctor.deployed.aws.client("cloudwatch", "us-west-2")
    client.put_metric_data(Namespace="AWS/Lambda", MetricData=[data])


def test_a_function_that_was_switched_off(doctor: Doctor) -> None:
    client, name = lambda_of(doctor.deployed, _PLACE)
    client.put_function_concurrency(FunctionName=name, ReservedConcurrentExecutions=0)

    finding = doctor.finds_only("concurrency")
    assert finding.status is Status.FAIL
    typed.aws(doctor.deployed, finding.fix)

    assert doctor.finds() == {}


def test_a_region_near_the_accounts_limit(doctor: Doctor) -> None:
    with _days_ago(3) as when:
        _count(doctor, when, "ConcurrentExecutions", 990)
        finding = doctor.finds_only("concurrency")

    assert finding.place.region == "us-west-2"
    assert finding.sentence.startswith("990 of the account's ")
    assert finding.fix.startswith("aws service-quotas request-service-quota-increase --region us-west-2")
    assert doctor.finds() == {}, "a day without that peak"


def test_a_function_that_was_throttled(doctor: Doctor) -> None:
    with _days_ago(6) as when:
        _count(doctor, when, "Throttles", 12, FunctionName="patchbay-local-customer_lookup")
        finding = doctor.finds_only("throttles")

    assert finding.place.label == "customer_lookup in us-west-2"
    assert finding.sentence.startswith("12 invocations were throttled in the last day")
    assert doctor.finds() == {}, "a day without throttles"


def test_a_version_that_runs_longer_than_its_block_waits(doctor: Doctor) -> None:
    client, name = lambda_of(doctor.deployed, _PLACE)
    with kept(doctor.deployed, _PLACE):
        client.update_function_configuration(FunctionName=name, Timeout=9)
        version = client.publish_version(FunctionName=name)["Version"]
        client.update_function_configuration(FunctionName=name, Timeout=3)
        move(doctor.deployed, _PLACE, version)

        finding = doctor.finds_only("lambda-timeout")
        assert finding.status is Status.FAIL
        assert f"version {version} may run 9 s, but blocks wait 3 s" in finding.sentence
        typed.aws(doctor.deployed, finding.fix)

        assert doctor.finds() == {}
