"""Callers in a thread: what their line may do to them, and how whoever waits for them hears of it."""

import io
import json
from collections.abc import Iterator
from typing import Any, cast

import pytest
from botocore.exceptions import ClientError, ConnectionClosedError

from patchbay import environments
from patchbay.aws import Aws
from patchbay.calls import Line
from patchbay.local.traffic import Traffic

CLOSED = ConnectionClosedError(endpoint_url="http://127.0.0.1:1")
GONE = ClientError({"Error": {"Code": "ServiceUnavailable", "Message": "gone"}}, "GetAlias")
ANYBODY = {
    "Statement": [
        {
            "Sid": "connect",
            "Effect": "Allow",
            "Principal": "*",
            "Action": "lambda:InvokeFunction",
            "Resource": "*",
        }
    ]
}


class FakeAws:
    """Lambda with version 1 of everything, and CloudWatch. `troubles` meet the first callers, one each."""

    embedded = True

    def __init__(self, *troubles: Exception) -> None:
        self._troubles: Iterator[Exception] = iter(troubles)

    def client(self, service: str, region: str, account: str = "", **config: object) -> "FakeAws":
        return self

    def get_alias(self, **parameters: str) -> dict[str, Any]:
        trouble = next(self._troubles, None)
        if trouble:
            raise trouble
        return {"FunctionVersion": "1"}

    def get_policy(self, **parameters: str) -> dict[str, str]:
        return {"Policy": json.dumps(ANYBODY)}

    def invoke(self, **parameters: object) -> dict[str, Any]:
        return {"StatusCode": 200, "Payload": io.BytesIO(b"{}")}

    def put_metric_data(self, **parameters: object) -> None:
        pass


def callers(*troubles: Exception) -> Traffic:
    environment = environments.load("local")
    line = Line(environment, environment.instances[0], cast(Aws, FakeAws(*troubles)))
    return Traffic(line, "tutorial", pause_seconds=0.001)


def test_a_caller_whose_connection_is_closed_is_followed_by_the_next_one() -> None:
    with callers(CLOSED, CLOSED) as traffic:
        traffic.wait(3, seconds=10)
        traffic.check()
    assert {contact.version for contact in traffic.contacts} == {"1"}
    assert traffic.failed() == 0


def test_whoever_looks_after_the_callers_is_told_what_ended_them() -> None:
    with callers(CLOSED, GONE) as traffic:
        traffic._thread.join(10)
        with pytest.raises(ClientError, match="ServiceUnavailable") as raised:
            traffic.check()
    assert raised.value is GONE
    assert traffic.contacts == []


def test_whoever_waits_for_callers_is_told_at_once_and_not_when_the_time_is_up() -> None:
    with callers(GONE) as traffic, pytest.raises(ClientError, match="ServiceUnavailable"):
        traffic.wait(1, seconds=60)
