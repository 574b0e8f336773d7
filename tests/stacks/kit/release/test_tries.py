"""Immediate attempts, with a moment between them where Lambda throttles."""

import pytest
from botocore.exceptions import ClientError

from live_alias.errors import DecideAnewError
from release.tries import ATTEMPTS, PAUSE_SECONDS, tried


class Lambda:
    """Fails so often, with an error of that code."""

    def __init__(self, code: str, times: int) -> None:
        self.code, self.times, self.asked = code, times, 0
        self.slept: list[float] = []

    def answer(self) -> str:
        self.asked += 1
        if self.asked <= self.times:
            error = ClientError({"Error": {"Code": self.code, "Message": ""}}, "GetAlias")
            raise DecideAnewError(self.code) from error
        return "done"

    def tried(self) -> str:
        return tried(self.answer, self.slept.append, lambda: 0.5)


def test_a_throttled_attempt_is_repeated_after_a_growing_moment() -> None:
    throttled = Lambda("TooManyRequestsException", 3)

    assert throttled.tried() == "done"

    assert throttled.slept == [PAUSE_SECONDS * share for share in (0.75, 1.5, 3.0)]


def test_an_alias_that_changed_meanwhile_is_read_again_at_once() -> None:
    changed = Lambda("PreconditionFailedException", 3)

    assert (changed.tried(), changed.slept) == ("done", [])


def test_the_last_attempt_fails_in_its_own_words() -> None:
    throttled = Lambda("TooManyRequestsException", ATTEMPTS)

    with pytest.raises(DecideAnewError, match="TooManyRequests"):
        throttled.tried()

    assert (throttled.asked, len(throttled.slept)) == (ATTEMPTS, ATTEMPTS - 1)
