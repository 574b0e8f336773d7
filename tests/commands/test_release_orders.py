"""`patchbay release pause, resume, promote, abort`: what they write where, and what they refuse."""

import json

import pytest

from live_alias.progress import Phase
from tests.commands.conftest import Cli
from tests.releases import cloud as clouds
from tests.releases.cloud import FOLLOWER, LEADER, Cloud
from tests.stacks.kit.aws import ServiceError

cloud = clouds.cloud
HERE = ("tutorial", "--env", "prod")


@pytest.mark.parametrize("command", ["pause", "resume"])
def test_pause_and_resume_tell_the_leader_and_leave_the_follower_to_follow(
    cli: Cli, cloud: Cloud, command: str
) -> None:
    for region in (LEADER, FOLLOWER):
        cloud.release(Phase.SHIFT, 0.25, region, paused=command == "resume")
    answer = cli("release", command, *HERE)
    assert answer.code == 0
    assert "tutorial in eu-central-1: follows eu-west-1" in answer.out
    paused = [cloud.record(region).progress.paused for region in (LEADER, FOLLOWER)]  # type: ignore[union-attr]
    assert paused == ([True, False] if command == "pause" else [False, True])
    again = cli("release", command, *HERE)
    assert again.code == 0
    assert "already" in again.out


def test_a_follower_is_paused_where_its_region_is_named(cli: Cli, cloud: Cloud) -> None:
    cloud.release(Phase.START, region=FOLLOWER)
    assert cli("release", "pause", *HERE, "--region", FOLLOWER).code == 0
    progress = cloud.record(FOLLOWER).progress
    assert progress is not None
    assert progress.paused


def test_promote_moves_every_caller_of_the_leader_and_keeps_the_way_back(cli: Cli, cloud: Cloud) -> None:
    cloud.release(Phase.SHIFT, 0.25)
    cloud.release(Phase.START, region=FOLLOWER)
    answer = cli("release", "promote", *HERE)
    assert answer.code == 0
    assert "every call goes to version 3 now" in answer.out
    assert cloud.live() == ("3", {})
    assert cloud.function().where("previous") == ("2", {})
    assert cloud.live(FOLLOWER) == ("2", {})


def test_without_the_right_to_read_the_configuration_nobody_is_moved(cli: Cli, cloud: Cloud) -> None:
    """Else callers would be on the candidate and no execution would watch them."""
    cloud.release(Phase.STOP)
    cloud.leader.lambda_.denied.add("GetFunctionConfiguration")
    answer = cli("release", "promote", *HERE, "--region", LEADER, "--force")
    assert answer.code == 1
    assert "no right to GetFunctionConfiguration" in answer.err
    assert cloud.live() == ("2", {})


def test_promoting_what_was_rolled_back_needs_force_and_goes_to_followers_that_have_ended_too(
    cli: Cli, cloud: Cloud
) -> None:
    for region in (LEADER, FOLLOWER):
        cloud.release(Phase.BACK, region=region)
    refused = cli("release", "promote", *HERE)
    assert refused.code == 2
    assert "--force promotes it all the same" in refused.err
    assert cli("release", "promote", *HERE, "--force").code == 0
    for region in (LEADER, FOLLOWER):
        progress = cloud.record(region).progress
        assert progress is not None
        assert progress.why.startswith("forced by ")
        assert cloud.live(region) == ("3", {})
        assert list(cloud.regions[region].states.started) == [f"shop-prod-tutorial-v3-{progress.at}-1"]


def test_abort_takes_callers_back_in_every_region_at_once_without_metrics(cli: Cli, cloud: Cloud) -> None:
    for region in (LEADER, FOLLOWER):
        cloud.release(Phase.WATCH, 1, region)
    answer = cli("release", "abort", *HERE, "--reason", "callers complain")
    assert answer.code == 0
    for region in (LEADER, FOLLOWER):
        assert cloud.live(region) == ("2", {})
        assert cloud.record(region).progress.why == "callers complain"  # type: ignore[union-attr]
        assert not cloud.regions[region].states.operations
    assert cli("release", "abort", *HERE).code == 0


def test_what_is_promoted_and_watched_is_taken_back_by_its_name_only(cli: Cli, cloud: Cloud) -> None:
    cloud.release(Phase.DONE, 1)
    everything = cli("release", "abort", "--all", "--env", "prod")
    assert everything.code == 0
    assert "version 3 is promoted; name the function to take it back" in everything.out
    assert cloud.live() == ("3", {})
    assert cli("release", "abort", *HERE).code == 0
    assert cloud.live() == ("2", {})


@pytest.mark.parametrize("command", ["pause", "resume", "abort"])
def test_without_a_release_there_is_nothing_to_do(cli: Cli, cloud: Cloud, command: str) -> None:
    answer = cli("release", command, *HERE, "--json")
    assert answer.code == 0
    first = json.loads(answer.out)["releases"][0]
    assert first["changed"] is False
    assert first["sentence"] == "no release of shop-prod-tutorial is on record; callers are on version 2"


def test_promote_without_a_release_is_a_mistake(cli: Cli, cloud: Cloud) -> None:
    answer = cli("release", "promote", *HERE)
    assert answer.code == 2
    assert "no release of shop-prod-tutorial is on record" in answer.err


def test_an_alias_that_changed_meanwhile_is_read_again(cli: Cli, cloud: Cloud) -> None:
    cloud.release(Phase.SHIFT, 0.1)
    cloud.function().faults["UpdateAlias"] = [lambda: cloud.release(Phase.SHIFT, 0.25)]
    assert cli("release", "pause", *HERE).code == 0
    assert cloud.live() == ("2", {"3": 0.25})
    assert cloud.record().progress.paused  # type: ignore[union-attr]


def test_one_that_never_stops_changing_is_one_sentence(
    cli: Cli, cloud: Cloud, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("patchbay.releases.orders.FIRST_PAUSE_SECONDS", 0)
    cloud.release(Phase.SHIFT, 0.1)
    cloud.function().faults["UpdateAlias"] = [ServiceError("PreconditionFailedException", 412)] * 8
    answer = cli("release", "pause", *HERE, "--region", LEADER)
    assert answer.code == 1
    assert "the alias kept changing under this command" in answer.err
    assert len(answer.err.splitlines()) == 1


def test_with_all_a_failure_does_not_stop_the_others(cli: Cli, cloud: Cloud) -> None:
    cloud.release(Phase.SHIFT, 0.25)
    cloud.function("account_service").faults["ListVersionsByFunction"] = [
        ServiceError("AccessDeniedException", 403, "not authorized")
    ]
    answer = cli("release", "abort", "--all", "--env", "prod")
    assert answer.code == 1
    assert "account_service in eu-west-1: cannot read the aliases" in answer.err
    assert cloud.live() == ("2", {})


def test_an_empty_reason_is_refused(cli: Cli, cloud: Cloud) -> None:
    assert "--reason is empty" in cli("release", "abort", *HERE, "--reason", " ").complaint
