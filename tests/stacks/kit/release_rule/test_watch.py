"""After promotion: a rise asks for a control again."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from release_rule.counts import Counts, Period
from release_rule.rule import Verdict, judge, weight
from release_rule.watch import (
    RESPLIT_WEIGHT,
    Watch,
    alarmed,
    begin_watch,
    fold_watch,
    promoted_again,
    split_again,
)
from tests.stacks.kit.release_rule.evidence import ONE_PERCENT, counts, folded

PROMOTED = folded(ONE_PERCENT, [Period(0.25, Counts(16), Counts(48)), Period(0.5, Counts(16), Counts(16))])


def after(*seen: Counts) -> Watch:
    watch = begin_watch(ONE_PERCENT.rate)
    for stretch in seen:
        watch = fold_watch(watch, stretch)
    return watch


@given(st.lists(counts, max_size=5), st.floats(0.005, 0.5))
def test_a_watch_survives_json_exactly(seen: list[Counts], rate: float) -> None:
    watch = Watch(rate, after(*seen).logs)

    assert Watch.of(json.loads(json.dumps(watch.as_dict()))) == watch


@given(st.lists(counts, max_size=5))
def test_another_failure_never_silences_the_alarm_and_another_success_never_raises_it(
    seen: list[Counts],
) -> None:
    assert alarmed(after(*seen)) <= alarmed(after(*seen, Counts(1, 1)))
    assert alarmed(after(*seen)) >= alarmed(after(*seen, Counts(1, 0)))


@pytest.mark.parametrize("rate", [0.005, 0.01, 0.05, 0.2, 0.5])
def test_what_the_history_allows_raises_no_alarm(rate: float) -> None:
    watch = begin_watch(rate)
    for _ in range(20):
        watch = fold_watch(watch, Counts(100, int(100 * rate)))

    assert not alarmed(watch)


@pytest.mark.parametrize("seen", [Counts(3, 3), Counts(20, 4), Counts(100, 8), Counts(400, 20)])
def test_a_rise_raises_the_alarm(seen: Counts) -> None:
    assert alarmed(after(seen))


@pytest.mark.parametrize("seen", [Counts(3, 3), Counts(20, 6), Counts(100, 12)])
def test_a_fault_that_begins_after_a_clean_day_raises_the_alarm_as_soon(seen: Counts) -> None:
    assert alarmed(after(*[Counts(10)] * 250, seen))


def test_a_look_without_contacts_changes_nothing() -> None:
    assert after(Counts(20, 2), Counts()) == after(Counts(20, 2))


def test_a_new_split_looks_more_closely_and_keeps_the_comparison() -> None:
    again = split_again(PROMOTED, after(Counts(20, 6)))

    assert judge(PROMOTED) is Verdict.PASS
    assert judge(again) is Verdict.CONTINUE
    assert again.relative == PROMOTED.relative
    assert again.bad == pytest.approx(0.0388, abs=1e-4)
    assert weight(again, 2.0, RESPLIT_WEIGHT) == RESPLIT_WEIGHT


def test_a_version_that_is_promoted_again_may_fail_twice_as_often() -> None:
    watch = promoted_again(after(Counts(20, 6)))

    assert watch == begin_watch(0.02)
    assert split_again(split_again(PROMOTED, after()), watch).bad == split_again(PROMOTED, after()).bad
