"""Remembers in SSM which associations this resource made: one small parameter for each.

One parameter for all would not do: fifty ARNs are longer than the 4 KB of a standard parameter.
"""

import hashlib
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from botocore.exceptions import BotoCoreError, ClientError

from association.errors import AssociationError

if TYPE_CHECKING:
    from mypy_boto3_ssm import SSMClient


class Ownership:
    """What is owned under `paths`: written under the first, read and forgotten under all of them."""

    def __init__(self, client: "SSMClient", paths: tuple[str, ...]) -> None:
        self._client = client
        self._paths = paths

    def read(self) -> tuple[str, ...]:
        """The ARNs of owned associations."""
        return tuple(dict.fromkeys(arn for path in self._paths for arn in self._under(path)))

    def remember(self, arn: str) -> None:
        """Idempotent."""
        with self._in_words("write"):
            self._client.put_parameter(
                Name=_name(self._paths[0], arn),
                Value=arn,
                Type="String",
                Overwrite=True,
                Description="An association that Patchbay made, and removes when it is not wanted any more",
            )

    def forget(self, arn: str) -> None:
        """Idempotent."""
        for path in self._paths:
            self._delete(_name(path, arn))

    def move(self, arns: tuple[str, ...]) -> None:
        """After a change of the path: keep `arns` under the first one only."""
        for path in self._paths[1:]:
            for arn in self._under(path):
                if arn in arns:
                    self.remember(arn)
                    self._delete(_name(path, arn))

    def _under(self, path: str) -> tuple[str, ...]:
        with self._in_words("read"):
            pages = self._client.get_paginator("get_parameters_by_path").paginate(Path=path, Recursive=False)
            return tuple(parameter["Value"] for page in pages for parameter in page["Parameters"])

    def _delete(self, name: str) -> None:
        with self._in_words("delete"):
            try:
                self._client.delete_parameter(Name=name)
            except self._client.exceptions.ParameterNotFound:
                return

    @contextmanager
    def _in_words(self, verb: str) -> Iterator[None]:
        try:
            yield
        except (ClientError, BotoCoreError) as error:
            raise AssociationError(
                f"cannot {verb} the SSM parameters under {' and '.join(self._paths)}, which remember the "
                f"associations that this resource made: {error}"
            ) from error


def _name(path: str, arn: str) -> str:
    return f"{path}/{hashlib.sha256(arn.encode()).hexdigest()[:16]}"
