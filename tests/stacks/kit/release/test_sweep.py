"""What no execution does: releases whose controller died, and old versions."""

import json

import pytest

from live_alias.progress import Phase, Progress
from live_alias.routing import Routing
from release.orphans import MOST_RESTARTS
from release.state import State
from release.sweep import SweepFailed, sweep
from tests.stacks.kit.aws import ServiceError
from tests.stacks.kit.release.account import PLACE, FakeFunction
from tests.stacks.kit.release.controller import Controller
from tests.stacks.kit.release.services import FUNCTION

SPLIT = Routing.of("1", {"2": 0.25})


@pytest.fixture
def controller() -> Controller:
    return Controller()


def swept(controller: Controller) -> str:
    """What the sweep says about the function."""
    return str(controller.answer({"sweep": [FUNCTION]})["sweep"][FUNCTION])


def die(controller: Controller, phase: Phase, routing: Routing, status: str = "FAILED") -> None:
    """The only execution of a release that had got so far."""
    run = controller.deploy()
    controller.recorded(Progress(phase, run.at), routing)
    controller.account.stop(run.name, status)
    controller.wait(60)


@pytest.mark.parametrize("status", ["FAILED", "TIMED_OUT", "ABORTED"])
@pytest.mark.parametrize("routing", [SPLIT, Routing("1")], ids=str)
def test_a_release_whose_execution_died_begins_again_without_callers(
    controller: Controller, routing: Routing, status: str
) -> None:
    die(controller, Phase.SHIFT if routing.weights else Phase.START, routing, status)

    swept(controller)

    assert controller.live == ("1", {})
    assert (controller.progress.phase, controller.progress.why) == (Phase.START, "its controller had died")
    (successor,) = controller.running
    assert successor["name"].endswith("-2")
    given = json.loads(successor["input"])
    assert State.of(given["state"]) == State().moved(
        controller.account.telemetry.now, "start", 0.0, "restarted: its controller had died"
    )
    assert given["settings"] == controller.settings | {"restarts": 1}


def test_a_watch_whose_execution_died_goes_on_with_callers_where_they_are(controller: Controller) -> None:
    die(controller, Phase.WATCH, Routing("2"))

    swept(controller)

    assert controller.live == ("2", {})
    assert controller.progress.phase is Phase.WATCH
    assert len(controller.running) == 1


def test_a_second_sweep_finds_nothing_to_do(controller: Controller) -> None:
    die(controller, Phase.SHIFT, SPLIT)
    swept(controller)
    before = controller.account.function.writes.copy()

    assert swept(controller) == "a release goes on"

    assert controller.account.function.writes == before
    assert len(controller.account.executions) == 2


def test_a_release_that_is_worked_on_is_left_alone(controller: Controller) -> None:
    controller.deploy()
    while not controller.split:
        controller.one_step()
    before = controller.live

    assert swept(controller) == "a release goes on"

    assert controller.live == before


def test_the_part_of_a_long_release_that_is_worked_on_is_found(controller: Controller) -> None:
    controller.settings["history_events"] = 15
    controller.deploy()
    controller.one_step()
    assert [one["status"] for one in controller.account.executions.values()] == ["SUCCEEDED", "RUNNING"]

    assert swept(controller) == "a release goes on"


def test_an_end_that_hands_over_has_time_to_do_so(controller: Controller) -> None:
    die(controller, Phase.SHIFT, SPLIT, "SUCCEEDED")
    assert swept(controller) == "its next execution is about to start"
    assert controller.split

    controller.wait(600)
    swept(controller)

    assert not controller.split
    assert len(controller.running) == 1


def test_a_release_that_has_just_begun_is_left_to_whoever_started_it(controller: Controller) -> None:
    controller.deploy(start=False)
    controller.wait(60)

    assert swept(controller) == "a release has just begun"

    assert controller.progress.phase is Phase.START


def test_a_release_whose_execution_was_never_started_ends_on_the_stable_version(
    controller: Controller,
) -> None:
    controller.deploy(start=False)
    controller.wait(301)

    swept(controller)

    assert controller.live == ("1", {})
    assert (controller.progress.phase, controller.progress.why) == (
        Phase.STOP,
        "its controller was never started",
    )
    assert controller.account.metrics == ["Stuck"]
    assert controller.account.news[-1]["phase"] == "stop"


