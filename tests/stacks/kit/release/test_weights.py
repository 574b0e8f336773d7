"""Which weight an attempt met."""

from hypothesis import given
from hypothesis import strategies as st

from release.evidence import Sample
from release.weights import Pair, Stretch, extended, periods
from release_rule.counts import Counts, Period

PAIR = Pair("2", "1")
STRETCHES = (Stretch(0, 10, 0.1), Stretch(100, 110, 0.5))


def sample(at: float, version: str = "2", failed: bool = False) -> Sample:
    return Sample(version, at, failed)


def test_contacts_are_counted_with_the_weight_in_force_when_they_began() -> None:
    samples = [sample(20, "1"), sample(30, failed=True), sample(99.9), sample(110), sample(300, "1", True)]

    assert periods(samples, STRETCHES, PAIR) == (
        Period(0.1, Counts(2, 1), Counts(1, 0)),
        Period(0.5, Counts(1, 0), Counts(1, 1)),
    )


def test_contacts_whose_weight_is_not_sure_are_a_period_with_both_weights() -> None:
    assert periods([sample(-1), sample(5), sample(100), sample(109)], STRETCHES, PAIR) == (
        Period(0.1, Counts(1, 0), Counts(), 0.0),
        Period(0.5, Counts(2, 0), Counts(), 0.1),
    )


def test_other_versions_are_left_out() -> None:
    assert periods([sample(20, "3"), sample(20, "$LATEST")], STRETCHES, PAIR) == ()


def test_two_stretches_of_one_weight_are_one_period() -> None:
    stretches = (*STRETCHES, Stretch(200, 210, 0.1))

    assert periods([sample(20), sample(220)], stretches, PAIR) == (Period(0.1, Counts(2, 0), Counts()),)


def test_a_stretch_is_forgotten_when_nothing_in_it_is_still_to_be_counted() -> None:
    assert extended(STRETCHES, 0.25, 200, 210, cursor=150) == (STRETCHES[1], Stretch(200, 210, 0.25))
    assert extended(STRETCHES, 0.25, 200, 210, cursor=50) == (*STRETCHES, Stretch(200, 210, 0.25))


@given(
    st.lists(st.floats(0, 1000), max_size=30).map(sorted),
    st.lists(st.floats(0, 1000), max_size=4).map(sorted),
)
def test_each_contact_is_counted_at_most_once_and_never_at_another_weight(
    begun: list[float], moves: list[float]
) -> None:
    stretches: tuple[Stretch, ...] = (Stretch(0, 0, 0.05),)
    for number, at in enumerate(moves):
        stretches = extended(stretches, 0.1 + number / 10, at, at + 10, cursor=0)

    found = periods([sample(at) for at in begun], stretches, PAIR)

    assert sum(period.candidate.seen for period in found) == len(begun)
    for period in found:
        place = round((period.weight - 0.1) * 10) if period.weight > 0.05 else -1
        since = moves[place] if place >= 0 else 0
        assert period.candidate.seen <= sum(at >= since for at in begun)
