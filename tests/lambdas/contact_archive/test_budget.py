"""Retries that the remaining time can hold."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from contact_archive.budget import (
    ANSWER_SECONDS,
    ATTEMPT_SECONDS,
    PAUSE_SECONDS,
    Budget,
    OutOfTime,
    Temporary,
)


class Invocation:
    """A clock that attempts and pauses move on."""

    def __init__(self, left: float, attempt_takes: float = 0, fails: int = 99) -> None:
        self.left, self.attempt_takes, self.fails = left, attempt_takes, fails
        self.attempts = 0
        self.pauses: list[float] = []

    def budget(self, retries: int) -> Budget:
        return Budget(retries, lambda: self.left, self.wait)

    def wait(self, seconds: float) -> None:
        self.pauses.append(seconds)
        self.left -= seconds

    def call(self) -> str:
        self.attempts += 1
        self.left -= self.attempt_takes
        if self.attempts <= self.fails:
            raise Temporary("x")
        return "done"


def test_a_call_that_succeeds_is_made_once() -> None:
    invocation = Invocation(5, fails=0)
    assert invocation.budget(3).run(invocation.call) == "done"
    assert (invocation.attempts, invocation.pauses) == (1, [])


def test_a_call_that_fails_for_a_moment_is_tried_again_after_a_pause() -> None:
    invocation = Invocation(5, fails=2)
    assert invocation.budget(3).run(invocation.call) == "done"
    assert invocation.attempts == 3
    assert [pause <= PAUSE_SECONDS * 2**number for number, pause in enumerate(invocation.pauses)] == [
        True,
        True,
    ]


@pytest.mark.parametrize(("retries", "attempts"), [(3, 4), (1, 2), (0, 1), (-1, 1)])
def test_there_are_no_more_retries_than_allowed(retries: int, attempts: int) -> None:
    invocation = Invocation(60)
    with pytest.raises(Temporary):
        invocation.budget(retries).run(invocation.call)
    assert invocation.attempts == attempts


def test_two_calls_share_the_retries() -> None:
    first, second = Invocation(60, fails=2), Invocation(60)
    budget = first.budget(3)
    budget.run(first.call)
    with pytest.raises(Temporary):
        budget.run(second.call)
    assert (first.attempts, second.attempts) == (3, 2)


def test_another_error_is_not_tried_again() -> None:
    invocation = Invocation(60)

    def call() -> None:
        invocation.attempts += 1
        raise KeyError

    with pytest.raises(KeyError):
        invocation.budget(3).run(call)
    assert invocation.attempts == 1


@settings(max_examples=100, deadline=None)
@given(left=st.floats(0, 8), took=st.floats(0, ATTEMPT_SECONDS), retries=st.integers(0, 9))
def test_whatever_fails_there_is_time_left_for_the_answer(left: float, took: float, retries: int) -> None:
    invocation = Invocation(left, took)
    with pytest.raises((Temporary, OutOfTime)):
        invocation.budget(retries).run(invocation.call)
    assert invocation.attempts == 0 or invocation.left >= ANSWER_SECONDS - PAUSE_SECONDS * 2**retries
    if left < ATTEMPT_SECONDS + ANSWER_SECONDS:
        assert invocation.attempts == 0
