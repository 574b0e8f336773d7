"""Which share of the calls a candidate gets, from the volume and from what it has met."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from release_rule.counts import Counts, Period
from release_rule.rule import Tally, first_weight, weight
from tests.stacks.kit.release_rule.evidence import ONE_PERCENT, folded

AN_HOUR = 1 / 60


def after(seen: int) -> Tally:
    return folded(ONE_PERCENT, [Period(0.25, Counts(seen), Counts())])


@pytest.mark.parametrize(
    ("calls", "expected"), [(0, 0.25), (30, 0.25), (120, 0.15), (600, 0.05), (6000, 0.05)]
)
def test_the_first_weight_brings_about_one_contact_before_it_can_be_read(
    calls: float, expected: float
) -> None:
    assert first_weight(calls * AN_HOUR) == expected


def test_the_weight_grows_with_what_was_seen() -> None:
    assert [weight(after(seen), 600 * AN_HOUR, 0.05) for seen in (4, 5, 16, 34, 35)] == [
        0.05,
        0.1,
        0.25,
        0.25,
        0.5,
    ]


def test_half_of_the_calls_needs_five_contacts_however_few_calls_there_are() -> None:
    assert [weight(after(seen), 2 * AN_HOUR, 0.25) for seen in (4, 5)] == [0.25, 0.5]


@given(st.integers(0, 100), st.floats(0, 100), st.sampled_from((0.0, 0.05, 0.1, 0.25, 0.5)))
def test_the_weight_is_never_lowered_and_never_above_half(seen: int, calls: float, current: float) -> None:
    assert max(current, 0.05) <= weight(after(seen), calls, current) <= 0.5
