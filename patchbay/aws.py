"""Clients for every account and Region of an environment, and Connect's before there is one.

No other module of the tools makes a boto3 session.
"""

import os
import threading
from typing import TYPE_CHECKING, Any, Literal, overload
from urllib.parse import urlsplit

import boto3
from botocore.config import Config

from patchbay.config import Environment
from patchbay.errors import UserError
from patchbay.local import state
from patchbay.sdk import session_without_profile

if TYPE_CHECKING:
    from mypy_boto3_cloudformation import CloudFormationClient
    from mypy_boto3_cloudwatch import CloudWatchClient
    from mypy_boto3_connect import ConnectClient
    from mypy_boto3_dynamodb import DynamoDBClient
    from mypy_boto3_iam import IAMClient
    from mypy_boto3_lambda import LambdaClient
    from mypy_boto3_logs import CloudWatchLogsClient
    from mypy_boto3_s3 import S3Client
    from mypy_boto3_stepfunctions import SFNClient
    from mypy_boto3_sts import STSClient

    from patchbay.live.pace import Pacer

LOCAL_ACCOUNT = "000000000000"
"""No real account has this id: an environment that names it means the embedded AWS."""

_RETRIES = Config(retries={"mode": "standard", "total_max_attempts": 4}, connect_timeout=5)
_DIRECT = _RETRIES.merge(Config(proxies={}))
"""The shell's proxy does not know this machine's loopback."""
_LOOPBACK = ("127.0.0.1", "localhost")


class Aws:
    """The AWS that an environment lives in.

    `embedded` says whether that is the one of `patchbay local`: there the tools also do what the real
    Amazon Connect does by itself, such as writing flow logs.
    """

    def __init__(self, environment: Environment, endpoint: str | None = None) -> None:
        self._environment = environment
        self._endpoint = endpoint or _endpoint(environment)
        self.embedded = self._endpoint is not None
        self.account = environment.account
        """The environment's own."""
        self._sessions: dict[str, boto3.Session] = {}
        self._clients: dict[tuple[str, str, str, str], Any] = {}
        self._making = threading.Lock()
        self._pacer: Pacer | None = None

    @overload
    def client(
        self, service: Literal["cloudformation"], region: str, account: str = ""
    ) -> "CloudFormationClient": ...
    @overload
    def client(
        self, service: Literal["cloudwatch"], region: str, account: str = ""
    ) -> "CloudWatchClient": ...
    @overload
    def client(self, service: Literal["connect"], region: str, account: str = "") -> "ConnectClient": ...
    @overload
    def client(self, service: Literal["dynamodb"], region: str, account: str = "") -> "DynamoDBClient": ...
    @overload
    def client(self, service: Literal["iam"], region: str, account: str = "") -> "IAMClient": ...
    @overload
    def client(
        self, service: Literal["lambda"], region: str, account: str = "", **config: Any
    ) -> "LambdaClient": ...
    @overload
    def client(self, service: Literal["logs"], region: str, account: str = "") -> "CloudWatchLogsClient": ...
    @overload
    def client(self, service: Literal["s3"], region: str, account: str = "") -> "S3Client": ...
    @overload
    def client(self, service: Literal["stepfunctions"], region: str, account: str = "") -> "SFNClient": ...
    @overload
    def client(self, service: Literal["sts"], region: str, account: str = "") -> "STSClient": ...

    def client(self, service: Any, region: str, account: str = "", **config: Any) -> Any:
        """A client; `account` is the environment's own where it is not named, `config` goes to botocore.

        Made once each, because that takes longer than most requests.
        """
        key = (service, region, account, repr(sorted(config.items())))
        with self._making:
            if key not in self._clients:
                self._clients[key] = self._new_client(service, region, account, config)
                self._attach(self._clients[key], service, region, account)
        return self._clients[key]

    def has_credentials(self, account: str) -> bool:
        """Whether anybody can be asked in an account. Raises UserError or botocore's errors."""
        with self._making:
            return self._session(account).get_credentials() is not None

    def keep_pace(self, pacer: "Pacer") -> None:
        """From now on every client waits for its turn at a real AWS; the embedded one has no such rates.

        The first pacer stays: whoever comes later shares it.
        """
        with self._making:
            if self.embedded or self._pacer is not None:
                return
            self._pacer = pacer
            for (service, region, account, _), client in self._clients.items():
                self._attach(client, service, region, account)

    def _attach(self, client: Any, service: str, region: str, account: str) -> None:
        if self._pacer is not None:
            self._pacer.attach(client, service, region, account or self.account)

    def _new_client(self, service: Any, region: str, account: str, config: dict[str, Any]) -> Any:
        basis = _DIRECT if self.embedded else _RETRIES
        settings = basis.merge(Config(**config)) if config else basis
        session = self._session(account or self._environment.account)
        return session.client(service, region_name=region, endpoint_url=self._endpoint, config=settings)

    def _session(self, account: str) -> boto3.Session:
        if account not in self._sessions:
            self._sessions[account] = self._local(account) if self.embedded else self._real(account)
        return self._sessions[account]

    def _local(self, account: str) -> boto3.Session:
        return boto3.Session(account, "local", botocore_session=session_without_profile())

    def _real(self, account: str) -> boto3.Session:
        way = self._environment.accounts.get(account)
        if way is None:
            if account != self._environment.account:
                raise UserError(
                    f"environment {self._environment.name} says no way into account {account}: "
                    f'add [accounts."{account}"] with a profile or a role_arn'
                )
            return boto3.Session()
        if way.profile:
            return boto3.Session(profile_name=way.profile)
        assumed = boto3.client("sts", config=_RETRIES).assume_role(
            RoleArn=str(way.role_arn), RoleSessionName="patchbay"
        )["Credentials"]
        return boto3.Session(
            aws_access_key_id=assumed["AccessKeyId"],
            aws_secret_access_key=assumed["SecretAccessKey"],
            aws_session_token=assumed["SessionToken"],
        )


def configured_region(profile: str | None) -> str | None:
    """The Region that a profile names, or the shell where no profile is given."""
    return boto3.Session(profile_name=profile).region_name


def connect_of_profile(profile: str | None, region: str) -> "ConnectClient":
    """Connect as a profile sees it, or the shell where none is given: no environment says a way yet."""
    config = _DIRECT if _loopback_endpoint() else _RETRIES
    return boto3.Session(profile_name=profile).client("connect", region_name=region, config=config)


def _endpoint(environment: Environment) -> str | None:
    """The embedded AWS's address, None for the real one.

    AWS_ENDPOINT_URL (as `patchbay local env` prints it) wins; without it, a made-up account means the one
    that runs for this project.
    """
    if given := _loopback_endpoint():
        return given
    return state.choose(environment.root).url if environment.account == LOCAL_ACCOUNT else None


def _loopback_endpoint() -> str:
    """The shell's AWS_ENDPOINT_URL where that is on this machine; otherwise empty."""
    given = os.environ.get("AWS_ENDPOINT_URL", "")
    return given if urlsplit(given).hostname in _LOOPBACK else ""
