"""Callers for the embedded AWS: contacts that reach one function, one after the other, until it is enough."""

import contextlib
import random
import threading
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from types import TracebackType
from typing import Self

from botocore.exceptions import ConnectionClosedError

from patchbay.calls import Caller, Line
from patchbay.lambda_functions import LambdaFunctions
from patchbay.local.connect_service import LambdaMetrics
from patchbay.simulator.invoke import invoke
from patchbay.simulator.verdicts import Outcome

_JOIN_SECONDS = 30


@dataclass(frozen=True)
class Contact:
    """What one contact met."""

    version: str | None
    """Of the first attempt; None where Lambda ran nothing."""
    attempts: int
    outcome: Outcome


@dataclass
class Traffic:
    """Callers in a thread of their own, for the length of a `with` block."""

    line: Line
    function: str
    addresses: Sequence[str] = ("+14165550011",)
    parameters: Mapping[str, str] = field(default_factory=dict)
    pause_seconds: float = 0.0
    """Between two callers."""
    rng: random.Random = field(default_factory=random.Random)
    """Which version an attempt meets; seeded where a test wants the same every time."""
    contacts: list[Contact] = field(default_factory=list)

    def __enter__(self) -> Self:
        self._enough = threading.Event()
        self._broken: Exception | None = None
        self._thread = threading.Thread(target=self._run, daemon=True)
        self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, value: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._enough.set()
        self._thread.join(_JOIN_SECONDS)

    def failed(self) -> int:
        """Contacts that took the Error branch."""
        return sum(contact.outcome is not Outcome.SUCCESS for contact in self.contacts)

    def wait(self, contacts: int, seconds: float) -> None:
        """Until so many contacts more have been served. Raises TimeoutError."""
        enough, deadline = len(self.contacts) + contacts, time.monotonic() + seconds
        while len(self.contacts) < enough:
            self.check()
            if time.monotonic() > deadline:
                raise TimeoutError(f"{len(self.contacts)} of {enough} contacts after {seconds} s")
            time.sleep(0.02)

    def check(self) -> None:
        """Raises what ended the thread, as where the embedded AWS is gone."""
        if self._broken is not None:
            raise self._broken

    def _run(self) -> None:
        try:
            self._serve()
        except Exception as error:  # whoever looks next is told
            self._broken = error

    def _serve(self) -> None:
        functions = LambdaFunctions(self.line.aws, self.line.environment, allow_effects=True)
        metrics = LambdaMetrics(self.line.aws)
        while not self._enough.is_set():
            address = self.addresses[len(self.contacts) % len(self.addresses)]
            block = self.line.block(self.function, Caller(address=address), self.parameters)
            with contextlib.suppress(ConnectionClosedError):  # a caller whose line broke; the next one calls
                verdict = invoke(block, functions, self.rng, metrics)
                metrics.flush()
                first = verdict.attempts[0].version if verdict.attempts else None
                self.contacts.append(Contact(first, verdict.requests, verdict.outcome))
            self._enough.wait(self.pause_seconds)
