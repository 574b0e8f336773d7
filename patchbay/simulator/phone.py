"""The caller's phone: the text messages that come in while the call runs."""

from collections.abc import Sequence
from typing import Protocol


class Phone(Protocol):
    """One phone, for one call."""

    def new_messages(self) -> Sequence[str]:
        """What has come in since the last look, in order."""


class NoPhone:
    """Nobody can look at it from here: a real person has the real one."""

    def new_messages(self) -> Sequence[str]:
        """None."""
        return ()
