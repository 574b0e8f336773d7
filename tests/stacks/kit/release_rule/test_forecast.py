"""What a release needs, told before it starts."""

import pytest

from release_rule.baseline import Baseline, bad_rate
from release_rule.forecast import forecast


def known(rate: float) -> Baseline:
    return Baseline(rate, bad_rate(rate), 5000)


@pytest.mark.parametrize(("rate", "contacts"), [(0.01, 32), (0.02, 36), (0.05, 17)])
def test_so_many_clean_contacts_pass(rate: float, contacts: int) -> None:
    assert forecast(known(rate), 120).contacts == contacts


@pytest.mark.parametrize(("calls", "hours"), [(30, 2.75), (120, 0.78), (600, 0.53)])
def test_the_hours_are_those_that_the_benchmark_measures(calls: float, hours: float) -> None:
    """`python -m benchmarks.release_rules --rules 9w --table false`, median of good releases."""
    expected = forecast(known(0.01), calls)

    assert expected.hours is not None
    assert expected.hours == pytest.approx(hours, rel=0.1)
    assert expected.calls == pytest.approx(expected.hours * calls, abs=1)


def test_without_calls_it_never_ends() -> None:
    never = forecast(known(0.01), 0)

    assert never.hours is None
    assert never.calls == 0


@pytest.mark.parametrize("rate", [0.005, 0.05, 0.2, 0.5])
def test_the_fewer_calls_the_longer_it_takes(rate: float) -> None:
    hours = [forecast(known(rate), calls).hours or 0 for calls in (0.5, 2, 30, 120, 600, 6000)]

    assert hours == sorted(hours, reverse=True)
    assert hours[-1] > 0


def test_it_says_what_it_can_see_at_all() -> None:
    assert forecast(known(0.01), 30).visible_rate == 0.10
    assert forecast(known(0.05), 30).visible_rate == pytest.approx(0.208, abs=1e-3)


def test_shorter_periods_make_it_shorter() -> None:
    slow, fast = forecast(known(0.01), 36_000, 60), forecast(known(0.01), 36_000, 1)

    assert (fast.hours or 0) < (slow.hours or 0)
    assert fast.calls < slow.calls
