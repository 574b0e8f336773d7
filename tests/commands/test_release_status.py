"""`patchbay release status`: where releases stand, from the aliases alone."""

import json
import re

import pytest

from live_alias.progress import Phase
from tests.commands.conftest import Cli
from tests.releases import cloud as clouds
from tests.releases.cloud import BEGAN, FOLLOWER, LEADER, Cloud

cloud = clouds.cloud
HERE = ("tutorial", "--env", "prod")


def rows(text: str) -> dict[str, list[str]]:
    """Cells by Region; two blanks part them."""
    cells = [re.split(r"\s{2,}", line.strip()) for line in text.splitlines()]
    return {row[1]: row for row in cells if len(row) > 1}


@pytest.mark.parametrize(
    ("phase", "weight", "words"),
    [
        (Phase.START, 0, "before the first caller"),
        (Phase.SHIFT, 0.25, "shifting"),
        (Phase.WATCH, 1, "promoted, watched"),
        (Phase.DONE, 1, "promoted"),
        (Phase.BACK, 0, "rolled back"),
        (Phase.STOP, 0, "ended without verdict"),
    ],
)
def test_each_phase_is_shown_in_words_with_weight_and_versions(
    cli: Cli, cloud: Cloud, phase: Phase, weight: float, words: str
) -> None:
    cloud.release(phase, weight, why="because of it")
    answer = cli("release", "status", *HERE)
    assert answer.code == 0
    row = rows(answer.out)[LEADER]
    assert row[2:6] == [words, f"{weight * 100:g} %", "3", "2"]
    assert row[-1] == "because of it"


def test_a_paused_release_says_so(cli: Cli, cloud: Cloud) -> None:
    cloud.release(Phase.SHIFT, 0.25, paused=True)
    assert "shifting, paused" in cli("release", "status", *HERE).out


def test_a_follower_waits_for_its_leader(cli: Cli, cloud: Cloud) -> None:
    cloud.release(Phase.START, region=FOLLOWER)
    assert rows(cli("release", "status", *HERE).out)[FOLLOWER][2] == "waits for eu-west-1"


def test_without_a_release_it_says_which_version_carries_the_calls(cli: Cli, cloud: Cloud) -> None:
    row = rows(cli("release", "status", *HERE).out)[LEADER]
    assert row == ["tutorial", LEADER, "no release", "-", "-", "2", "-", "-"]


def test_a_split_that_nobody_works_on_is_pointed_out_with_what_to_do(cli: Cli, cloud: Cloud) -> None:
    cloud.function().by_hand("live", "2", {"3": 0.1})
    out = cli("release", "status", *HERE).out
    assert "split, no release" in out
    assert "calls are split, version 2 (90.0%) and version 3 (10.0%), and no release works on it" in out
    assert "`patchbay release start tutorial --env prod --region eu-west-1 --version 3`" in out
    assert "abort" not in out


def test_a_split_after_the_end_of_a_release_can_be_aborted(cli: Cli, cloud: Cloud) -> None:
    cloud.release(Phase.STOP, 0.1)
    out = cli("release", "status", *HERE).out
    assert "`patchbay release abort tutorial --env prod --region eu-west-1` goes back to version 2" in out
    assert cli("release", "abort", *HERE).code == 0
    assert cloud.live() == ("2", {})


def test_it_needs_no_other_right_than_to_read_the_alias(cli: Cli, cloud: Cloud) -> None:
    cloud.release(Phase.SHIFT, 0.25)
    assert cli("release", "status", "--all", "--env", "prod").code == 0
    for region in cloud.regions.values():
        assert region.lambda_.operations == {"GetAlias"}
        assert not region.states.operations


def test_json_has_one_object_for_each_function_and_region(cli: Cli, cloud: Cloud) -> None:
    cloud.release(Phase.SHIFT, 0.25, why="first callers")
    found = json.loads(cli("release", "status", *HERE, "--json").out)
    assert found["environment"] == "prod"
    leader, follower = found["releases"]
    assert leader == {
        "function": "tutorial",
        "region": LEADER,
        "leads": True,
        "phase": "shift",
        "paused": False,
        "active": True,
        "weight": 0.25,
        "candidate": "3",
        "stable": "2",
        "calls": {"2": 0.75, "3": 0.25},
        "started": "2026-09-21T14:13:20Z",
        "why": "first callers",
        "forgotten_split": False,
    }
    assert BEGAN == 1_790_000_000
    assert (follower["region"], follower["phase"], follower["calls"]) == (FOLLOWER, None, {"2": 1.0})


def test_all_shows_every_function_that_a_flow_calls(cli: Cli, cloud: Cloud) -> None:
    out = cli("release", "status", "--all", "--env", "prod").out
    assert [line.split()[0] for line in out.splitlines()[1:]] == ["tutorial"] * 2 + ["account_service"] * 2


def test_a_region_that_refuses_does_not_hide_the_others(cli: Cli, cloud: Cloud) -> None:
    cloud.follower.lambda_.denied = {"GetAlias"}
    answer = cli("release", "status", *HERE)
    assert answer.code == 1
    assert LEADER in rows(answer.out)
    assert "tutorial in eu-central-1: AWS did not answer as needed" in answer.err


def test_an_environment_that_is_not_deployed_is_one_sentence(cli: Cli, cloud: Cloud) -> None:
    for region in cloud.regions.values():
        region.lambda_.functions.clear()
    for command in ("status", "watch", "plan", "start", "abort", "promote"):
        answer = cli("release", command, "--all", "--env", "prod")
        assert answer.code == 1, command
        complaint = [line for line in answer.err.splitlines() if line.startswith("patchbay: ")]
        assert complaint == [
            "patchbay: environment prod is not deployed: no function has an alias live in "
            "eu-west-1, eu-central-1"
        ], command


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (["--env", "prod"], "neither a function nor --all: name one function, there are tutorial, account_s"),
        (["tutorial", "--all", "--env", "prod"], "both a function and --all"),
        (["lookup", "--env", "prod"], "function 'lookup' is not in environment prod"),
        (["tutorial", "--env", "stage"], "environment 'stage' does not exist"),
        ([*HERE, "--region", "us-east-1"], "--region 'us-east-1' has no functions of environment prod"),
        (["tutorial"], "missing option '--env'"),
    ],
)
@pytest.mark.parametrize("command", ["status", "plan", "start", "watch", "abort"])
def test_bad_input_is_one_sentence(
    cli: Cli, cloud: Cloud, command: str, arguments: list[str], sentence: str
) -> None:
    assert sentence in cli("release", command, *arguments).complaint
