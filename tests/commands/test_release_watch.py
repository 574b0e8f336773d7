"""`patchbay release watch`: what it shows while a release goes on, and with which code it ends."""

import json
from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Any

import pytest

from live_alias.progress import Phase
from patchbay.releases import show, watching
from release.state import State
from release.weights import Stretch
from release_rule.baseline import baseline
from release_rule.counts import Counts, Period
from release_rule.rule import begin, fold
from tests.commands.conftest import Cli
from tests.releases import cloud as clouds
from tests.releases.cloud import BEGAN, FOLLOWER, Cloud, output
from tests.stacks.kit.aws import ServiceError

cloud = clouds.cloud
HERE = ("tutorial", "--env", "prod")
EXECUTION = f"shop-prod-tutorial-v3-{BEGAN}"
Event = Callable[[], None]


def state(candidate: Counts, stable: Counts, **changes: Any) -> State:
    """After so many contacts at a quarter of the calls."""
    known = baseline(Counts(2000, 12))
    tally = fold(begin(known), Period(0.25, candidate, stable))
    return State(
        began=BEGAN,
        cursor=BEGAN,
        stretches=(Stretch(BEGAN, BEGAN, 0.25),),
        calls_per_period=2.0,
        baseline=known,
        tally=tally,
        candidate=candidate,
        stable=stable,
        source="log lines",
        note=f"candidate failed {candidate.failed} of {candidate.seen} contacts",
        **changes,
    )


GOING = state(Counts(12, 0), Counts(40, 1))


@pytest.fixture
def events(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[Event]]:
    """What happens one after the other while the command sleeps; time passes by a minute each."""
    happens: list[Event] = []
    now = [float(BEGAN + 600)]

    def sleep(_: float) -> None:
        now[0] += 60
        assert happens, "it looks for ever"
        happens.pop(0)()

    clock = watching.Clock(lambda: now[0], sleep)
    monkeypatch.setattr(show.watch, "__kwdefaults__", {"brief": False, "clock": clock})
    yield happens
    assert not happens, "it stopped looking too early"


def seen(cloud: Cloud, state: State, part: int = 1, end: str = "") -> None:
    """The newest step of the leading Region's execution."""
    cloud.leader.states.outputs[f"{EXECUTION}-{part}"] = output(state.as_dict(), part, end)


def test_it_ends_with_0_once_every_caller_is_on_the_candidate(
    cli: Cli, cloud: Cloud, events: list[Event]
) -> None:
    cloud.release(Phase.SHIFT, 0.25)
    seen(cloud, GOING)
    events.append(lambda: cloud.release(Phase.WATCH, 1, why="passed"))
    answer = cli("release", "watch", *HERE)
    assert answer.code == 0
    first, second = [line for line in answer.out.splitlines() if " tutorial in eu-west-1: " in line]
    assert "shifting, version 3 gets 25 % of the calls, failed 0 of 12, stable 1 of 40" in first
    assert "promoted, watched, version 3 gets 100 % of the calls" in second
    assert "# shop-prod-tutorial version 3: promoted, and still watched" in answer.out
    assert "| candidate, before promotion | 12 | 0 |" in answer.out


def test_it_ends_with_1_once_the_candidate_is_rolled_back(
    cli: Cli, cloud: Cloud, events: list[Event]
) -> None:
    cloud.release(Phase.SHIFT, 0.25)
    seen(cloud, state(Counts(3, 3), Counts(20, 0)))
    events.append(lambda: cloud.release(Phase.BACK, why="failed 3 of 3 contacts"))
    answer = cli("release", "watch", *HERE)
    assert answer.code == 1
    assert "version 3: rolled back" in answer.out
    assert "failed 3 of 3 contacts" in answer.out


@pytest.mark.parametrize(("phase", "weight", "code"), [(Phase.DONE, 1, 0), (Phase.STOP, 0, 1)])
def test_what_has_ended_already_is_answered_at_once(
    cli: Cli, cloud: Cloud, events: list[Event], phase: Phase, weight: float, code: int
) -> None:
    cloud.release(phase, weight)
    assert cli("release", "watch", *HERE).code == code


def test_until_done_waits_for_the_end_of_the_watch(cli: Cli, cloud: Cloud, events: list[Event]) -> None:
    cloud.release(Phase.WATCH, 1)
    seen(cloud, replace(GOING, promoted=float(BEGAN), watched=Counts(300, 2)))
    events.append(lambda: cloud.release(Phase.DONE, 1, why="watched: 2 of 300 contacts failed"))
    answer = cli("release", "watch", *HERE, "--until", "done")
    assert answer.code == 0
    assert "| candidate, after promotion | 300 | 2 |" in answer.out


