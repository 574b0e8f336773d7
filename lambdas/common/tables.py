"""The DynamoDB tables that function.toml gives a function."""

import os
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from functools import cache
from typing import TYPE_CHECKING, Any

import boto3
from botocore.config import Config
from botocore.exceptions import BotoCoreError, ClientError

from common import log

if TYPE_CHECKING:
    from mypy_boto3_dynamodb.service_resource import DynamoDBServiceResource, Table

# A flow waits 8 s at most, and botocore's own defaults (60 s, old retry mode) would outlast the caller.
_CONFIG = Config(connect_timeout=0.5, read_timeout=1, retries={"total_max_attempts": 2, "mode": "standard"})


class TableUnavailable(Exception):
    """DynamoDB refused a call or did not answer. Names the error's code, never its text."""


@cache
def table(name: str) -> "Table":
    """The table `name` of lambdas/tables.toml. Raises LookupError where the function has no access to it."""
    variable = f"TABLE_{name.upper()}"
    physical = os.environ.get(variable)
    if not physical:
        log.note_cause(f"{variable} is not set")
        raise LookupError(f"{variable} is not set: give the function the table {name!r} in its function.toml")
    return _dynamodb().Table(physical)


def item(name: str, key: dict[str, str]) -> Mapping[str, Any]:
    """What the table holds under `key`, as last written; empty for nothing. Raises TableUnavailable."""
    with reachable():
        return table(name).get_item(Key=key, ConsistentRead=True).get("Item", {})


@contextmanager
def reachable() -> Iterator[None]:
    """Turns botocore's errors into TableUnavailable, and puts the cause into the invocation's log line."""
    try:
        yield
    except (ClientError, BotoCoreError) as error:
        cause = error.response["Error"]["Code"] if isinstance(error, ClientError) else type(error).__name__
        log.note_cause(cause)
        raise TableUnavailable(cause) from error


@cache
def _dynamodb() -> "DynamoDBServiceResource":
    return boto3.resource("dynamodb", config=_CONFIG)
