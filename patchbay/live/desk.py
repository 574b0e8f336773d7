"""The way to every service, Region and account of an environment."""

import threading
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from botocore.exceptions import BotoCoreError, ClientError

from patchbay.aws import Aws
from patchbay.errors import UserError
from patchbay.live import wrong_account
from patchbay.live.door import Door, unread_for
from patchbay.live.model import Unread
from patchbay.live.pace import Pacer

if TYPE_CHECKING:
    from mypy_boto3_cloudformation import CloudFormationClient
    from mypy_boto3_cloudwatch import CloudWatchClient
    from mypy_boto3_connect import ConnectClient
    from mypy_boto3_lambda import LambdaClient
    from mypy_boto3_logs import CloudWatchLogsClient
    from mypy_boto3_stepfunctions import SFNClient
    from mypy_boto3_sts import STSClient


class Desk:
    """The doors of an environment's AWS, each opened once."""

    def __init__(self, aws: Aws, pacer: Pacer) -> None:
        self._aws = aws
        aws.keep_pace(pacer)
        self._doors: dict[tuple[str, str, str], Door[Any]] = {}
        self._accounts: dict[str, _Account] = {}
        self._lock = threading.Lock()

    def lambda_(self, region: str) -> "Door[LambdaClient]":
        """In the environment's own account, as everything where none is named."""
        return self._door("lambda", region)

    def cloudwatch(self, region: str) -> "Door[CloudWatchClient]":
        """CloudWatch."""
        return self._door("cloudwatch", region)

    def states(self, region: str) -> "Door[SFNClient]":
        """Step Functions."""
        return self._door("stepfunctions", region)

    def sts(self, region: str) -> "Door[STSClient]":
        """STS."""
        return self._door("sts", region)

    def connect(self, region: str, account: str) -> "Door[ConnectClient]":
        """Amazon Connect."""
        return self._door("connect", region, account)

    def logs(self, region: str, account: str) -> "Door[CloudWatchLogsClient]":
        """CloudWatch Logs."""
        return self._door("logs", region, account)

    def cloudformation(self, region: str, account: str) -> "Door[CloudFormationClient]":
        """CloudFormation."""
        return self._door("cloudformation", region, account)

    def _door(self, service: Any, region: str, account: str = "") -> Door[Any]:
        account = account or self._aws.account
        with self._lock:
            known = self._accounts.setdefault(account, _Account(self._aws, account, region))
            key = (service, region, account)
            if key not in self._doors:
                self._doors[key] = Door(known.closed, lambda: self._aws.client(*key))
            return self._doors[key]


@dataclass
class _Account:
    """The way into an account, tried once: looking for credentials that are nowhere takes seconds."""

    aws: Aws
    account: str
    region: str
    """Where to ask who that is."""

    def __post_init__(self) -> None:
        self._lock = threading.Lock()
        self._tried = False
        self._unread: Unread | None = None

    def closed(self) -> Unread | None:
        """Why there is no way in; None where there is one."""
        with self._lock:
            if not self._tried:
                self._unread, self._tried = self._try(), True
            return self._unread

    def _try(self) -> Unread | None:
        try:
            if self.aws.has_credentials(self.account):
                return self._is_another()
        except UserError as error:
            return Unread(str(error))
        except (ClientError, BotoCoreError) as error:
            return unread_for(error)
        return Unread(f"there are no credentials for account {self.account}")

    def _is_another(self) -> Unread | None:
        """A profile does not say whose it is. Of the environment's own account each Region is asked."""
        if self.account == self.aws.account:
            return None
        try:
            found = self.aws.client("sts", self.region, self.account).get_caller_identity()["Account"]
        except (ClientError, BotoCoreError):
            return None  # what is asked next says why
        return None if found == self.account else wrong_account.elsewhere(self.account, found)