def test_it_ends_with_3_where_the_release_is_still_running_at_the_timeout(
    cli: Cli, cloud: Cloud, events: list[Event]
) -> None:
    cloud.release(Phase.SHIFT, 0.25)
    seen(cloud, GOING)
    events.extend([lambda: None] * 2)
    answer = cli("release", "watch", *HERE, "--timeout", "90")
    assert answer.code == 3
    assert "still running: the release goes on without you" in answer.err
    assert "`patchbay release abort tutorial --env prod`" in answer.err


def test_ctrl_c_leaves_the_release_running_and_says_so(cli: Cli, cloud: Cloud, events: list[Event]) -> None:
    cloud.release(Phase.SHIFT, 0.25)

    def interrupt() -> None:
        raise KeyboardInterrupt

    events.append(interrupt)
    answer = cli("release", "watch", *HERE)
    assert answer.code == 130
    assert "look again with `patchbay release watch tutorial --env prod`" in answer.err
    assert cloud.live() == ("2", {"3": 0.25})
    assert not cloud.function().writes


def test_without_the_right_to_see_executions_the_alias_is_watched(
    cli: Cli, cloud: Cloud, events: list[Event]
) -> None:
    cloud.release(Phase.SHIFT, 0.25)
    cloud.leader.states.denied = True
    events.append(lambda: cloud.release(Phase.BACK, why="failed 3 of 3 contacts"))
    answer = cli("release", "watch", *HERE)
    assert answer.code == 1
    assert "no right to states:GetExecutionHistory, so only the alias is shown" in answer.out
    assert "version 3 is rolled back (failed 3 of 3 contacts); callers are on version 2" in answer.out


def test_evidence_of_another_version_of_patchbay_is_left_out(
    cli: Cli, cloud: Cloud, events: list[Event]
) -> None:
    cloud.release(Phase.SHIFT, 0.25)
    cloud.leader.states.outputs[f"{EXECUTION}-1"] = output({"unheard": "of"})
    events.append(lambda: cloud.release(Phase.WATCH, 1))
    answer = cli("release", "watch", *HERE)
    assert answer.code == 0
    assert "another version of Patchbay counts for it" in answer.out


def test_followers_are_shown_but_the_leader_decides(cli: Cli, cloud: Cloud, events: list[Event]) -> None:
    cloud.release(Phase.WATCH, 1)
    cloud.release(Phase.START, region=FOLLOWER)
    answer = cli("release", "watch", *HERE)
    assert answer.code == 0
    assert "tutorial in eu-central-1: waits for eu-west-1" in answer.out


def test_a_look_without_an_answer_is_not_the_end(cli: Cli, cloud: Cloud, events: list[Event]) -> None:
    cloud.release(Phase.SHIFT, 0.25)

    def refuse() -> None:
        cloud.function().faults["GetAlias"] = [ServiceError("AccessDeniedException", 403)]

    events.extend([refuse, lambda: cloud.release(Phase.WATCH, 1)])
    assert cli("release", "watch", *HERE).code == 0


def test_but_many_looks_without_one_are(cli: Cli, cloud: Cloud, events: list[Event]) -> None:
    cloud.release(Phase.SHIFT, 0.25)
    events.append(lambda: cloud.leader.lambda_.denied.add("GetAlias"))
    events.extend([lambda: None] * (watching.PATIENCE - 1))
    answer = cli("release", "watch", *HERE)
    assert answer.code == 1
    assert "AWS did not answer as needed" in answer.err


def test_without_a_release_there_is_nothing_to_watch(cli: Cli, cloud: Cloud, events: list[Event]) -> None:
    answer = cli("release", "watch", *HERE)
    assert answer.code == 1
    assert "tutorial in eu-west-1: no release is on record; callers are on version 2" in answer.out


def test_json_is_one_object_at_the_end(cli: Cli, cloud: Cloud, events: list[Event]) -> None:
    cloud.release(Phase.SHIFT, 0.25)
    seen(cloud, GOING)
    events.append(lambda: None)
    answer = cli("release", "watch", *HERE, "--json", "--timeout", "30")
    found = json.loads(answer.out)
    leader, _ = found["releases"]
    assert (answer.code, found["code"]) == (3, 3)
    assert leader["contacts"]["candidate"] == {"seen": 12, "failed": 0}
    assert 0 < leader["bounds"]["passed"] < 1
    assert leader["bounds"]["needed"] > 0
    assert leader["seconds_left"] > 0
    assert leader["report"]["outcome"] == "some callers meet it"


def test_with_all_a_function_without_a_release_is_told_and_is_no_failure(
    cli: Cli, cloud: Cloud, events: list[Event]
) -> None:
    cloud.release(Phase.WATCH, 1)
    answer = cli("release", "watch", "--all", "--env", "prod")
    assert answer.code == 0
    assert "account_service in eu-west-1: no release is on record" in answer.out


def test_until_knows_two_words(cli: Cli, cloud: Cloud) -> None:
    assert "--until 'ever' is neither" in cli("release", "watch", *HERE, "--until", "ever").complaint
