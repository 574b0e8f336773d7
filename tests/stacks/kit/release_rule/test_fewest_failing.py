"""However many clean contacts stable has, nothing speaks against a candidate without failed contacts."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from release_rule.baseline import Baseline
from release_rule.counts import Counts, Period
from release_rule.rule import Tally, Verdict, fold, judge, odds, retreat
from release_rule.verdict import LOG_OVER
from tests.stacks.kit.release_rule.evidence import (
    ONE_PERCENT,
    baselines,
    folded,
    split_in_vain,
    split_weights,
)

AGAINST = (Verdict.RETREAT, Verdict.FAIL)
ORDER = [Verdict.PASS, Verdict.CONTINUE, *AGAINST]
FAILURE, SUCCESS, NONE = Counts(1, 1), Counts(1), Counts()
many_in_vain = st.lists(split_in_vain, min_size=1, max_size=4)


def in_vain(failed: int = 0) -> Tally:
    """At a weight of a half the candidate met `failed` contacts only, and stable 10,000 clean ones."""
    return folded(ONE_PERCENT, [Period(0.5, Counts(failed, failed), Counts(10_000))])


@pytest.mark.parametrize("failed", [0, 1])
def test_a_split_without_effect_is_not_blamed_on_the_candidate(failed: int) -> None:
    assert in_vain(failed).log_over_stable > LOG_OVER
    assert judge(in_vain(failed)) is Verdict.CONTINUE
    assert odds(in_vain(failed)).worse_than_stable == 0


def test_with_the_second_failed_contact_it_is() -> None:
    assert judge(in_vain(failed=2)) is Verdict.FAIL


def test_a_retreat_counts_failed_contacts_anew() -> None:
    again = retreat(in_vain(failed=2))

    assert judge(fold(again, Period(0.5, FAILURE, NONE))) is Verdict.CONTINUE
    assert judge(fold(again, Period(0.5, Counts(2, 2), NONE))) is Verdict.FAIL


@given(baselines, many_in_vain, st.integers(0, 1), split_weights)
def test_fewer_than_two_failed_contacts_never_end_a_release_badly(
    start: Baseline, seen: list[Period], failed: int, weight: float
) -> None:
    assert judge(folded(start, [*seen, Period(weight, Counts(failed, failed), NONE)])) not in AGAINST


@given(baselines, many_in_vain, st.integers(0, 3), split_weights)
def test_nor_does_the_guard_let_another_failure_improve_the_verdict_or_another_success_worsen_it(
    start: Baseline, seen: list[Period], failed: int, weight: float
) -> None:
    tally = folded(start, [*seen, Period(weight, Counts(failed, failed), NONE)])
    so_far = ORDER.index(judge(tally))

    assert ORDER.index(judge(fold(tally, Period(weight, FAILURE, NONE)))) >= so_far
    assert ORDER.index(judge(fold(tally, Period(weight, SUCCESS, NONE)))) <= so_far
