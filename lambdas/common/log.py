"""The one logger of a handler. Nothing that may identify a person goes through it."""

import os

from aws_lambda_powertools.logging import Logger

logger = Logger(
    service=os.environ.get("AWS_LAMBDA_FUNCTION_NAME", "patchbay"), use_rfc3339=True, utc=True, location=None
)


def note_cause(cause: str) -> None:
    """Adds `cause`, an error's code or class name, to the line of the invocation that is running."""
    logger.append_keys(cause=cause)


def invocation(fields: dict[str, object], *, failed: bool) -> None:
    """Writes the line of one invocation; fields that are None are left out."""
    write = logger.error if failed else logger.info
    write("invocation", extra={key: value for key, value in fields.items() if value is not None})
    logger.remove_keys(["cause"])
