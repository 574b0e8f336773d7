"""What the simulated Connect needs of Lambda: a narrow protocol, and the values that cross it."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Protocol

LATEST = "$LATEST"


@dataclass(frozen=True)
class Reply:
    """What Lambda's Invoke answered, or that it did not."""

    status: int | None
    """The HTTP status; None where nothing came back within the time limit."""
    duration_ms: int
    """How long the caller waited, as measured by whoever invoked."""
    payload: bytes = b"null"
    function_error: str | None = None
    """The header X-Amz-Function-Error: the function ran and failed."""


class Functions(Protocol):
    """Lambda, as Connect sees it. Implemented by stubs, and by an AWS."""

    def route(self, arn: str) -> Mapping[str, float] | None:
        """The versions that `arn` leads to, with their weights; None where no such function or alias is.

        An unqualified ARN leads to {"$LATEST": 1.0}; weights need not add up to one.
        """

    def policy(self, arn: str) -> Mapping[str, object] | None:
        """The resource policy of exactly this qualified ARN, parsed; None where it has none."""

    def invoke(self, arn: str, version: str, payload: bytes, time_limit: float) -> Reply:
        """Runs `version` once and need not wait longer than `time_limit` seconds.

        A reply whose `duration_ms` reaches the time limit counts as none, whatever it holds.
        """


@dataclass(frozen=True)
class FunctionName:
    """The function that a flow names, taken apart."""

    arn: str
    name: str
    qualifier: str | None = None
    region: str | None = None

    @classmethod
    def parse(cls, arn: str) -> "FunctionName":
        """Of an ARN; anything else (a placeholder, bare words) is its own name."""
        parts = arn.split(":")
        if parts[0] != "arn" or len(parts) not in (7, 8) or parts[5] != "function":
            return cls(arn, arn)
        return cls(arn, parts[6], parts[7] if len(parts) == 8 else None, parts[3])

    @property
    def unqualified(self) -> str:
        """The ARN of the function itself."""
        return self.arn.removesuffix(f":{self.qualifier}") if self.qualifier else self.arn

    @property
    def alias(self) -> str | None:
        """The qualifier, where it is no version."""
        if self.qualifier is None or self.qualifier == LATEST or self.qualifier.isdigit():
            return None
        return self.qualifier
