"""The key of the seals, in Secrets Manager."""

import os
from functools import cache

import boto3
from botocore.config import Config
from botocore.exceptions import BotoCoreError, ClientError

from common import log

_CONFIG = Config(connect_timeout=0.5, read_timeout=1, retries={"total_max_attempts": 2, "mode": "standard"})


class KeyUnavailable(Exception):
    """Secrets Manager refused the key or did not answer. Names the error's code, never its text."""


@cache
def key() -> bytes:
    """The key that the stack made, read once per execution environment. Raises KeyUnavailable.

    To change it is safe at any time: codes that are on their way are then refused.
    """
    client = boto3.client("secretsmanager", config=_CONFIG)
    try:
        secret: str = client.get_secret_value(SecretId=os.environ["KEY_ARN"])["SecretString"]
    except (ClientError, BotoCoreError) as error:
        cause = error.response["Error"]["Code"] if isinstance(error, ClientError) else type(error).__name__
        log.note_cause(cause)
        raise KeyUnavailable(cause) from error
    return secret.encode()
