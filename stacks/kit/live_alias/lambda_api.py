"""Reads and writes the aliases of one function; translates what Lambda answers."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, Protocol

from botocore.exceptions import ClientError, HTTPClientError
from botocore.exceptions import ConnectionError as NoConnectionError

from live_alias import executions
from live_alias.errors import DecideAnewError, DeniedError, LiveAliasError
from live_alias.executions import Run
from live_alias.routing import Routing
from live_alias.state import Alias, Remove, Snapshot, Step, Write

if TYPE_CHECKING:
    from mypy_boto3_lambda import LambdaClient
    from mypy_boto3_stepfunctions import SFNClient

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

_DENIED = {"AccessDeniedException", "AccessDenied"}


class Names(Protocol):
    """Which function, and its two aliases."""

    @property
    def function(self) -> str:
        """The function's name."""

    @property
    def alias(self) -> str:
        """The alias that flows name."""

    @property
    def previous_alias(self) -> str:
        """The alias on the version that a release goes back to."""


class LambdaApi:
    """The client must not retry by itself: after any failure the alias is read again first."""

    def __init__(self, client: "LambdaClient", names: Names, states: "SFNClient | None" = None) -> None:
        self._client = client
        self._names = names
        self._states = states

    def snapshot(self) -> Snapshot:
        """Raises DecideAnewError and LiveAliasError."""
        with self._in_words("read"):
            return Snapshot(
                self._alias(self._names.alias),
                self._alias(self._names.previous_alias),
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

    def run(self, machine_arn: str, run: Run, payload: Mapping[str, Any]) -> None:
        """Has the controller work on a release. Raises DecideAnewError and LiveAliasError (DeniedError)."""
        with self._in_words("start the controller for"):
            assert self._states is not None
            executions.start(self._states, machine_arn, run, payload)

    def _alias(self, name: str) -> Alias | None:
        try:
            found = self._client.get_alias(FunctionName=self._names.function, Name=name)
        except self._client.exceptions.ResourceNotFoundException:
            return None
        weights = (found.get("RoutingConfig") or {}).get("AdditionalVersionWeights")
        routing = Routing.of(found["FunctionVersion"], weights or {})
        return Alias(routing, found.get("Description", ""), found["RevisionId"])

    def _versions(self) -> list[str]:
        pages = self._client.get_paginator("list_versions_by_function")
        try:
            answers = list(pages.paginate(FunctionName=self._names.function))
        except self._client.exceptions.ResourceNotFoundException:
            return []
        return [version["Version"] for answer in answers for version in answer["Versions"]]

    def _remove(self, step: Remove) -> None:
        try:
            self._client.delete_alias(FunctionName=self._names.function, Name=step.name)
        except self._client.exceptions.ResourceNotFoundException:
            return

    def _whole(self, step: Write) -> dict[str, Any]:
        """All fields at once: what is left out would be kept by Lambda, weights included."""
        return {
            "FunctionName": self._names.function,
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
            code, status = (
                error.response["Error"]["Code"],
                error.response["ResponseMetadata"]["HTTPStatusCode"],
            )
            if status >= 500 or code in PASSING:
                raise DecideAnewError(str(error)) from error
            kind = DeniedError if code in _DENIED else LiveAliasError
            raise kind(f"cannot {verb} the aliases of {self._names.function}: {error}") from error
