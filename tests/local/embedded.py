"""Embedded AWSs to test against, and the small things that a test puts into them."""

import asyncio
import io
import json
import socket
import threading
import zipfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from functools import cache
from typing import Any

import boto3
import pytest
from botocore.config import Config

from patchbay import environments
from patchbay.arns import InstanceArn
from patchbay.local import process
from patchbay.local.process import LocalAws

ACCOUNT, OTHER_ACCOUNT = "000000000000", "111111111111"
INSTANCE = InstanceArn.parse(
    "arn:aws:connect:us-east-1:000000000000:instance/11111111-2222-3333-4444-555555555555"
)
PREFERRED = "us-west-2"
FLOW = json.dumps(
    {
        "Version": "2019-10-30",
        "StartAction": "bye",
        "Actions": [{"Identifier": "bye", "Type": "DisconnectParticipant", "Transitions": {}}],
    }
)
_ONCE = Config(retries={"mode": "standard", "total_max_attempts": 1})


@pytest.fixture(scope="module")
def local_aws() -> Iterator[LocalAws]:
    """One that runs for the tests of a module; a module that uses it binds the name."""
    with process.running(environments.load("local")) as aws:
        yield aws


@cache
def client(url: str, service: Any, region: str = INSTANCE.region, account: str = ACCOUNT) -> Any:
    """A client that never repeats a request, so that each error is seen."""
    return _session(account).client(service, region_name=region, endpoint_url=url, config=_ONCE)


@cache
def _session(account: str) -> boto3.Session:
    return boto3.Session(aws_access_key_id=account, aws_secret_access_key="local")


def zipped(source: str) -> bytes:
    """A deployment package with the one file `handler.py`."""
    package = io.BytesIO()
    with zipfile.ZipFile(package, "w") as archive:
        archive.writestr("handler.py", source)
    return package.getvalue()


def create_function(lambda_: Any, name: str, source: str) -> str:
    """A function whose handler is `handler` in `source`; gives its unqualified ARN."""
    arn = lambda_.create_function(
        FunctionName=name,
        Runtime="python3.13",
        Role=_role(lambda_.meta.endpoint_url),
        Handler="handler.handler",
        Timeout=5,
        Code={"ZipFile": zipped(source)},
    )["FunctionArn"]
    return str(arn)


@cache
def _role(url: str) -> str:
    """The ARN of a role that lets a function do nothing."""
    role = client(url, "iam").create_role(RoleName="nothing", AssumeRolePolicyDocument="{}")["Role"]
    return str(role["Arn"])


def publish(lambda_: Any, name: str, source: str) -> str:
    """A further version with other code; gives its number."""
    lambda_.update_function_code(FunctionName=name, ZipFile=zipped(source))
    return str(lambda_.publish_version(FunctionName=name)["Version"])


def wire(lambda_: Any, name: str, version: str, weights: Mapping[str, float] | None = None) -> None:
    """Alias `live` on the version, with the permission that the Functions stack gives Connect."""
    routing = {"RoutingConfig": {"AdditionalVersionWeights": dict(weights)}} if weights else {}
    lambda_.create_alias(FunctionName=name, Name="live", FunctionVersion=version, **routing)
    lambda_.add_permission(
        FunctionName=name,
        Qualifier="live",
        StatementId="connect",
        Action="lambda:InvokeFunction",
        Principal="connect.amazonaws.com",
        SourceAccount=INSTANCE.account,
        SourceArn=str(INSTANCE),
    )


@contextmanager
def connect_in_this_process() -> Iterator[str]:
    """The gateway on a port of its own, in a thread: a test can reach behind it. Gives its URL."""
    from hypercorn.asyncio import serve
    from hypercorn.config import Config as ServerConfig

    from patchbay.local.gateway import Gateway

    listener = socket.create_server(("127.0.0.1", 0))
    config = ServerConfig()
    port = listener.getsockname()[1]
    config.bind = [f"fd://{listener.detach()}"]
    config.graceful_timeout = 0.1
    ended = threading.Event()

    async def until_ended() -> None:
        await asyncio.get_running_loop().run_in_executor(None, ended.wait)

    def run() -> None:
        asyncio.run(serve(Gateway(), config, shutdown_trigger=until_ended))

    thread = threading.Thread(target=run)
    thread.start()
    try:
        yield f"http://127.0.0.1:{port}"
    finally:
        ended.set()
        thread.join()
