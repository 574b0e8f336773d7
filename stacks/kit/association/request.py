"""What CloudFormation asks for, parsed once, in every shape that the properties ever had."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from association.errors import AssociationError

_INSTANCE = re.compile(r"arn:(aws[a-z-]*):connect:([a-z0-9-]+):(\d{12}):instance/([0-9A-Za-z-]+)")
_FUNCTION = re.compile(r"arn:aws[a-z-]*:lambda:([a-z0-9-]+):(\d{12}):function:.+")


@dataclass(frozen=True)
class Instance:
    """A Connect instance."""

    arn: str
    region: str
    account: str
    id: str

    @property
    def physical_id(self) -> str:
        """The PhysicalResourceId: another instance is another resource, and the old one gets a Delete."""
        return f"{self.arn}/lambda-functions"

    def is_foreign(self, function_arn: str) -> bool:
        """Whether the function is of another Region or account, where AWS documents no association."""
        match = _FUNCTION.fullmatch(function_arn)
        return match is not None and match.groups() != (self.region, self.account)


@dataclass(frozen=True)
class Wiring:
    """One set of properties."""

    instance: Instance
    functions: tuple[str, ...]
    state_path: str | None
    """The SSM path of what this resource owns; None in properties from before there was one."""


@dataclass(frozen=True)
class Request:
    """One event of CDK's Provider framework."""

    kind: str
    wanted: Wiring
    old: Wiring | None
    physical_id: str | None
    """What CloudFormation knows this resource as; None on Create."""

    @property
    def is_known(self) -> bool:
        """Whether CloudFormation already has this instance under our id.

        If not, a failure has to be cleaned up here: after a failed Create or replacement no Delete follows.
        """
        return self.physical_id == self.wanted.instance.physical_id

    @property
    def state_paths(self) -> tuple[str, ...]:
        """Where ownership is written (first) and, after a change of the path, where it was."""
        old = self.old.state_path if self.old is not None and self.is_known else None
        return tuple(dict.fromkeys(path for path in (self.wanted.state_path, old) if path is not None))


def parse(event: Mapping[str, Any], handler_arn: str) -> Request:
    """Raises AssociationError where the properties do not say what to do.

    `handler_arn` (the ARN of the handler's own function) completes an instance that is given by its bare id.
    """
    kind = str(event["RequestType"])
    request = Request(
        kind,
        _wiring(event["ResourceProperties"], handler_arn),
        _old_wiring(event.get("OldResourceProperties"), handler_arn),
        event.get("PhysicalResourceId"),
    )
    if kind != "Delete":
        _check(request)
    return request


def _wiring(properties: Mapping[str, Any], handler_arn: str) -> Wiring:
    given = str(properties.get("InstanceArn") or properties.get("InstanceId") or "")
    return Wiring(_instance(given, handler_arn), _functions(properties), _state_path(properties))


def _old_wiring(properties: Mapping[str, Any] | None, handler_arn: str) -> Wiring | None:
    try:
        return _wiring(properties, handler_arn) if properties else None
    except AssociationError:
        return None


def _instance(given: str, handler_arn: str) -> Instance:
    arn = given
    if given and ":" not in given:
        _, partition, _, region, account, *_ = handler_arn.split(":")
        arn = f"arn:{partition}:connect:{region}:{account}:instance/{given.removeprefix('instance/')}"
    match = _INSTANCE.fullmatch(arn)
    if match is None:
        raise AssociationError(
            f"InstanceArn is {given!r}: it must be arn:aws:connect:REGION:ACCOUNT:instance/ID; "
            "correct the instance in the environment file and deploy again"
        )
    _, region, account, instance_id = match.groups()
    return Instance(arn, region, account, instance_id)


def _functions(properties: Mapping[str, Any]) -> tuple[str, ...]:
    given = properties.get("FunctionArns") or properties.get("FunctionArn") or ()
    arns = (given,) if isinstance(given, str) else given
    return tuple(dict.fromkeys(str(arn) for arn in arns if arn))


def _state_path(properties: Mapping[str, Any]) -> str | None:
    path = str(properties.get("StatePath") or "").rstrip("/")
    return path or None


def _check(request: Request) -> None:
    if not request.state_paths or not request.state_paths[0].startswith("/"):
        raise AssociationError(
            f"StatePath is {request.wanted.state_path!r}: it must be the SSM path, with a leading slash, "
            "that remembers which associations this resource made; deploy with the current stack"
        )
    for arn in request.wanted.functions:
        if not _FUNCTION.fullmatch(arn):
            raise AssociationError(
                f"FunctionArns holds {arn!r}: each must be the ARN of a Lambda alias, "
                "arn:aws:lambda:REGION:ACCOUNT:function:NAME:ALIAS"
            )
