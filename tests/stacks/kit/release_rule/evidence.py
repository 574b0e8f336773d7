"""Generated evidence, and what is made of it."""

from collections.abc import Iterable

from hypothesis import strategies as st

from release_rule.baseline import Baseline, baseline
from release_rule.counts import Counts, Period
from release_rule.rule import Tally, begin, fold

ONE_PERCENT = Baseline(0.01, 0.1, 5000)


def _history(numbers: tuple[int, float]) -> Counts:
    seen, share = numbers
    return Counts(seen, int(seen * share))


def _counts(numbers: tuple[int, float]) -> Counts:
    return _history(numbers)


histories = st.tuples(st.integers(0, 5000), st.one_of(st.floats(0, 0.06), st.floats(0, 1))).map(_history)
baselines = histories.map(baseline)
counts = st.tuples(st.integers(0, 12), st.sampled_from((0.0, 0.0, 0.1, 0.3, 1.0))).map(_counts)
split_weights = st.one_of(st.sampled_from((0.05, 0.1, 0.25, 0.5)), st.floats(0.01, 0.99))
periods = st.builds(Period, split_weights, counts, counts)

# Far more clean contacts on stable than the candidate has met: alone they take the comparison past its bound.
split_in_vain = st.builds(
    Period,
    split_weights,
    st.tuples(st.integers(0, 4), st.just(0.0)).map(_counts),
    st.integers(0, 10_000).map(Counts),
)


def folded(start: Baseline, evidence: Iterable[Period]) -> Tally:
    """A release that has seen `evidence`."""
    tally = begin(start)
    for period in evidence:
        tally = fold(tally, period)
    return tally
