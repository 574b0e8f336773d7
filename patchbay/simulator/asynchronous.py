"""Functions that run while the flow goes on: the execution mode asynchronous of the Invoke block.

The function runs in a thread, in real time. The call has a clock of its own, which is quicker: a prompt takes
no real time at pace 0. So a result counts as there only if the function took no longer than the call's clock
has moved since; to know that, the simulator waits in real time for as long as the call went on meanwhile.
"""

import threading
import time
from collections.abc import Callable
from concurrent.futures import Future
from concurrent.futures import TimeoutError as StillRunningError
from contextlib import suppress
from dataclasses import dataclass, field

from patchbay.simulator.functions import FunctionName
from patchbay.simulator.verdicts import Verdict

MOMENT_SECONDS = 0.05


@dataclass
class Running:
    """One invocation that the flow did not wait for."""

    function: FunctionName
    began_ms: int
    """On the clock of the call."""
    limit_ms: int
    """For all attempts together."""
    told: bool = False
    """The transcript has its outcome."""
    _began: float = field(default_factory=time.monotonic)
    _verdict: Future[Verdict] = field(default_factory=Future)

    @classmethod
    def start(
        cls, function: FunctionName, now_ms: int, limit_ms: int, run: Callable[[], Verdict]
    ) -> "Running":
        """Runs it in the background; a call that ends does not wait for it."""
        running = cls(function, now_ms, limit_ms)
        threading.Thread(target=running._run, args=(run,), daemon=True).start()
        return running

    def check(self) -> None:
        """Raises what stands for the function raises outright, such as a refusal to have effects.

        Waits a moment for that: nobody may ever ask for the result.
        """
        with suppress(StillRunningError):
            self._verdict.result(timeout=MOMENT_SECONDS)

    def by(self, at_ms: int) -> Verdict | None:
        """Its outcome by that moment on the clock of the call; None where it still runs then.

        Waits in real time as long as the call would have. Raises what the function's stand-in raised.
        """
        allowed_ms = min(at_ms - self.began_ms, self.limit_ms)
        really_left = self._began + allowed_ms / 1000 - time.monotonic()
        try:
            verdict = self._verdict.result(timeout=max(0.0, really_left))
        except StillRunningError:
            return None
        return verdict if verdict.duration_ms <= at_ms - self.began_ms else None

    def _run(self, run: Callable[[], Verdict]) -> None:
        try:
            self._verdict.set_result(run())
        except Exception as error:  # belongs to the call, which meets it when it asks for the result
            self._verdict.set_exception(error)
