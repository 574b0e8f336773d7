"""Handlers on their own: moto's DynamoDB with the sample data, and the log lines they write."""

import functools
import io
import json
import logging
import re
from collections.abc import Callable, Iterator
from typing import Any

import boto3
import pytest
from moto import mock_aws

from common import log, tables
from patchbay import function_folders
from tests.lambdas.invocations import FOLDERS, LAMBDAS, settings_of

INSTANCE_ID = "11111111-2222-3333-4444-555555555555"
"""Of the events of `invocations.contact_event`."""
PLACEHOLDERS = {
    r"\{\{instance_ids\}\}": INSTANCE_ID,
    r"\{\{(?:bucket|secret):(\w+)\}\}": r"patchbay-test-\1",
    r"\{\{function:(\w+)\}\}": r"arn:aws:lambda:us-west-2:000000000000:function:patchbay-test-\1:live",
}
"""What the stack puts in their place in a function's environment variables."""

# Making a client takes longer than most tests.
_client = functools.cache(boto3.client)

LogLines = Callable[[], list[dict[str, Any]]]


@pytest.fixture(autouse=True)
def lambda_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    """Fake credentials, a Region, and no table name that outlives its test.

    The client does outlive it: making one takes longer than most tests.
    """
    for name in ("ACCESS_KEY_ID", "SECRET_ACCESS_KEY", "SESSION_TOKEN"):
        monkeypatch.setenv(f"AWS_{name}", "testing")
    monkeypatch.setenv("AWS_DEFAULT_REGION", "us-west-2")
    monkeypatch.delenv("AWS_ENDPOINT_URL", raising=False)
    monkeypatch.delenv("PATCHBAY_RESPONSE_TYPE", raising=False)
    tables.table.cache_clear()


@pytest.fixture
def fresh_client() -> Iterator[None]:
    """A client made by this test, for this test."""
    tables._dynamodb.cache_clear()
    yield
    tables._dynamodb.cache_clear()


@pytest.fixture
def seeded_tables(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Every table of tables.toml, filled with the samples' data."""
    with mock_aws():
        make_everything(monkeypatch)
        yield


@pytest.fixture(scope="module")
def tables_of_the_module() -> Iterator[None]:
    """The same, made once for tests that change nothing; `unchanged_tables` says where they are."""
    with pytest.MonkeyPatch.context() as patch, mock_aws():
        for name in ("ACCESS_KEY_ID", "SECRET_ACCESS_KEY"):
            patch.setenv(f"AWS_{name}", "testing")
        patch.setenv("AWS_DEFAULT_REGION", "us-west-2")
        make_everything(patch)
        yield


@pytest.fixture
def unchanged_tables(tables_of_the_module: None, monkeypatch: pytest.MonkeyPatch) -> None:
    """The environment of a test is its own, so the names are set for each."""
    name_tables(monkeypatch)


def name_tables(patch: pytest.MonkeyPatch) -> None:
    """As the stack does."""
    for name in function_folders.tables(LAMBDAS):
        patch.setenv(f"TABLE_{name.upper()}", f"patchbay-test-{name}")


def make_everything(patch: pytest.MonkeyPatch) -> None:
    """Tables, keys and buckets, with the samples' data."""
    name_tables(patch)
    for name, settings in function_folders.tables(LAMBDAS).items():
        create(name, settings.partition_key)
    for function in FOLDERS:
        seed(function)
        make_keys_and_buckets(function)


@pytest.fixture
def as_deployed(monkeypatch: pytest.MonkeyPatch) -> Callable[[str], None]:
    """Sets the environment variables of a sample as the stack does, from its function.toml."""

    def set_variables(function: str) -> None:
        settings = settings_of(function)
        monkeypatch.setenv("PATCHBAY_RESPONSE_TYPE", settings.response)
        for name, value in settings.environment.items():
            for placeholder, filled in PLACEHOLDERS.items():
                value = re.sub(placeholder, filled, value)
            monkeypatch.setenv(name, value)

    return set_variables


@pytest.fixture
def log_lines() -> Iterator[LogLines]:
    """What the handlers' logger wrote since the test began, parsed line by line."""
    handler = log.logger.registered_handler
    assert isinstance(handler, logging.StreamHandler)
    written = io.StringIO()
    before = handler.setStream(written)
    yield lambda: [json.loads(line) for line in written.getvalue().splitlines()]
    handler.setStream(before)


def create(name: str, partition_key: str) -> None:
    """A table as the stack makes it."""
    table = tables.table(name)
    table.meta.client.create_table(
        TableName=table.name,
        KeySchema=[{"AttributeName": partition_key, "KeyType": "HASH"}],
        AttributeDefinitions=[{"AttributeName": partition_key, "AttributeType": "S"}],
        BillingMode="PAY_PER_REQUEST",
    )


def make_keys_and_buckets(function: str) -> None:
    """What the stack makes beside the tables."""
    for secret in settings_of(function).secrets:
        _client("secretsmanager").create_secret(
            Name=f"patchbay-test-{secret}", SecretString=f"the key {secret}"
        )
    for bucket in settings_of(function).buckets:
        _client("s3").create_bucket(
            Bucket=f"patchbay-test-{bucket}",
            CreateBucketConfiguration={"LocationConstraint": "us-west-2"},
        )


def seed(function: str) -> None:
    """The items of the function's sample_data.json."""
    path = LAMBDAS / function / "sample_data.json"
    if path.exists():
        for table, items in json.loads(path.read_text(encoding="utf-8")).items():
            for item in items:
                tables.table(table).put_item(Item=item)
