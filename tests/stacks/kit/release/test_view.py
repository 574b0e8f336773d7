"""The moves of a release, each one guarded write."""

from dataclasses import replace

import pytest

from live_alias.progress import ENDS, Phase, Progress
from live_alias.record import Record, Release, parse
from live_alias.routing import Routing
from live_alias.state import Alias, Snapshot
from release.view import View, view
from tests.stacks.kit.release.sim import Region

RECORD = Record("owner", "three", (Release("3", Routing("2"), "1"),), progress=Progress(Phase.SHIFT, 7))


def seen(
    routing: Routing, record: Record = RECORD, previous: str | None = "1", versions: str = "123"
) -> View:
    live = Alias(routing, record.description(), "revision")
    earlier = Alias(Routing(previous), "", "earlier") if previous else None
    found = view(Snapshot(live, earlier, frozenset(versions)))
    assert found
    return found


SPLIT = Routing.of("2", {"3": 0.25})


def test_candidate_stable_and_weight_are_read_off_the_alias() -> None:
    now = seen(SPLIT)

    assert (now.candidate, now.stable, now.weight, now.strangers) == ("3", "2", 0.25, False)


@pytest.mark.parametrize(
    ("versions", "previous", "stable"),
    [("13", "1", "1"), ("3", "1", None), ("13", None, None), ("13", "3", None)],
)
def test_where_the_recorded_stable_version_is_gone_previous_is_it(
    versions: str, previous: str | None, stable: str | None
) -> None:
    now = seen(Routing("3"), previous=previous, versions=versions)

    assert now.stable == stable
    assert now.can_split is (stable is not None)


def test_a_promotion_keeps_the_way_back_first() -> None:
    kept, moved = seen(SPLIT).promote("passed")

    assert (kept.name, kept.routing, kept.revision_id) == ("previous", Routing("2"), "earlier")
    assert (moved.name, moved.routing, moved.revision_id) == ("live", Routing("3"), "revision")


def test_a_promotion_with_the_way_back_in_place_is_one_write() -> None:
    assert len(seen(SPLIT, previous="2").promote("passed")) == 1


@pytest.mark.parametrize("phase", [Phase.BACK, Phase.STOP, Phase.START])
def test_every_way_back_is_one_write(phase: Phase) -> None:
    (write,) = seen(SPLIT).to_stable(phase, "because")

    record = parse(write.description)
    assert record
    assert record.progress == Progress(phase, 7, why="because")
    assert (write.routing, record.judged) == (Routing("2"), "three" if phase is Phase.BACK else "")


def test_a_pause_ends_with_the_release_but_not_with_a_retreat() -> None:
    paused = replace(RECORD, progress=Progress(Phase.SHIFT, 7, paused=True))

    def after(phase: Phase) -> bool:
        record = parse(seen(SPLIT, paused).to_stable(phase, "")[0].description)
        assert record
        assert record.progress
        return record.progress.paused

    assert after(Phase.START)
    assert not any(after(phase) for phase in ENDS)


@pytest.mark.parametrize(
    ("phase", "routing", "expected", "goes_on"),
    [
        (Phase.SHIFT, SPLIT, Routing("2"), Phase.START),
        (Phase.START, Routing("2"), Routing("2"), Phase.START),
        (Phase.WATCH, Routing("3"), Routing("3"), Phase.WATCH),
        (Phase.SHIFT, Routing("1"), Routing("1"), Phase.START),
        (Phase.SHIFT, Routing("3"), Routing("3"), Phase.START),
    ],
)
def test_a_restart_ends_its_own_split_and_leaves_what_a_hand_moved(
    phase: Phase, routing: Routing, expected: Routing, goes_on: Phase
) -> None:
    record = replace(RECORD, progress=Progress(phase, 7, paused=True))

    (write,) = seen(routing, record).restart(9, "died")

    after = parse(write.description)
    assert after
    assert (write.routing, after.progress) == (expected, Progress(goes_on, 9, paused=True, why="died"))


def test_an_alias_without_a_release_has_no_view() -> None:
    for description in ("", Record("owner").description(), replace(RECORD, progress=None).description()):
        assert view(Snapshot(Alias(SPLIT, description, "r"), None, frozenset("123"))) is None
    assert view(Snapshot(None, None, frozenset())) is None


@pytest.mark.parametrize("phase", ["start", "shift", "watch"])
def test_a_release_whose_controller_died_goes_on_after_the_sweep(region: Region, phase: str) -> None:
    candidate = region.reach(phase)
    for name in region.working():
        del region.executions[name]
        region.ends[name] = "failed"

    region.sweep()
    assert len(region.live[1]) == 0, "no split that nobody watches"
    assert region.working()
    region.until(Phase.DONE)

    assert (region.live, region.previous) == ((candidate, {}), "1")
