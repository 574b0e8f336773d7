"""The Lambda entry point, for CDK's Provider framework (synchronous)."""

import logging
import time
from dataclasses import replace
from typing import TYPE_CHECKING, Any, Protocol

import boto3
from botocore.config import Config

from live_alias.converge import Clock, converge
from live_alias.errors import LiveAliasError
from live_alias.lambda_api import LambdaApi
from live_alias.request import Request, parse

if TYPE_CHECKING:
    from mypy_boto3_lambda import LambdaClient
    from mypy_boto3_stepfunctions import SFNClient

_ONCE = Config(retries={"total_max_attempts": 1}, connect_timeout=5, read_timeout=15)

log = logging.getLogger(__name__)
log.setLevel(logging.INFO)


class Context(Protocol):
    """What is used of Lambda's context object."""

    invoked_function_arn: str

    def get_remaining_time_in_millis(self) -> int:
        """Until Lambda stops the handler."""


def on_event(event: dict[str, Any], context: Context) -> dict[str, Any]:
    """Answers Create, Update and Delete.

    Properties: FunctionName, AliasName, PreviousAliasName, Version (the candidate), Fingerprint, Strategy;
    for a release by evidence also StateMachineArn and Release (the controller's settings, as JSON).
    Data: AliasArn, Version (the alias's main version now), Note (what was done, in words).
    """
    request = parse(event, context.invoked_function_arn)
    clock = Clock(time.sleep, lambda: context.get_remaining_time_in_millis() / 1000)
    return answer(request, lambda_client(), clock, states_client())


def answer(
    request: Request, client: "LambdaClient", clock: Clock, states: "SFNClient | None" = None
) -> dict[str, Any]:
    """`on_event` with everything injected."""
    try:
        decision = converge(request, LambdaApi(client, request, states), clock)
    except Exception:
        if request.kind == "Create":
            _undo(request, client, clock)
        raise
    if request.kind == "Delete":
        return {"PhysicalResourceId": request.physical_id}
    version = decision.live.version if decision.live else ""
    data = {"AliasArn": request.alias_arn, "Version": version, "Note": decision.note}
    return {"PhysicalResourceId": request.alias_arn, "Data": data}


def _undo(request: Request, client: "LambdaClient", clock: Clock) -> None:
    """After a failed Create no Delete comes, so it is done here."""
    gone = replace(request, kind="Delete", physical_id=request.alias_arn)
    try:
        converge(gone, LambdaApi(client, gone), clock)
    except LiveAliasError as error:
        log.error("not undone: %s", error)


def lambda_client() -> "LambdaClient":
    """Without retries of its own: see `live_alias.converge`."""
    return boto3.client("lambda", config=_ONCE)


def states_client() -> "SFNClient":
    """Without retries of its own, too."""
    return boto3.client("stepfunctions", config=_ONCE)
