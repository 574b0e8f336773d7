"""How long a release will still take."""

from dataclasses import replace

from live_alias.progress import Phase, Progress
from patchbay.releases.expect import seconds_left
from release.settings import Settings
from release.state import State
from release.weights import Stretch
from release_rule.baseline import baseline
from release_rule.counts import Counts, Period
from release_rule.rule import begin, fold

SETTINGS = Settings("tutorial", "generated", 3)
KNOWN = baseline(Counts(2000, 12))
SHIFT = Progress(Phase.SHIFT, 0)


def state(seen: int, failed: int = 0, calls: float = 2.0) -> State:
    tally = fold(begin(KNOWN), Period(0.25, Counts(seen, failed), Counts(3 * seen, 0)))
    return State(stretches=(Stretch(0, 0, 0.25),), calls_per_period=calls, baseline=KNOWN, tally=tally)


def left(state: State, progress: Progress = SHIFT, now: float = 0.0) -> float:
    found = seconds_left(progress, state, SETTINGS, now)
    assert found is not None
    return found


def test_every_clean_contact_makes_it_shorter_and_every_failure_longer() -> None:
    assert left(state(5)) > left(state(15)) > left(state(25))
    assert left(state(15, 1)) > left(state(15))


def test_more_calls_make_it_shorter() -> None:
    assert left(state(5, calls=10)) < left(state(5, calls=2)) < left(state(5, calls=0.5))


def test_once_all_contacts_are_seen_only_the_last_look_is_left() -> None:
    assert left(state(60)) == SETTINGS.settle_seconds + SETTINGS.period_seconds / 2


def test_without_calls_nobody_can_say() -> None:
    assert seconds_left(SHIFT, state(5, calls=0.0), SETTINGS, 0) is None


def test_a_pause_has_no_end() -> None:
    assert seconds_left(replace(SHIFT, paused=True), state(5), SETTINGS, 0) is None


def test_the_watch_ends_by_the_clock() -> None:
    watching = replace(state(60), promoted=1000.0)
    assert left(watching, Progress(Phase.WATCH, 0), now=4600) == 23 * 3600
    assert left(watching, Progress(Phase.WATCH, 0), now=10**6) == 0
