"""Reads and writes the aliases of one function; translates what Lambda answers."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from botocore.exceptions import ClientError, HTTPClientError
from botocore.exceptions import ConnectionError as NoConnectionError

from live_alias.errors import DecideAnewError, LiveAliasError
from live_alias.request import Request
from live_alias.routing import Routing
from live_alias.state import Alias, Remove, Snapshot, Step, Write

if TYPE_CHECKING:
    from mypy_boto3_lambda import LambdaClient

# A new version may not be known to every part of the service at once, and UpdateAlias then fails in several
# ways (aws/aws-sdk-js-v3#7254), so these pass; the stale revision is Lambda's optimistic lock.
PASSING = {
    "PreconditionFailedException",
    "ResourceConflictException",
    "ResourceNotFoundException",
    "TooManyRequestsException",
    "ThrottlingException",
    "InternalError",
}


class LambdaApi:
    """The client must not retry by itself: after any failure the alias is read again first."""

    def __init__(self, client: "LambdaClient", request: Request) -> None:
        self._client = client
        self._request = request

    def snapshot(self) -> Snapshot:
        """Raises DecideAnewError and LiveAliasError."""
        with self._in_words("read"):
            return Snapshot(
                self._alias(self._request.alias),
                self._alias(self._request.previous_alias),
                frozenset(self._versions()),
            )

    def apply(self, steps: tuple[Step, ...]) -> None:
        """Raises DecideAnewError and LiveAliasError."""
        with self._in_words("change"):
            for step in steps:
                if isinstance(step, Remove):
                    self._remove(step)
                elif step.revision_id is None:
                    self._client.create_alias(**self._whole(step))
                else:
                    self._client.update_alias(**self._whole(step), RevisionId=step.revision_id)

    def _alias(self, name: str) -> Alias | None:
        try:
            found = self._client.get_alias(FunctionName=self._request.function, Name=name)
        except self._client.exceptions.ResourceNotFoundException:
            return None
        weights = (found.get("RoutingConfig") or {}).get("AdditionalVersionWeights")
        routing = Routing.of(found["FunctionVersion"], weights or {})
        return Alias(routing, found.get("Description", ""), found["RevisionId"])

    def _versions(self) -> list[str]:
        pages = self._client.get_paginator("list_versions_by_function")
        try:
            answers = list(pages.paginate(FunctionName=self._request.function))
        except self._client.exceptions.ResourceNotFoundException:
            return []
        return [version["Version"] for answer in answers for version in answer["Versions"]]

    def _remove(self, step: Remove) -> None:
        try:
            self._client.delete_alias(FunctionName=self._request.function, Name=step.name)
        except self._client.exceptions.ResourceNotFoundException:
            return

    def _whole(self, step: Write) -> dict[str, Any]:
        """All fields at once: what is left out would be kept by Lambda, weights included."""
        return {
            "FunctionName": self._request.function,
            "Name": step.name,
            "FunctionVersion": step.routing.version,
            "Description": step.description,
            "RoutingConfig": {"AdditionalVersionWeights": dict(step.routing.weights)},
        }

    @contextmanager
    def _in_words(self, verb: str) -> Iterator[None]:
        try:
            yield
        except (NoConnectionError, HTTPClientError) as error:
            raise DecideAnewError(str(error)) from error
        except ClientError as error:
            status = error.response["ResponseMetadata"]["HTTPStatusCode"]
            if status >= 500 or error.response["Error"]["Code"] in PASSING:
                raise DecideAnewError(str(error)) from error
            raise LiveAliasError(f"cannot {verb} the aliases of {self._request.function}: {error}") from error
