"""The time that is left of the invocation that is running."""

import time
from contextvars import ContextVar

UNKNOWN_SECONDS = 3.0
"""What a context that does not tell is taken for: Lambda's own default timeout."""

_ends: ContextVar[float | None] = ContextVar("ends", default=None)


def begin(context: object) -> None:
    """Reads Lambda's context at the start of an invocation; an emulator's may lack the method."""
    tell = getattr(context, "get_remaining_time_in_millis", None)
    left = tell() / 1000 if callable(tell) else UNKNOWN_SECONDS
    _ends.set(time.monotonic() + left)


def seconds() -> float:
    """Until Lambda stops the invocation, 0 at least; UNKNOWN_SECONDS where none has begun."""
    ends = _ends.get()
    return UNKNOWN_SECONDS if ends is None else max(0.0, ends - time.monotonic())
