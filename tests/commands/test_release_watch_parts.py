"""`patchbay release watch`: a release goes on in another execution, after a long time or a failure."""

import pytest

from live_alias.progress import Phase
from release_rule.counts import Counts
from tests.commands import test_release_watch
from tests.commands.conftest import Cli
from tests.commands.test_release_watch import EXECUTION, GOING, HERE, Event, seen, state
from tests.releases import cloud as clouds
from tests.releases.cloud import Cloud

cloud, events = clouds.cloud, test_release_watch.events


def test_it_goes_on_with_the_successor_of_an_execution(cli: Cli, cloud: Cloud, events: list[Event]) -> None:
    cloud.release(Phase.SHIFT, 0.25)
    seen(cloud, GOING, end="successor")
    seen(cloud, state(Counts(20, 0), Counts(60, 1)), part=2)
    events.append(lambda: None)
    answer = cli("release", "watch", *HERE, "--timeout", "30")
    assert "failed 0 of 20, stable 1 of 60" in answer.out


def test_a_successor_that_has_not_taken_a_step_yet_hides_nothing(
    cli: Cli, cloud: Cloud, events: list[Event]
) -> None:
    cloud.release(Phase.SHIFT, 0.25)
    seen(cloud, GOING, end="successor")
    events.append(lambda: None)
    assert "failed 0 of 12, stable 1 of 40" in cli("release", "watch", *HERE, "--timeout", "30").out


def test_an_execution_that_broke_is_told(cli: Cli, cloud: Cloud, events: list[Event]) -> None:
    cloud.release(Phase.SHIFT, 0.25)
    seen(cloud, GOING)
    cloud.leader.states.broken.add(f"{EXECUTION}-1")
    events.append(lambda: None)
    answer = cli("release", "watch", *HERE, "--timeout", "30")
    assert "its execution failed; the controller takes it up again within 15 minutes" in answer.out
    assert "failed 0 of 12, stable 1 of 40" in answer.out


@pytest.mark.parametrize("died", [1, 2])
def test_what_a_sweep_started_again_is_watched_further(
    cli: Cli, cloud: Cloud, events: list[Event], died: int
) -> None:
    cloud.release(Phase.SHIFT, 0.25)
    seen(cloud, GOING)
    for part in range(1, died + 1):
        cloud.leader.states.broken.add(f"{EXECUTION}-{part}")
        cloud.leader.states.started[f"{EXECUTION}-{part}"] = {}
    seen(cloud, state(Counts(20, 0), Counts(60, 1)), part=died + 1)
    events.append(lambda: None)
    answer = cli("release", "watch", *HERE, "--timeout", "30")
    assert "failed 0 of 20, stable 1 of 60" in answer.out
    assert "its execution failed" not in answer.out


def test_what_was_started_again_and_has_not_taken_a_step_yet_is_no_failure(
    cli: Cli, cloud: Cloud, events: list[Event]
) -> None:
    cloud.release(Phase.SHIFT, 0.25)
    seen(cloud, GOING)
    cloud.leader.states.broken.add(f"{EXECUTION}-1")
    cloud.leader.states.started[f"{EXECUTION}-2"] = {}
    events.append(lambda: None)
    answer = cli("release", "watch", *HERE, "--timeout", "30")
    assert "the controller has not finished its first step" in answer.out
    assert "its execution failed" not in answer.out
