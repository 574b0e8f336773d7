"""`patchbay release plan`: what a release needs, what it can see, and which one cannot end."""

import json
import shutil
from pathlib import Path
from typing import Any

import pytest

from live_alias.progress import Phase
from release.evidence import History
from release_rule.counts import Counts
from tests.commands.conftest import Cli
from tests.releases import cloud as clouds
from tests.releases.cloud import FOLLOWER, LEADER, Cloud

cloud = clouds.cloud
HERE = ("tutorial", "--env", "prod")


def planned(cli: Cli, *arguments: str) -> dict[str, Any]:
    """The leading Region's plan."""
    plans: list[dict[str, Any]] = json.loads(cli("release", "plan", *HERE, "--json", *arguments).out)["plans"]
    return plans[0]


def test_it_says_what_the_release_needs_and_what_it_sees(cli: Cli, cloud: Cloud) -> None:
    answer = cli("release", "plan", *HERE)
    assert answer.code == 0
    assert "tutorial in eu-west-1: version 3 is to replace version 2" in answer.out
    assert "failed 12 of 2000 contacts (0.6 %), from log lines" in answer.out
    assert "120 calls an hour" in answer.out
    assert "versions that fail 10 % of contacts or more before they are promoted, 3." in answer.out
    assert "4 recorded events before the first caller" in answer.out
    assert "follows      eu-west-1, which carries the calls" in answer.out
    assert not cloud.function().writes


def test_json_has_the_numbers(cli: Cli, cloud: Cloud) -> None:
    plan = planned(cli)
    assert {key: plan[key] for key in ("region", "candidate", "stable", "possible", "follows")} == {
        "region": LEADER,
        "candidate": "3",
        "stable": "2",
        "possible": True,
        "follows": None,
    }
    assert plan["history"] == {"contacts": 2000, "failed": 12, "source": "log lines"}
    assert 0 < plan["hours"] < 2
    assert 0 < plan["first_weight"] < 0.5
    assert plan["visible_rate_with_watch"] < plan["visible_rate"]


def test_a_follower_has_no_numbers_of_its_own(cli: Cli, cloud: Cloud) -> None:
    plans = json.loads(cli("release", "plan", *HERE, "--json").out)["plans"]
    assert plans[1]["follows"] == LEADER
    assert "hours" not in plans[1]
    alone = cli("release", "plan", *HERE, "--region", FOLLOWER)
    assert alone.code == 0
    assert "calls an hour" not in alone.out


@pytest.mark.parametrize(
    ("calls", "words"),
    [
        (
            0.5,
            ["at 0.5 calls an hour a verdict on version 3 takes about", "max_hours = ", "calls an hour or"],
        ),
        (0.0, ["nobody called in the last seven days"]),
    ],
)
def test_a_plan_that_cannot_end_is_refused_with_what_would_help(
    cli: Cli, cloud: Cloud, calls: float, words: list[str]
) -> None:
    cloud.past = History(Counts(50, 0), calls, "log lines")
    answer = cli("release", "plan", *HERE)
    assert answer.code == 2
    (complaint,) = [line for line in answer.err.splitlines() if line.startswith("patchbay: ")]
    for text in [*words, 'strategy = "all-at-once" for tutorial']:
        assert text in complaint
    assert planned(cli)["possible"] is False


def test_what_would_help_does_help(cli: Cli, cloud: Cloud, own_project: Path) -> None:
    cloud.past = History(Counts(50, 0), 3.0, "log lines")
    sentence = planned(cli)["refusal"]
    hours = sentence.partition("max_hours = ")[2].split()[0]
    calls = float(sentence.partition(" or more under [release], ")[2].split()[0])
    path = own_project / "environments" / "prod.toml"
    path.write_text(path.read_text().replace("[release]", f"[release]\nmax_hours = {hours}"))
    assert planned(cli)["possible"] is True
    path.write_text(path.read_text().replace(f"max_hours = {hours}", "max_hours = 24"))
    cloud.past = History(Counts(50, 0), calls + 0.1, "log lines")
    assert planned(cli)["possible"] is True


def test_versions_that_cannot_share_an_alias_are_released_all_at_once(cli: Cli, cloud: Cloud) -> None:
    cloud.function().roles["3"] = "arn:aws:iam::111122223333:role/other"
    answer = cli("release", "plan", *HERE)
    assert answer.code == 2
    assert "role changed: release all at once" in answer.err


def test_with_nothing_to_release_the_plan_is_for_the_next_version(cli: Cli, cloud: Cloud) -> None:
    cloud.function().by_hand("live", "3")
    assert "callers are on version 3, the newest" in cli("release", "plan", *HERE).out
    assert planned(cli)["candidate"] is None


def test_a_release_that_goes_on_is_planned_against_what_it_replaces(cli: Cli, cloud: Cloud) -> None:
    cloud.release(Phase.WATCH, 1)
    plan = planned(cli)
    assert (plan["candidate"], plan["stable"]) == ("3", "2")


def test_only_harmless_events_warm_up_a_function_with_effects(
    cli: Cli, cloud: Cloud, own_project: Path
) -> None:
    folder = own_project / "lambdas" / "account_service" / "events" / "warm_up"
    shutil.rmtree(folder)
    out = cli("release", "plan", "account_service", "--env", "prod").out
    assert "none: lambdas/account_service/events/warm_up holds no recorded event" in out
    folder.mkdir()
    (folder / "balance.json").write_text("{}")
    out = cli("release", "plan", "account_service", "--env", "prod").out
    assert "1 recorded event before the first caller" in out


def test_a_version_that_is_not_there_is_a_mistake(cli: Cli, cloud: Cloud) -> None:
    answer = cli("release", "plan", *HERE, "--version", "9")
    assert answer.code == 2
    assert "shop-prod-tutorial has no version 9: there are 1, 2, 3" in answer.err


def test_with_all_one_refused_plan_is_the_exit_code_and_the_others_are_shown(cli: Cli, cloud: Cloud) -> None:
    cloud.function().roles["3"] = "arn:aws:iam::111122223333:role/other"
    answer = cli("release", "plan", "--all", "--env", "prod")
    assert answer.code == 2
    assert "account_service in eu-west-1: version 3 is to replace version 2" in answer.out
