"""The function as deployed, a phone to read, and a clock that stands still."""

from collections.abc import Callable, Iterator
from functools import cache
from types import SimpleNamespace
from typing import Any

import boto3
import pytest
from moto import mock_aws

from one_time_password import handler, sms
from tests.lambdas.conftest import create, seed
from tests.lambdas.one_time_password.texts import NOW, Phones


@pytest.fixture
def stored(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """What this function reads and writes, and nothing else: there are many tests."""
    with mock_aws():
        for name, partition_key in (("customers", "phone_number"), ("one_time_passwords", "password_id")):
            monkeypatch.setenv(f"TABLE_{name.upper()}", f"patchbay-test-{name}")
            create(name, partition_key)
        seed("customer_lookup")
        secrets_manager().create_secret(
            Name="patchbay-test-one_time_password", SecretString="the key one_time_password"
        )
        yield


@cache
def secrets_manager() -> Any:
    """A client takes longer than a test."""
    return boto3.client("secretsmanager")


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> SimpleNamespace:
    """`now` is the time; a test may move it."""
    at = SimpleNamespace(now=NOW)
    monkeypatch.setattr(handler, "time", SimpleNamespace(time=lambda: at.now))
    return at


@pytest.fixture
def phones(monkeypatch: pytest.MonkeyPatch, as_deployed: Callable[[str], None]) -> Phones:
    """In place of SNS."""
    as_deployed("one_time_password")
    found = Phones()
    monkeypatch.setattr(sms, "send", found.send)
    return found
