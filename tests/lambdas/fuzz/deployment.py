"""The samples as deployed, on moto; what they change, and all of it put back after each example."""

import pickle
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from types import SimpleNamespace
from typing import Any

import pytest
from botocore.exceptions import ClientError, ReadTimeoutError
from moto import mock_aws
from moto.core.models import DEFAULT_ACCOUNT_ID
from moto.dynamodb.models import dynamodb_backends
from moto.s3.models import s3_backends

from common import tables
from contact_archive import store as archive
from one_time_password import key as password_key
from patchbay import function_folders
from tests.lambdas.conftest import create, make_keys_and_buckets, seed
from tests.lambdas.invocations import FOLDERS, LAMBDAS

Items = dict[str, dict[str, Any]]
"""A table's items in DynamoDB's JSON, by their keys."""


S3_KEY_MAX_BYTES = 1024
_s3 = archive._s3


class Failing:
    """The errors of the next calls to a service, in this order; they quote the request, as AWS may."""

    def __init__(self) -> None:
        self.errors: list[str] = []
        self.taken: list[dict[str, Any]] = []
        """The calls that went well."""

    def call(self, **request: Any) -> dict[str, Any]:
        """Any API call."""
        if not self.errors:
            self.taken.append(request)
            return {}
        match self.errors.pop(0):
            case "slow":
                raise ReadTimeoutError(endpoint_url=f"https://example.com/{request}")
            case code:
                raise _refused(code, request)


def _refused(code: str, request: Mapping[str, Any]) -> ClientError:
    status = {"TooManyRequestsException": 429, "InternalErrorException": 500}.get(code, 400)
    response: Any = {
        "Error": {"Code": code, "Message": f"refused: {request}"},
        "ResponseMetadata": {"HTTPStatusCode": status},
    }
    return ClientError(response, "Call")


ERRORS = ("slow", "TooManyRequestsException", "InternalErrorException", "InvalidParameterException",
          "ResourceNotFoundException")  # fmt: skip


class Deployment:
    """The tables and the services beside them."""

    def __init__(self, services: Failing) -> None:
        self.services = services
        # Four times faster than a deep copy.
        self._kept = pickle.dumps({name: table.items for name, table in _tables().items()})

    def restore(self) -> None:
        """As if nothing had ever been invoked."""
        kept = pickle.loads(self._kept)
        for name, table in _tables().items():
            table.items = kept[name]
        for bucket in s3_backends[DEFAULT_ACCOUNT_ID]["aws"].buckets.values():
            bucket.keys.clear()
        self.services.errors, self.services.taken = [], []

    def changed(self, before: Mapping[str, Items]) -> dict[str, Items]:
        """The items that are not as they were `before`, by table."""
        now = self.items()
        return {
            name: {key: item for key, item in items.items() if before[name].get(key) != item}
            for name, items in now.items()
        }

    def items(self) -> dict[str, Items]:
        """All that the tables hold."""
        return {
            name.removeprefix("patchbay-test-"): {
                str(key.value): item.to_json() for key, item in table.items.items()
            }
            for name, table in _tables().items()
        }


@contextmanager
def deployed() -> Iterator[Deployment]:
    """For the length of a `with`."""
    with pytest.MonkeyPatch.context() as patch, mock_aws():
        patch.setenv("AWS_DEFAULT_REGION", "us-west-2")
        tables.table.cache_clear()
        password_key.key.cache_clear()
        for name, settings in function_folders.tables(LAMBDAS).items():
            patch.setenv(f"TABLE_{name.upper()}", f"patchbay-test-{name}")
            create(name, settings.partition_key)
        for function in FOLDERS:
            seed(function)
            make_keys_and_buckets(function)
        yield Deployment(_stand_ins(patch))
    password_key.key.cache_clear()


def _stand_ins(patch: pytest.MonkeyPatch) -> Failing:
    """In place of SNS, Lambda and Connect; and nobody sleeps."""
    services = Failing()
    patch.setattr("one_time_password.sms._sns", lambda: SimpleNamespace(publish=services.call))
    patch.setattr("start_order_search.store._lambda", lambda: SimpleNamespace(invoke=services.call))
    connect = SimpleNamespace(update_contact_attributes=services.call)
    patch.setattr("contact_archive.store._connect", lambda region: connect)
    patch.setattr(archive, "_s3", lambda: SimpleNamespace(put_object=_put_object))
    patch.setattr("contact_archive.handler.time", SimpleNamespace(sleep=lambda seconds: None))
    return services


def _put_object(**request: Any) -> Any:
    """moto's, with the limit of S3's keys, which moto does not have."""
    if len(request["Key"].encode()) > S3_KEY_MAX_BYTES:
        raise _refused("KeyTooLongError", request)
    return _s3().put_object(**request)


def _tables() -> dict[str, Any]:
    found: dict[str, Any] = dynamodb_backends[DEFAULT_ACCOUNT_ID]["us-west-2"].tables
    return found
