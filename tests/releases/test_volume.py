"""What a release needs and sees at a volume of calls."""

import pytest

from patchbay.releases.volume import Volume
from release_rule.counts import Counts


def volume(calls: float, max_hours: float = 24, history: Counts = Counts(2000, 12)) -> Volume:  # noqa: B008
    return Volume(history, calls, 60, max_hours, 24)


def test_without_calls_nothing_ever_ends() -> None:
    idle = volume(0)
    assert not idle.fits
    assert idle.forecast.hours is None


@pytest.mark.parametrize("max_hours", [1, 4, 24])
def test_the_calls_that_it_asks_for_are_enough_and_hardly_more(max_hours: float) -> None:
    needed = volume(0.1, max_hours).calls_needed
    assert needed is not None
    assert volume(needed, max_hours).fits
    assert not volume(needed * 0.95, max_hours).fits


def test_no_volume_makes_a_verdict_come_before_the_evidence_settles() -> None:
    assert volume(0.1, max_hours=0.05).calls_needed is None


def test_the_watch_sees_more_than_the_release_and_more_calls_see_more() -> None:
    rates = [volume(calls).visible_with_watch for calls in (1, 10, 30, 120, 600)]
    assert rates == sorted(rates, reverse=True)
    assert rates[0] == volume(1).forecast.visible_rate
    assert rates[-1] < 0.5 * volume(600).forecast.visible_rate


def test_it_never_claims_to_see_what_a_good_version_does() -> None:
    for calls in (30, 120, 600, 5000):
        seen = volume(calls)
        assert seen.visible_with_watch > 2 * seen.baseline.rate