def test_a_promotion_by_hand_whose_execution_was_never_started_keeps_its_callers(
    controller: Controller,
) -> None:
    run = controller.deploy(start=False)
    controller.recorded(Progress(Phase.WATCH, run.at, why="alarm is wrong"), Routing("2"))
    controller.wait(301)

    swept(controller)

    assert controller.live == ("2", {})
    assert controller.progress.phase is Phase.DONE
    assert controller.progress.why == "its controller was never started: not watched"


def test_a_controller_that_dies_again_and_again_ends_the_release_on_the_stable_version(
    controller: Controller,
) -> None:
    die(controller, Phase.SHIFT, SPLIT)
    for _ in range(MOST_RESTARTS):
        swept(controller)
        controller.recorded(controller.progress, SPLIT)
        controller.fail_execution()

    swept(controller)

    assert controller.live == ("1", {})
    assert controller.progress.phase is Phase.STOP
    assert controller.progress.why == f"its controller died {MOST_RESTARTS + 1} times"
    assert not controller.running
    assert controller.account.metrics == ["Stuck"]
    report = json.loads(next(text for key, text in controller.account.objects.items() if "json" in key))
    assert (report["end"], report["callers"]) == ("stop", "version 1")


def test_restarts_are_counted_across_the_parts_of_a_long_release(controller: Controller) -> None:
    controller.settings["history_events"] = 15
    die(controller, Phase.SHIFT, SPLIT)
    swept(controller)
    controller.one_step()
    controller.fail_execution()

    swept(controller)

    (last,) = controller.running
    assert json.loads(last["input"])["settings"]["restarts"] == 2


def test_callers_who_were_all_moved_by_hand_meanwhile_stay_there(controller: Controller) -> None:
    run = controller.deploy(start=False)
    third = controller.account.function.publish()
    controller.recorded(Progress(Phase.SHIFT, run.at), Routing(third))
    controller.wait(301)

    swept(controller)

    assert controller.live == (third, {})
    assert controller.progress.phase is Phase.STOP


def test_somebody_who_writes_the_alias_at_the_same_moment_is_seen(controller: Controller) -> None:
    die(controller, Phase.SHIFT, SPLIT)
    stopped = Progress(Phase.STOP, controller.progress.at, why="aborted by an operator")
    controller.account.function.faults["UpdateAlias"] = [
        lambda: controller.recorded(stopped, Routing("1")),
    ]

    swept(controller)

    assert controller.progress == stopped
    assert not controller.running


def test_a_function_without_a_release_is_left_alone(controller: Controller) -> None:
    function = controller.account.function
    function.publish()
    function.by_hand("live", "1", Description="by hand")

    assert swept(controller) == "nothing to do"


def test_a_function_that_is_gone_is_no_failure(controller: Controller) -> None:
    controller.account.function.gone = True

    assert swept(controller) == "nothing to do"


def test_one_functions_failure_does_not_stop_the_others(controller: Controller) -> None:
    others = {name: FakeFunction() for name in ("first", "third")}
    for other in others.values():
        for _ in range(12):
            other.publish()
        other.by_hand("live", "12")
    controller.account.functions |= others
    controller.account.function.publish()
    controller.account.function.by_hand("live", "1")
    controller.account.function.faults["GetAlias"] = [ServiceError("AccessDeniedException", 403)]

    with pytest.raises(SweepFailed, match=f"1 of 3 functions.*{FUNCTION} \\(DeniedError.*AccessDenied"):
        sweep(["first", FUNCTION, "third"], controller.account.clients(), PLACE)

    assert [len(other.versions) for other in others.values()] == [10, 10]


def test_without_time_the_rest_is_named_and_left_to_the_next_sweep(controller: Controller) -> None:
    controller.account.remaining = 5

    with pytest.raises(SweepFailed, match="no time left"):
        sweep([FUNCTION], controller.account.clients(), PLACE)
