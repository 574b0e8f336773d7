"""What one stuck release costs the tests that come after it: the time of one wait, not of each."""

import time
from pathlib import Path
from typing import Any, cast

import pytest

from tests.e2e.releases import conftest
from tests.e2e.releases.conftest import Releases


@pytest.fixture
def waiting(monkeypatch: pytest.MonkeyPatch) -> Releases:
    """Nothing is deployed, and the first wait is as short as the later ones are."""
    monkeypatch.setattr(conftest, "PATIENCE_SECONDS", 0.3)
    monkeypatch.setattr(conftest, "PATIENCE_AFTERWARDS_SECONDS", 0.1)
    return Releases(cast(Any, None), {}, {}, Path())


def stuck(waiting: Releases, what: str) -> float:
    """How long a wait for it takes that is in vain."""
    began = time.monotonic()
    with pytest.raises(pytest.fail.Exception, match=what):
        waiting.until(lambda: False, what)
    return time.monotonic() - began


def test_what_was_waited_for_in_vain_fails_at_once_the_next_time(waiting: Releases) -> None:
    assert stuck(waiting, "a verdict on good") > 0.3
    assert stuck(waiting, "a verdict on good") < 0.2


def test_a_release_that_came_to_its_end_after_all_is_no_failure(waiting: Releases) -> None:
    stuck(waiting, "a verdict on good")
    waiting.until(lambda: True, "a verdict on good")


def test_after_a_wait_in_vain_everything_else_has_to_come_soon_and_the_message_names_both(
    waiting: Releases,
) -> None:
    stuck(waiting, "a verdict on good")
    with pytest.raises(pytest.fail.Exception, match=r"on raises \(waited for in vain before: .* on good\)"):
        waiting.until(lambda: False, "a verdict on raises")
    assert waiting.in_vain == ["a verdict on good", "a verdict on raises"]


def test_what_comes_late_within_its_time_is_waited_for(waiting: Releases) -> None:
    soon = time.monotonic() + 0.05
    waiting.until(lambda: time.monotonic() > soon, "a verdict on good")
    assert waiting.in_vain == []
