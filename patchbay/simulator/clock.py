"""The clock of one call: it moves when something in the call takes time, and nothing sleeps."""

from dataclasses import dataclass
from datetime import datetime, timedelta


@dataclass
class Clock:
    """Milliseconds since the call was answered."""

    started: datetime
    """When the call was answered, with its time zone."""
    now_ms: int = 0

    def advance(self, milliseconds: int) -> None:
        """Lets time pass."""
        self.now_ms += max(0, milliseconds)

    @property
    def timestamp(self) -> str:
        """The wall clock as flow logs write it."""
        now = self.started + timedelta(milliseconds=self.now_ms)
        return f"{now:%Y-%m-%dT%H:%M:%S}.{now.microsecond // 1000:03d}Z"


def seconds(milliseconds: int) -> str:
    """A duration for people: `1.4 s`."""
    return f"{milliseconds / 1000:.1f} s"
