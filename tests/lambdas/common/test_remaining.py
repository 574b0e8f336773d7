"""The time that is left of an invocation."""

import contextvars
import time
from types import SimpleNamespace

import pytest

from common import remaining
from common.event import ContactEvent
from common.handler import contact_handler
from tests.lambdas.invocations import contact_event


def context(milliseconds: int) -> object:
    return SimpleNamespace(get_remaining_time_in_millis=lambda: milliseconds)


def test_it_counts_down_from_what_the_context_tells(monkeypatch: pytest.MonkeyPatch) -> None:
    now = 100.0
    monkeypatch.setattr(time, "monotonic", lambda: now)
    remaining.begin(context(5000))
    assert remaining.seconds() == 5
    now = 104.0
    assert remaining.seconds() == 1
    now = 106.0
    assert remaining.seconds() == 0


@pytest.mark.parametrize("bare", [None, object(), SimpleNamespace(get_remaining_time_in_millis=None)])
def test_a_context_that_does_not_tell_has_lambdas_default_timeout(bare: object) -> None:
    remaining.begin(bare)
    assert 2.5 < remaining.seconds() <= remaining.UNKNOWN_SECONDS


def test_outside_of_an_invocation_it_is_the_default_too() -> None:
    assert contextvars.Context().run(remaining.seconds) == remaining.UNKNOWN_SECONDS


def test_a_contact_handler_begins_it() -> None:
    seen: list[float] = []

    @contact_handler
    def handler(event: ContactEvent) -> dict[str, object]:
        seen.append(remaining.seconds())
        return {}

    handler(contact_event(), context(7000))
    assert 6.5 < seen[0] <= 7
