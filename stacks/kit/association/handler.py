"""The Lambda entry point, for CDK's Provider framework (synchronous)."""

import logging
import time
from typing import TYPE_CHECKING, Any, Protocol

import boto3
from botocore.config import Config

from association import execute
from association.connect_api import ConnectApi
from association.errors import AssociationError
from association.ownership import Ownership
from association.pacing import Clock, Pace
from association.request import Request, parse

if TYPE_CHECKING:
    from mypy_boto3_connect import ConnectClient
    from mypy_boto3_ssm import SSMClient

log = logging.getLogger(__name__)
log.setLevel(logging.INFO)


class Context(Protocol):
    """What is used of Lambda's context object."""

    invoked_function_arn: str

    def get_remaining_time_in_millis(self) -> int:
        """Until Lambda stops the handler."""


def on_event(event: dict[str, Any], context: Context) -> dict[str, Any]:
    """Answers Create, Update and Delete.

    Properties: InstanceArn, FunctionArns (ARNs of Lambda aliases), StatePath (SSM).
    Data: Associated (how many of them Connect lists), Warnings (a sentence, or "none").
    """
    try:
        request = parse(event, context.invoked_function_arn)
    except AssociationError as error:
        if event["RequestType"] != "Delete":
            raise
        log.info("nothing was ever made with these properties: %s", error)
        return {"PhysicalResourceId": event["PhysicalResourceId"]}
    clock = Clock(time.monotonic, time.sleep, lambda: context.get_remaining_time_in_millis() / 1000)
    return answer(request, connect_client(request.wanted.instance.region), ssm_client(), clock)


def answer(request: Request, connect: "ConnectClient", ssm: "SSMClient", clock: Clock) -> dict[str, Any]:
    """`on_event` with everything injected."""
    instance = request.wanted.instance
    log.info("%s: %d functions of %s", request.kind, len(request.wanted.functions), instance.arn)
    api = ConnectApi(connect, instance.id, Pace(clock))
    ownership = Ownership(ssm, request.state_paths)
    if request.kind != "Delete":
        data = execute.bring_about(request, api, ownership)
        return {"PhysicalResourceId": instance.physical_id, "Data": data}
    if request.is_known:
        execute.remove(request, api, ownership)
    else:
        log.info("%s is not an id that this handler gives: nothing to delete", request.physical_id)
    return {"PhysicalResourceId": request.physical_id}


def connect_client(region: str) -> "ConnectClient":
    """Without retries of its own: see `association.pacing`."""
    retries = Config(retries={"total_max_attempts": 1}, connect_timeout=5, read_timeout=15)
    return boto3.client("connect", region_name=region, config=retries)


def ssm_client() -> "SSMClient":
    """PutParameter allows few requests a second, so the SDK's backoff has room."""
    return boto3.client("ssm", config=Config(retries={"total_max_attempts": 8, "mode": "standard"}))
