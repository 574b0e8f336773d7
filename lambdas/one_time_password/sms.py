"""Text messages by Amazon SNS.

Source: Amazon SNS API reference, Publish: PhoneNumber, and the attribute AWS.SNS.SMS.SMSType.
"""

from functools import cache
from typing import TYPE_CHECKING

import boto3
from botocore.config import Config
from botocore.exceptions import BotoCoreError, ClientError, HTTPClientError

from common import log
from one_time_password.logic import NotSent

if TYPE_CHECKING:
    from collections.abc import Mapping

    from mypy_boto3_sns import SNSClient
    from mypy_boto3_sns.type_defs import MessageAttributeValueTypeDef

# One attempt: SNS has no idempotency token for a text, so a repeated request is a second message.
_CONFIG = Config(connect_timeout=0.5, read_timeout=1.5, retries={"total_max_attempts": 1, "mode": "standard"})
_URGENT: "Mapping[str, MessageAttributeValueTypeDef]" = {
    "AWS.SNS.SMS.SMSType": {"DataType": "String", "StringValue": "Transactional"}
}


def send(number: str, text: str) -> None:
    """Sends `text`; returns where it went out or may have. Raises NotSent where it certainly did not."""
    try:
        _sns().publish(PhoneNumber=number, Message=text, MessageAttributes=_URGENT)
    except (ClientError, BotoCoreError) as error:
        code = error.response["Error"]["Code"] if isinstance(error, ClientError) else type(error).__name__
        log.note_cause(code)
        if not _may_be_out(error):
            raise NotSent(code) from error


def _may_be_out(error: ClientError | BotoCoreError) -> bool:
    """SNS failed at work, or the connection broke once it stood; what is refused is not out."""
    if isinstance(error, ClientError):
        return error.response["ResponseMetadata"]["HTTPStatusCode"] >= 500
    return isinstance(error, HTTPClientError)


@cache
def _sns() -> "SNSClient":
    return boto3.client("sns", config=_CONFIG)
