"""What an execution carries survives JSON, and another version of Patchbay."""

import json

from release.state import Move, State
from release.weights import Stretch
from release_rule.baseline import Baseline
from release_rule.counts import Counts, Period
from release_rule.rule import begin, fold
from release_rule.watch import begin_watch, fold_watch
from tests.stacks.kit.release.sim import Region

BASELINE = Baseline(0.01, 0.1, 2000)


def full() -> State:
    return State(
        ticked=1.5,
        ticks=3,
        stretches=(Stretch(1, 2, 0.1),),
        baseline=BASELINE,
        tally=fold(begin(BASELINE), Period(0.1, Counts(5, 1), Counts(40, 2))),
        watch=fold_watch(begin_watch(0.01), Counts(7, 1)),
        candidate=Counts(5, 1),
        attempts={"2": 5},
        moves=(Move(1, "shift", 0.1, "first callers"),),
    )


def test_a_state_survives_json_exactly() -> None:
    for state in (State(), full()):
        assert State.of(json.loads(json.dumps(state.as_dict()))) == state


def test_a_field_of_another_version_of_patchbay_is_ignored() -> None:
    assert State.of({**full().as_dict(), "mood": "good"}) == full()


def test_a_field_of_another_version_deeper_down_is_ignored_too() -> None:
    raw = full().as_dict()
    for key in ("candidate", "stable", "watched", "baseline"):
        raw[key] = {**raw[key], "mood": "good"}
    for key in ("moves", "stretches"):
        raw[key] = [{**one, "mood": "good"} for one in raw[key]]

    assert State.of(json.loads(json.dumps(raw))) == full()


def test_only_the_newest_moves_are_kept() -> None:
    state = State()
    for number in range(60):
        state = state.moved(number, "shift", 0.1, str(number))

    assert [move.why for move in state.moves] == [str(number) for number in range(20, 60)]


def test_the_input_of_a_step_stays_small(region: Region) -> None:
    region.reach("done")

    assert max(len(json.dumps(state)) for state in region.states) < 20_000
