"""What counts of a contact: the evidence unit of a release."""

from hypothesis import given
from hypothesis import strategies as st

from release.contacts import callers, samples
from release.evidence import Attempt, Sample


def of(contact: str | None, *outcomes: bool | None, version: str = "8", at: float = 0.0) -> list[Attempt]:
    """Attempts a second apart; True failed."""
    return [Attempt(contact, version, at + number, failed) for number, failed in enumerate(outcomes)]


def told(attempts: list[Attempt]) -> list[bool]:
    return [sample.failed for sample in samples(attempts)]


def test_a_contact_counts_once_when_all_goes_well() -> None:
    assert told(of("a", False, False, False)) == [False]


def test_connects_retries_of_a_failure_do_not_count() -> None:
    assert told(of("a", True, True, True, False)) == [True]


def test_a_first_failure_after_a_success_counts_too() -> None:
    assert told(of("a", False, False, True, True)) == [False, True]


def test_each_contact_counts_for_itself() -> None:
    assert told([*of("a", True, True), *of("b", False, at=5), *of("c", True, at=9)]) == [True, False, True]


def test_the_sample_carries_the_version_and_time_of_its_attempt() -> None:
    attempts = [*of("a", False, version="7"), *of("a", True, version="8", at=3)]
    assert samples(attempts) == (Sample("7", 0, failed=False), Sample("8", 3, failed=True))


def test_what_has_not_settled_does_not_count() -> None:
    assert told(of("a", None)) == []


def test_failures_without_a_contact_are_one_contact_for_as_long_as_one_block_retries() -> None:
    assert told(of(None, True, True, True, True)) == [True]
    assert told([*of(None, True), *of(None, True, at=8)]) == [True, True]


def test_failures_without_a_contact_on_two_versions_are_two() -> None:
    assert told([*of(None, True, version="7"), *of(None, True, version="8")]) == [True, True]


def test_a_success_without_a_contact_is_no_evidence() -> None:
    assert told(of(None, False)) == []


def test_warm_up_is_no_caller() -> None:
    assert callers([*of("warm-up-1", True), *of("a", False), *of(None, True)]) == (
        *of("a", False),
        *of(None, True),
    )


ATTEMPTS = st.lists(
    st.builds(
        Attempt,
        contact=st.sampled_from(["a", "b", "c"]),
        version=st.sampled_from(["7", "8"]),
        started=st.integers(0, 10**6).map(float),
        failed=st.booleans(),
    ),
    unique_by=lambda attempt: attempt.started,
)


@given(ATTEMPTS)
def test_a_contact_counts_at_most_twice_and_fails_at_most_once(attempts: list[Attempt]) -> None:
    for contact in "abc":
        found = told([attempt for attempt in attempts if attempt.contact == contact])
        assert found in ([], [False], [True], [False, True])


@given(ATTEMPTS)
def test_what_counts_does_not_depend_on_the_versions(attempts: list[Attempt]) -> None:
    other = {"7": "8", "8": "7"}
    swapped = [Attempt(one.contact, other[one.version], one.started, one.failed) for one in attempts]
    counted = [(sample.started, sample.failed) for sample in samples(attempts)]
    assert counted == [(sample.started, sample.failed) for sample in samples(swapped)]


@given(ATTEMPTS, st.floats(0, 10**6))
def test_reading_in_two_parts_counts_the_same(attempts: list[Attempt], cut: float) -> None:
    whole = samples(attempts)
    before = samples([attempt for attempt in attempts if attempt.started < cut])
    assert before == tuple(sample for sample in whole if sample.started < cut)
