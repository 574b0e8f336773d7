"""The step and the sweep, killed before and after each single AWS call."""

import copy
import json
from collections.abc import Callable
from functools import cache
from pathlib import Path

import pytest

from live_alias.progress import Phase
from release import aws, log_lines, log_reader
from tests.stacks.kit.release.controller import Controller
from tests.stacks.kit.release.same_state import Ends

EVENT = {"Name": "ContactFlowEvent", "Details": {"ContactData": {"ContactId": "1"}, "Parameters": {}}}

Scenario = Callable[[], Controller]

_parse = cache(log_lines.parse)
"""Hundreds of releases read the same lines."""


@pytest.fixture(autouse=True)
def _one_recorded_event(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "lookup").mkdir()
    (tmp_path / "lookup" / "voice.json").write_text(json.dumps(EVENT))
    monkeypatch.setattr(aws, "RECORDED", tmp_path)
    monkeypatch.setattr(log_reader, "parse", _parse)


def good() -> Controller:
    """In several executions."""
    controller = Controller()
    controller.settings["history_events"] = 40
    return _deployed(controller)


def failing_for_callers() -> Controller:
    return _deployed(Controller(lambda version, _: version == "2"))


class FailsOncePromoted(Controller):
    """Version 2 fails its callers from the promotion on."""

    def __init__(self) -> None:
        super().__init__(self._fails)

    def _fails(self, version: str, call: int) -> bool:
        return version == "2" and self.promoted


def failing_after_the_promotion() -> Controller:
    controller = FailsOncePromoted()
    controller.settings["watch_hours"] = 3
    return _deployed(controller)


def failing_the_warm_up() -> Controller:
    controller = Controller()
    controller.account.function.behaviour["2"] = lambda _: ({"errorType": "KeyError"}, True)
    return _deployed(controller)


def _deployed(controller: Controller) -> Controller:
    controller.deploy()
    controller.wait(1)
    controller.account.calls = 0
    return controller


@pytest.mark.parametrize("after", [False, True], ids=["before", "after"])
@pytest.mark.parametrize("dies", [False, True], ids=["repeated", "execution fails"])
@pytest.mark.parametrize(
    ("scenario", "version", "phase"),
    [
        (good, "2", Phase.DONE),
        (failing_for_callers, "1", Phase.BACK),
        (failing_after_the_promotion, "1", Phase.BACK),
        (failing_the_warm_up, "1", Phase.BACK),
    ],
)
def test_wherever_a_step_is_killed_callers_end_on_the_good_version(
    scenario: Scenario, version: str, phase: Phase, dies: bool, after: bool
) -> None:
    for number in range(1, _calls(scenario) + 1):
        controller = _shortly_before(scenario, number)
        controller.execution_dies = dies
        controller.account.kill_at, controller.account.kill_after = number, after

        end = _ends(scenario).of(controller)

        assert (controller.deaths, end.deaths) == (1, 1), number
        assert (end.live, end.progress.phase) == ((version, {}), phase), number


@cache
def _ends(scenario: Scenario) -> Ends:
    """Of the scenario's releases, whichever kill they outlived."""
    return Ends()


def _calls(scenario: Scenario) -> int:
    """Of a release that nothing interrupts."""
    return _moments(scenario)[-1].account.calls


def _shortly_before(scenario: Scenario, number: int) -> Controller:
    """The same release up to the step that makes the call of that number."""
    before = [moment for moment in _moments(scenario) if moment.account.calls < number]
    return copy.deepcopy(before[-1])


@cache
def _moments(scenario: Scenario) -> list[Controller]:
    """Before the first step and after each one of a release that nothing interrupts."""
    whole = scenario()
    found = [copy.deepcopy(whole)]
    while whole.advance():
        found.append(copy.deepcopy(whole))
    return found


def test_a_release_without_interruption_makes_enough_calls_to_be_worth_interrupting() -> None:
    assert _calls(good) > 30
    assert _calls(failing_for_callers) > 10


def half_way() -> Controller:
    """Callers are split, and the execution has failed."""
    return copy.deepcopy(_half_way())


@cache
def _half_way() -> Controller:
    controller = good()
    while not controller.split:
        controller.one_step()
    controller.fail_execution()
    controller.account.calls = 0
    return controller


@pytest.mark.parametrize("after", [False, True], ids=["before", "after"])
def test_wherever_a_sweep_is_killed_the_next_one_brings_the_release_back_to_life(after: bool) -> None:
    whole = half_way()
    whole.sweep()
    calls = whole.account.calls
    assert calls > 5

    for number in range(1, calls + 1):
        controller = half_way()
        controller.account.kill_at, controller.account.kill_after = number, after
        controller.sweep()
        assert controller.deaths == 1, number

        end = _ends(good).of(controller)

        assert (end.live, end.progress.phase) == (("2", {}), Phase.DONE), number
