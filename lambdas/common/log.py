"""The one logger of a handler. Nothing that may identify a person goes through it."""

from aws_lambda_powertools.logging import Logger

# The stack names the service, in POWERTOOLS_SERVICE_NAME.
logger = Logger(use_rfc3339=True, utc=True, location=None)


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
