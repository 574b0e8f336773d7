"""Several reads at once."""

import threading

import pytest

from patchbay.live.crowd import Crowd, Job


def test_no_more_run_at_once_than_allowed() -> None:
    running, most, lock = 0, 0, threading.Lock()

    def work() -> None:
        nonlocal running, most
        with lock:
            running += 1
            most = max(most, running)
        threading.Event().wait(0.002)
        with lock:
            running -= 1

    Crowd(3).run([Job("one", work) for _ in range(30)])
    assert most == 3


def test_a_job_may_wait_for_one_that_is_begun_before_it() -> None:
    first = Job("first", lambda: 1)
    second = Job("second", lambda: first.result + 1)
    Crowd(1).run([first, second])
    assert second.result == 2


def test_a_mistake_in_a_job_is_raised_where_it_is_waited_for() -> None:
    with pytest.raises(ZeroDivisionError):
        Crowd(1).run([Job("broken", lambda: 1 / 0)])


def test_after_an_interruption_no_further_job_is_begun() -> None:
    begun = []
    go = threading.Event()

    def interrupt(*_: object) -> None:
        raise KeyboardInterrupt

    def work() -> None:
        begun.append(1)
        if len(begun) > 1:
            go.wait(5)

    with pytest.raises(KeyboardInterrupt):
        Crowd(1, interrupt).run([Job("one", work) for _ in range(50)])
    go.set()
    assert len(begun) <= 2


def test_nothing_to_do_is_done_at_once() -> None:
    Crowd(4).run([])
