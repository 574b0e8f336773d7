"""The clock of one call: it moves when something in the call takes time."""

import time
from dataclasses import dataclass
from datetime import datetime, timedelta


@dataclass
class Clock:
    """Milliseconds since the call was answered."""

    started: datetime
    """When the call was answered, with its time zone."""
    now_ms: int = 0
    pace: float = 0.0
    """Real seconds for a second of the call: 0 does not sleep, 1 is a real telephone. What a call starts in
    the background (a worker) runs in real time, so a call that waits for it needs some."""

    def advance(self, milliseconds: int, *, passed: bool = False) -> None:
        """Lets time pass; `passed` where it really has, as while a function ran."""
        self.now_ms += max(0, milliseconds)
        if self.pace and not passed:
            time.sleep(max(0, milliseconds) * self.pace / 1000)

    @property
    def timestamp(self) -> str:
        """The wall clock as flow logs write it."""
        now = self.started + timedelta(milliseconds=self.now_ms)
        return f"{now:%Y-%m-%dT%H:%M:%S}.{now.microsecond // 1000:03d}Z"


def seconds(milliseconds: int) -> str:
    """A duration for people: `1.4 s`."""
    return f"{milliseconds / 1000:.1f} s"
