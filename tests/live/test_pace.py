"""Requests wait for their turn."""

import threading
from itertools import pairwise
from typing import Any

import boto3
import pytest
from botocore.awsrequest import AWSResponse, HTTPHeaders

from patchbay.limits import Rate
from patchbay.live.pace import Bucket, Pacer, rate_of


class Clock:
    """Time that passes only while somebody sleeps."""

    def __init__(self) -> None:
        self.now = 1000.0
        self._lock = threading.Lock()

    def __call__(self) -> float:
        return self.now

    def sleep(self, seconds: float) -> None:
        with self._lock:
            self.now += seconds


@pytest.fixture
def clock() -> Clock:
    return Clock()


def taken(bucket: Bucket, clock: Clock, count: int) -> list[float]:
    """When each request may go, in seconds from the first on."""
    times = []
    for _ in range(count):
        bucket.take()
        times.append(clock.now)
    return [time - times[0] for time in times]


def most_in_a_second(times: list[float]) -> int:
    return max(sum(start <= time < start + 1 for time in times) for start in times)


def test_without_a_burst_requests_are_spread_over_each_second(clock: Clock) -> None:
    times = taken(Bucket(Rate(15), clock, clock.sleep), clock, 60)
    assert most_in_a_second(times) <= 15
    assert 60 / 15 <= times[-1] < 60 / 15 * 1.2
    assert max(after - before for before, after in pairwise(times)) < 0.1


def test_a_burst_goes_at_once_and_then_the_rate_holds(clock: Clock) -> None:
    times = taken(Bucket(Rate(2, 5), clock, clock.sleep), clock, 9)
    assert times[:5] == [0, 0, 0, 0, 0]
    assert all(0.5 <= after - before < 0.6 for before, after in pairwise(times[4:]))


def test_a_burst_comes_back_after_a_rest(clock: Clock) -> None:
    bucket = Bucket(Rate(2, 5), clock, clock.sleep)
    taken(bucket, clock, 5)
    clock.sleep(10)
    assert taken(bucket, clock, 5) == [0, 0, 0, 0, 0]


def test_a_request_that_is_woken_too_late_holds_up_the_next(clock: Clock) -> None:
    late = iter([0.0, 0.5, 0.0, 0.0])

    def oversleep(seconds: float) -> None:
        clock.sleep(seconds + next(late))

    times = taken(Bucket(Rate(15), clock, oversleep), clock, 4)
    assert all(after - before >= 1 / 15 for before, after in pairwise(times))


def test_every_account_and_region_has_a_rate_of_its_own(clock: Clock) -> None:
    pacer = Pacer(clock, clock.sleep)
    for place in (("eu-west-1", "1"), ("eu-west-2", "1"), ("eu-west-1", "2")):
        pacer.wait("lambda", "GetPolicy", *place)
    assert clock.now == 1000
    pacer.wait("lambda", "GetPolicy", "eu-west-1", "1")
    assert clock.now > 1000


def test_lambdas_other_operations_share_one_rate_and_connects_share_all() -> None:
    assert rate_of("lambda", "ListAliases")[0] == rate_of("lambda", "GetAccountSettings")[0]
    assert rate_of("lambda", "GetPolicy")[0] != rate_of("lambda", "GetFunction")[0]
    assert rate_of("connect", "ListContactFlows") == rate_of("connect", "DescribeContactFlow")


def test_what_has_no_published_rate_does_not_wait(clock: Clock) -> None:
    pacer = Pacer(clock, clock.sleep)
    for _ in range(50):
        pacer.wait("sts", "GetCallerIdentity", "eu-west-1", "1")
    assert clock.now == 1000


def test_a_client_waits_before_each_attempt_and_is_attached_once(clock: Clock) -> None:
    client: Any = boto3.client("lambda", region_name="eu-west-1")
    pacer = Pacer(clock, clock.sleep)
    for _ in range(2):
        pacer.attach(client, "lambda", "eu-west-1", "1")
    answers = [(429, b'{"Type": "User"}'), (200, b"{}"), (200, b"{}")]

    def answer(request: object, **_: object) -> AWSResponse:
        status, body = answers.pop(0)
        return AWSResponse("https://lambda", status, HTTPHeaders(), _Raw(body))

    client.meta.events.register("before-send", answer)
    client.get_policy(FunctionName="tutorial")
    client.get_policy(FunctionName="tutorial")
    assert answers == []
    assert clock.now - 1000 == pytest.approx(2 / (15 * 0.9))


class _Raw:
    """A body, as urllib3 gives it."""

    def __init__(self, body: bytes) -> None:
        self._body = body

    def stream(self, *_: object, **__: object) -> list[bytes]:
        return [self._body]
