"""Keeps a step within its Lambda's time limit: what can be left out is not begun late."""

from collections.abc import Callable
from typing import Any, Protocol


class Context(Protocol):
    """What is used of Lambda's context object."""

    def get_remaining_time_in_millis(self) -> int:
        """Until Lambda stops the handler."""


class Deadline:
    """The time limit of the invocation that runs now; clients outlive it, and so share one of these."""

    def __init__(self) -> None:
        self._context: Context | None = None

    def start(self, context: Context) -> None:
        """At the begin of an invocation."""
        self._context = context

    def remaining(self) -> float:
        """Seconds."""
        assert self._context is not None
        return self._context.get_remaining_time_in_millis() / 1000

    def guard(self, client: Any, reserve: float, error: Callable[[], Exception]) -> Any:
        """The same client, whose calls raise `error()` where fewer than `reserve` seconds are left.

        A boto3 client knows no deadline: a reader that follows page after page would go on.
        """

        def check(**_: object) -> None:
            if self.remaining() < reserve:
                raise error()

        client.meta.events.register("before-call", check)
        return client
