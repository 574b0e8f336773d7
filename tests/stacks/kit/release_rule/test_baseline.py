"""What the stable version's history allows."""

import pytest

from release_rule.baseline import baseline
from release_rule.counts import Counts


def test_the_rate_is_the_estimate_plus_one_standard_error() -> None:
    known = baseline(Counts(2000, 40))

    assert known.rate == pytest.approx(0.02338, abs=1e-5)
    assert known.contacts == 2000


@pytest.mark.parametrize("failed", [0, 5])
def test_a_version_that_never_failed_may_fail_half_a_percent(failed: int) -> None:
    assert baseline(Counts(5000, 0)).rate == 0.005


@pytest.mark.parametrize("history", [Counts(), Counts(199, 0), Counts(199, 150)])
def test_with_little_history_one_percent_is_allowed(history: Counts) -> None:
    assert baseline(history).rate == 0.01


def test_a_version_that_fails_more_often_than_not_allows_no_more_than_half() -> None:
    assert baseline(Counts(1000, 990)).rate == 0.5


@pytest.mark.parametrize(("rate", "bad"), [(0.005, 0.10), (0.02, 0.10), (0.05, 0.208), (0.2, 0.556)])
def test_bad_is_ten_percent_or_five_times_the_odds(rate: float, bad: float) -> None:
    known = baseline(Counts(10_000_000, int(rate * 10_000_000)))

    assert known.bad == pytest.approx(bad, abs=1e-3)
