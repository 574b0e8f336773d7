"""The tests keep their nominal error rates, judged after every single contact."""

import pytest

from release_rule.baseline import Baseline, bad_rate
from release_rule.rule import Verdict
from tests.stacks.kit.release_rule.evidence import ONE_PERCENT
from tests.stacks.kit.release_rule.releases import ends, share_of


@pytest.mark.parametrize("rate", [0.005, 0.01, 0.02, 0.05])
def test_a_good_candidate_is_rarely_rolled_back(rate: float) -> None:
    ended = ends(Baseline(rate, bad_rate(rate), 5000), rate, rate)

    # 1 % by the history test and 1 % by the comparison.
    assert share_of(Verdict.FAIL, ended) <= 0.02
    assert share_of(Verdict.PASS, ended) >= 0.98


@pytest.mark.parametrize("tripled", [0.015, 0.03, 0.15])
def test_nor_when_both_fail_three_times_as_often_as_the_history_says(tripled: float) -> None:
    rate = tripled / 3

    # Only the comparison holds then: 10 % at most by Ville; the benchmark measures 1 to 3 %.
    assert share_of(Verdict.FAIL, ends(Baseline(rate, bad_rate(rate), 5000), tripled, tripled)) <= 0.1


def test_nor_in_an_outage_of_both_versions() -> None:
    ended = ends(ONE_PERCENT, 0.01, 0.01, outage=(40, 80))

    assert share_of(Verdict.FAIL, ended) <= 0.04
    assert share_of(Verdict.PASS, ended) >= 0.96


@pytest.mark.parametrize("candidate", [0.25, 0.5, 1.0])
def test_a_candidate_that_fails_a_quarter_or_more_is_always_found(candidate: float) -> None:
    assert set(ends(ONE_PERCENT, 0.01, candidate)) == {Verdict.FAIL}


def test_one_at_the_bad_rate_is_missed_in_one_of_twenty_at_most() -> None:
    ended = ends(ONE_PERCENT, 0.01, ONE_PERCENT.bad)

    # 5 % nominal; retreats add to it, since they begin the history test anew.
    assert share_of(Verdict.PASS, ended) <= 0.13
