"""What a tally keeps of the evidence, and what it does not depend on."""

import json
import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from release_rule.baseline import Baseline, bad_rate
from release_rule.counts import Counts, Period
from release_rule.hypotheses import against_stable, pairs
from release_rule.rule import Tally, begin, fold, retreat
from tests.stacks.kit.release_rule.evidence import baselines, folded, periods, split_weights


@given(baselines, st.lists(periods, max_size=8))
def test_a_tally_survives_json_exactly(baseline: Baseline, seen: list[Period]) -> None:
    tally = folded(baseline, seen)

    assert Tally.of(json.loads(json.dumps(tally.as_dict()))) == tally


@given(baselines, st.lists(periods, max_size=8), periods, periods)
def test_how_time_is_cut_makes_no_difference(
    baseline: Baseline, before: list[Period], first: Period, second: Period
) -> None:
    second = Period(first.weight, second.candidate, second.stable)
    whole = Period(first.weight, first.candidate + second.candidate, first.stable + second.stable)
    tally = folded(baseline, before)

    in_two, at_once = fold(fold(tally, first), second), fold(tally, whole)

    assert in_two.relative == pytest.approx(at_once.relative, rel=1e-9, abs=1e-9)
    assert (in_two.seen, in_two.failed) == (at_once.seen, at_once.failed)


@given(baselines, split_weights, st.floats(0, 1))
def test_a_contact_gains_nothing_on_average_while_both_versions_fail_alike(
    baseline: Baseline, weight: float, common: float
) -> None:
    for candidate, stable in against_stable(baseline.rate, baseline.bad, weight, weight):
        mean = sum(
            share * (common * math.exp(gain.failed) + (1 - common) * math.exp(gain.clean))
            for share, gain in ((weight, candidate), (1 - weight, stable))
        )
        assert mean == pytest.approx(1)


@given(baselines, split_weights, split_weights, st.floats(0, 1), st.floats(0, 1))
def test_nor_while_it_is_not_sure_which_weight_it_met(
    baseline: Baseline, one: float, other: float, met: float, common: float
) -> None:
    low, high = sorted((one, other))
    weight = low + met * (high - low)

    for candidate, stable in against_stable(baseline.rate, baseline.bad, low, high):
        mean = sum(
            share * (common * math.exp(gain.failed) + (1 - common) * math.exp(gain.clean))
            for share, gain in ((weight, candidate), (1 - weight, stable))
        )
        assert mean <= 1 + 1e-9


@pytest.mark.parametrize("weight", [0.0, 1.0])
def test_without_a_split_nothing_is_compared_but_the_candidate_is_judged(weight: float) -> None:
    tally = begin(Baseline(0.01, 0.1, 5000))

    folded = fold(tally, Period(weight, Counts(3, 2), Counts(5, 1)))

    assert folded.relative == tally.relative
    assert (folded.seen, folded.failed) == (3, 2)


def test_a_period_without_contacts_changes_nothing() -> None:
    tally = folded(Baseline(0.01, 0.1, 5000), [Period(0.25, Counts(3, 1), Counts(9))])

    assert fold(tally, Period(0.25, Counts(), Counts())) == tally


def test_a_retreat_keeps_the_comparison_with_stable_only() -> None:
    tally = folded(Baseline(0.01, 0.1, 5000), [Period(0.25, Counts(3, 3), Counts(9, 3))])

    assert retreat(tally).relative == tally.relative
    assert retreat(tally).log_pass == retreat(tally).log_over_history == 0
    assert retreat(tally).seen == 0


@given(st.floats(0.005, 0.5))
def test_every_pair_makes_the_candidate_the_worse_version(rate: float) -> None:
    found = pairs(rate, bad_rate(rate))

    assert all(pair.stable < pair.candidate < 1 for pair in found)
    assert sum(pair.share for pair in found) == pytest.approx(1)


def test_more_failures_than_contacts_are_refused() -> None:
    with pytest.raises(ValueError, match="3 failed of 2 contacts"):
        Counts(2, 3)
