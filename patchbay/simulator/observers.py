"""Who is told of each attempt to invoke a function, so that it can be counted as AWS/Lambda counts it."""

from dataclasses import dataclass, field
from typing import Protocol

from patchbay.simulator.functions import FunctionName


@dataclass(frozen=True)
class Sample:
    """One attempt."""

    function: FunctionName
    version: str
    """The version that the alias chose; a throttled attempt never met it."""
    split: bool
    """The alias led to more than one version; only then does AWS/Lambda have metrics per version."""
    status: int | None
    duration_ms: int
    error: bool
    """The function ran and failed: AWS/Lambda Errors."""
    throttled: bool
    """Lambda refused for want of concurrency: AWS/Lambda Throttles, and no invocation."""


class Observer(Protocol):
    """Counts attempts."""

    def invoked(self, sample: Sample) -> None:
        """Called once per attempt that reached Lambda, in order."""


@dataclass
class Samples:
    """An observer that keeps everything."""

    samples: list[Sample] = field(default_factory=list)

    def invoked(self, sample: Sample) -> None:
        """Keeps it."""
        self.samples.append(sample)
