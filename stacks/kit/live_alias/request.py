"""What CloudFormation asks for, parsed once."""

import hashlib
import json
import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from live_alias.errors import LiveAliasError
from live_alias.record import OWNER_CHARS


@dataclass(frozen=True)
class Request:
    """One event of CDK's Provider framework."""

    kind: str
    function: str
    alias: str
    previous_alias: str
    candidate: str
    """The version that CloudFormation published; on Delete it may be ""."""
    old_candidate: str | None
    """The one before, on an Update of the same alias."""
    fingerprint: str
    strategy: str
    owner: str
    """Short, from stack and logical id: another resource that takes the alias over has another one."""
    alias_arn: str
    """The PhysicalResourceId: made from names alone, so no Update can change it by accident."""
    physical_id: str | None
    """What CloudFormation knows this resource as; None on Create."""
    machine_arn: str = ""
    """The release controller's state machine; only a release by evidence needs it."""
    settings: Mapping[str, Any] = field(default_factory=dict)
    """For the controller: `release.settings`."""
    now: int = 0
    """Epoch seconds."""

    @property
    def region(self) -> str:
        """The Region of the function."""
        return self.alias_arn.split(":")[3]

    @property
    def is_rollback(self) -> bool:
        """Lambda never gives a number twice, so a lower one than before is CloudFormation going back."""
        return self.old_candidate is not None and int(self.candidate) < int(self.old_candidate)


def parse(event: Mapping[str, Any], handler_arn: str) -> Request:
    """Raises LiveAliasError where a property is missing.

    `handler_arn` (the ARN of the handler's own function) gives partition, Region and account: handler and
    function are of one stack.
    """
    kind, properties = str(event["RequestType"]), event["ResourceProperties"]
    alias_arn = _alias_arn(properties, handler_arn)
    request = Request(
        kind=kind,
        function=_function(properties),
        alias=_alias(properties),
        previous_alias=str(properties.get("PreviousAliasName") or "previous"),
        candidate=str(properties.get("Version") or ""),
        old_candidate=_old_candidate(event, alias_arn, handler_arn),
        fingerprint=str(properties.get("Fingerprint") or ""),
        strategy=str(properties.get("Strategy") or "all-at-once"),
        owner=_owner(event),
        alias_arn=alias_arn,
        physical_id=event.get("PhysicalResourceId"),
        machine_arn=str(properties.get("StateMachineArn") or ""),
        settings=json.loads(properties.get("Release") or "{}"),
        now=int(time.time()),
    )
    if kind != "Delete":
        _check(request)
    return request


def _function(properties: Mapping[str, Any]) -> str:
    """The bare name; an ARN is accepted too."""
    given = str(properties.get("FunctionName") or "")
    return given.split(":")[6] if given.count(":") >= 6 else given


def _alias(properties: Mapping[str, Any]) -> str:
    return str(properties.get("AliasName") or "live")


def _alias_arn(properties: Mapping[str, Any], handler_arn: str) -> str:
    prefix = ":".join(handler_arn.split(":")[:6])
    return f"{prefix}:{_function(properties)}:{_alias(properties)}"


def _old_candidate(event: Mapping[str, Any], alias_arn: str, handler_arn: str) -> str | None:
    old = event.get("OldResourceProperties") or {}
    if old.get("FunctionName") and _alias_arn(old, handler_arn) != alias_arn:
        return None
    version = str(old.get("Version") or "")
    return version if version.isdecimal() else None


def _owner(event: Mapping[str, Any]) -> str:
    identity = f"{event.get('StackId', '')}/{event.get('LogicalResourceId', '')}"
    return hashlib.sha256(identity.encode()).hexdigest()[:OWNER_CHARS]


def _check(request: Request) -> None:
    if not request.function:
        raise LiveAliasError("FunctionName is missing: it names the function whose alias is managed")
    if not request.candidate.isdecimal():
        raise LiveAliasError(
            f"Version is {request.candidate!r}: it must be the number of a published version of "
            f"{request.function}, because an alias that is split cannot name $LATEST"
        )
