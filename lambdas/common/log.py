"""The one logger of a handler. Nothing that may identify a person goes through it."""

import json
from functools import partial

from aws_lambda_powertools.logging import Logger

# ASCII: half of a surrogate pair, which UTF-8 does not have, would cost the whole line.
_to_json = partial(json.dumps, default=str, separators=(",", ":"), ensure_ascii=True)

# The stack names the service, in POWERTOOLS_SERVICE_NAME.
logger = Logger(use_rfc3339=True, utc=True, location=None, json_serializer=_to_json)


def note_cause(cause: str) -> None:
    """Adds `cause`, an error's code or class name, to the line of the invocation that is running."""
    logger.append_keys(cause=cause)


def started(fields: dict[str, object]) -> None:
    """Writes the line that begins an invocation; fields that are None are left out."""
    logger.info("invocation started", extra=_present(fields))


def invocation(fields: dict[str, object], *, failed: bool) -> None:
    """Writes the line that ends an invocation; fields that are None are left out."""
    write = logger.error if failed else logger.info
    write("invocation", extra=_present(fields))
    logger.remove_keys(["cause"])


def _present(fields: dict[str, object]) -> dict[str, object]:
    return {key: value for key, value in fields.items() if value is not None}
