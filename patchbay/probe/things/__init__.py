"""What the probe makes. Each knows whether it is there and how to remove it, by its name alone.

So an earlier run that died, a Ctrl-C between a request and its answer, and an ordinary end are cleaned up
by the same code.
"""

from typing import Protocol

from botocore.exceptions import ClientError


class Thing(Protocol):
    """One of them."""

    label: str
    """As the plan and a complaint name it."""

    def present(self) -> bool:
        """Raises NotOursError where somebody else's has the name, or ClientError."""

    def remove(self) -> None:
        """Raises ClientError."""


class NotOursError(Exception):
    """Something has the probe's name and is not the probe's: it is left alone."""


def code(error: ClientError) -> str:
    """The error code of AWS's answer."""
    return str(error.response["Error"]["Code"])


def check_mark(label: str, description: str | None, mark: str) -> None:
    """Raises NotOursError."""
    if description != mark:
        raise NotOursError(
            f"{label} exists and is not of a probe (its description is {description!r}): "
            "rename or remove it, or probe another environment"
        )
