"""Several reads at once, on threads that hold nobody up: an interrupted command ends at once."""

import threading
from collections import deque
from collections.abc import Callable, Iterable
from concurrent.futures import Future
from queue import SimpleQueue
from typing import Any, Generic, TypeVar

T = TypeVar("T")

Progress = Callable[[int, int, str], None]
"""How many of how many are done, and what was done last. Called by the thread that waits."""


def silent(done: int, total: int, what: str) -> None:
    """For callers that show nothing."""


class Job(Generic[T]):
    """One read. A job may use the result of one that is begun before it."""

    def __init__(self, what: str, read: Callable[[], T]) -> None:
        self.what = what
        self._read = read
        self._result: Future[T] = Future()

    @property
    def result(self) -> T:
        """Waits for it. Raises what it ran into."""
        return self._result.result()

    def run(self) -> None:
        """Once."""
        try:
            self._result.set_result(self._read())
        except BaseException as error:
            self._result.set_exception(error)


class Crowd:
    """Threads that are daemons, because those of a ThreadPoolExecutor are waited for when Python exits."""

    def __init__(self, at_once: int, progress: Progress = silent) -> None:
        self._at_once = at_once
        self._progress = progress
        self._events: SimpleQueue[Job[Any] | str] = SimpleQueue()

    def news(self, what: str) -> None:
        """From a job that takes long: how far it is."""
        self._events.put(what)

    def run(self, jobs: Iterable[Job[Any]]) -> None:
        """Begins them in this order, returns when all are done. Raises what the first broken one ran into."""
        waiting = deque(jobs)
        total = len(waiting)
        for _ in range(min(self._at_once, total)):
            threading.Thread(target=self._work, args=(waiting,), daemon=True).start()
        try:
            self._wait(total)
        finally:
            waiting.clear()

    def _wait(self, total: int) -> None:
        done = 0
        while done < total:
            event = self._events.get()
            if isinstance(event, Job):
                done += 1
                event.result  # noqa: B018 - raises
            self._progress(done, total, event.what if isinstance(event, Job) else event)

    def _work(self, waiting: "deque[Job[Any]]") -> None:
        while True:
            try:
                job = waiting.popleft()
            except IndexError:
                return
            job.run()
            self._events.put(job)
