"""What the evidence must amount to, and that more failures never help."""

from hypothesis import given
from hypothesis import strategies as st

from release_rule.baseline import Baseline
from release_rule.counts import Counts, Period
from release_rule.rule import Verdict, begin, fold, judge, odds, retreat
from tests.stacks.kit.release_rule.evidence import ONE_PERCENT, baselines, folded, periods, split_weights

# From the best for the candidate to the worst.
ORDER = [Verdict.PASS, Verdict.CONTINUE, Verdict.RETREAT, Verdict.FAIL]
FAILURE = Counts(1, 1)
SUCCESS = Counts(1, 0)
NONE = Counts()


def badness(start: Baseline, evidence: list[Period]) -> int:
    return ORDER.index(judge(folded(start, evidence)))


def first_end(start: Baseline, evidence: list[Period]) -> tuple[Verdict, int]:
    """The first verdict that is not to go on, and after how many stretches."""
    for length in range(1, len(evidence) + 1):
        verdict = judge(folded(start, evidence[:length]))
        if verdict is not Verdict.CONTINUE:
            return verdict, length
    return Verdict.CONTINUE, len(evidence)


@given(baselines, st.lists(periods, max_size=8), split_weights)
def test_another_failure_never_improves_the_verdict(
    start: Baseline, seen: list[Period], weight: float
) -> None:
    assert badness(start, [*seen, Period(weight, FAILURE, NONE)]) >= badness(start, seen)


@given(baselines, st.lists(periods, max_size=8), split_weights)
def test_another_success_never_worsens_the_verdict(
    start: Baseline, seen: list[Period], weight: float
) -> None:
    assert badness(start, [*seen, Period(weight, SUCCESS, NONE)]) <= badness(start, seen)


@given(baselines, st.lists(periods, max_size=8), split_weights)
def test_another_failure_of_stable_never_speaks_against_the_candidate(
    start: Baseline, seen: list[Period], weight: float
) -> None:
    assert badness(start, [*seen, Period(weight, NONE, FAILURE)]) <= badness(start, seen)


@given(baselines, st.lists(periods, min_size=1, max_size=12), st.integers(0, 11))
def test_another_failure_never_lets_a_release_pass_earlier(
    start: Baseline, seen: list[Period], at: int
) -> None:
    """Up to a retreat, which begins the history test anew."""
    at = min(at, len(seen) - 1)
    worse = Period(seen[at].weight, seen[at].candidate + FAILURE, seen[at].stable)

    verdict, length = first_end(start, [*seen[:at], worse, *seen[at + 1 :]])

    if verdict is Verdict.PASS:
        before, before_length = first_end(start, seen)
        assert before is Verdict.PASS
        assert before_length <= length


@given(baselines)
def test_nothing_passes_unseen(start: Baseline) -> None:
    assert judge(begin(start)) is Verdict.CONTINUE
    assert judge(folded(start, [Period(0.5, NONE, Counts(10_000))])) is not Verdict.PASS


def test_a_clean_candidate_passes_with_the_last_contact_it_needs() -> None:
    one_short = folded(ONE_PERCENT, [Period(0.5, Counts(31), Counts(31))])

    assert judge(one_short) is Verdict.CONTINUE
    assert odds(one_short).needed == 1
    assert judge(fold(one_short, Period(0.5, SUCCESS, NONE))) is Verdict.PASS


def test_a_candidate_that_fails_every_call_is_out_after_two() -> None:
    assert judge(folded(ONE_PERCENT, [Period(0.1, Counts(2, 2), Counts(18))])) is Verdict.FAIL


def test_an_outage_of_both_versions_is_not_blamed_on_the_candidate() -> None:
    outage = folded(ONE_PERCENT, [Period(0.5, Counts(10, 3), Counts(10, 4))])

    assert judge(outage) is Verdict.RETREAT
    assert judge(retreat(outage)) is Verdict.CONTINUE


def test_a_version_that_is_only_worse_than_stable_is_out_too() -> None:
    """Its history allows 20 %, right now stable fails far less."""
    start = Baseline(0.2, 0.5555555555555556, 5000)

    assert judge(folded(start, [Period(0.5, Counts(40, 18), Counts(40, 0))])) is Verdict.FAIL


def test_the_distance_from_the_bounds_reaches_one_with_the_verdict() -> None:
    out = odds(folded(ONE_PERCENT, [Period(0.1, Counts(4, 4), Counts(36))]))
    passed = odds(folded(ONE_PERCENT, [Period(0.5, Counts(32), Counts(32))]))

    assert (out.passed, out.worse_than_history, out.worse_than_stable) == (0, 1, 1)
    assert (passed.passed, passed.worse_than_history, passed.worse_than_stable) == (1, 0, 0)
    assert passed.needed == 0
