"""The bucket in this Region, and the Connect API in the instance's Region."""

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import cache
from typing import TYPE_CHECKING, Any

import boto3
from botocore import exceptions
from botocore.config import Config
from botocore.exceptions import BotoCoreError, ClientError

from common import log
from contact_archive.budget import CONNECT_SECONDS, READ_SECONDS, Budget, Temporary
from contact_archive.instances import Instance
from contact_archive.logic import KEY_ATTRIBUTE, ContactUnknown, Refused

if TYPE_CHECKING:
    from mypy_boto3_connect.client import ConnectClient
    from mypy_boto3_s3.client import S3Client

# One attempt each: the budget repeats, because it knows the time that is left.
_CONFIG = Config(
    connect_timeout=CONNECT_SECONDS,
    read_timeout=READ_SECONDS,
    retries={"total_max_attempts": 1, "mode": "standard"},
)

_NO_ANSWER = (exceptions.ConnectionError, exceptions.HTTPClientError)
"""No connection, or no answer in time."""


class BucketAndConnect:
    """Archives with the retries of `budget`; `connect` gives a client for a Region."""

    def __init__(self, budget: Budget, connect: "Callable[[str], ConnectClient] | None" = None) -> None:
        self._budget = budget
        self._connect = connect or _connect

    def write(self, key: str, content: bytes) -> None:
        """Puts the object into the bucket of BUCKET_NAME."""
        request: dict[str, Any] = {
            "Bucket": os.environ["BUCKET_NAME"],
            "Key": key,
            "Body": content,
            "ContentType": "application/json",
        }
        self._run(lambda: _s3().put_object(**request))

    def name_at_contact(self, instance: Instance, contact_id: str, key: str) -> None:
        """Amazon Connect API reference, UpdateContactAttributes: sets one attribute, leaves the others."""

        def call() -> object:
            return self._connect(instance.region).update_contact_attributes(
                InitialContactId=contact_id,
                InstanceId=instance.instance_id,
                Attributes={KEY_ATTRIBUTE: key},
            )

        self._run(call)

    def _run(self, call: Callable[[], object]) -> None:
        def attempt() -> None:
            with _translated():
                call()

        self._budget.run(attempt)


@contextmanager
def _translated() -> Iterator[None]:
    """botocore's errors as those of this sample; the cause goes into the invocation's log line."""
    try:
        yield
    except ClientError as error:
        code = error.response["Error"]["Code"]
        log.note_cause(code)
        raise _kind(code, error.response.get("ResponseMetadata", {}).get("HTTPStatusCode", 400))(
            code
        ) from error
    except _NO_ANSWER as error:
        log.note_cause(type(error).__name__)
        raise Temporary(type(error).__name__) from error
    except BotoCoreError as error:
        log.note_cause(type(error).__name__)
        raise Refused(type(error).__name__) from error


def _kind(code: str, status: int) -> type[Exception]:
    if code == "ResourceNotFoundException":
        return ContactUnknown
    return Temporary if status == 429 or status >= 500 else Refused


@cache
def _s3() -> "S3Client":
    return boto3.client("s3", config=_CONFIG)


@cache
def _connect(region: str) -> "ConnectClient":
    return boto3.client("connect", region_name=region, config=_CONFIG)
