"""`patchbay release start, pause, resume, promote, abort`: what they write where, and what they refuse."""

import hashlib
import json

import pytest

from live_alias.progress import Phase
from release.evidence import History
from release_rule.counts import Counts
from tests.commands.conftest import Cli
from tests.releases import cloud as clouds
from tests.releases.cloud import BEGAN, FOLLOWER, LEADER, Cloud
from tests.stacks.kit.aws import ServiceError

cloud = clouds.cloud
HERE = ("tutorial", "--env", "prod")


def test_start_begins_a_release_in_every_region_and_moves_nobody(cli: Cli, cloud: Cloud) -> None:
    answer = cli("release", "start", *HERE)
    assert answer.code == 0
    assert "tutorial in eu-west-1: the release of version 3 begins: callers are on version 2" in answer.out
    for region in (LEADER, FOLLOWER):
        progress = cloud.record(region).progress
        assert progress is not None
        assert progress.phase is Phase.START
        assert cloud.live(region) == ("2", {})
        (name,) = cloud.regions[region].states.started
        assert name == f"shop-prod-tutorial-v3-{progress.at}-1"


def test_start_shows_the_plan_first(cli: Cli, cloud: Cloud) -> None:
    out = cli("release", "start", *HERE).out
    assert out.index("version 3 is to replace version 2") < out.index("the release of version 3 begins")


def test_the_execution_gets_the_settings_of_a_deploy_and_the_log_group(cli: Cli, cloud: Cloud) -> None:
    cli("release", "start", *HERE)
    (payload,) = cloud.follower.states.started.values()
    assert payload["settings"]["lead"] == {"region": LEADER, "mode": "follow"}
    assert payload["settings"]["log_group"] == "generated"
    assert payload["settings"]["max_hours"] == 24
    assert payload["state"] is None


def test_a_version_that_no_deploy_released_is_known_by_its_code_in_every_region(
    cli: Cli, cloud: Cloud
) -> None:
    cli("release", "start", *HERE)
    expected = hashlib.sha256(b"code-3").hexdigest()[:16]
    assert [cloud.record(region).fingerprint for region in (LEADER, FOLLOWER)] == [expected] * 2


def test_starting_twice_is_one_release(cli: Cli, cloud: Cloud) -> None:
    cli("release", "start", *HERE)
    before = dict(cloud.leader.states.started)
    again = cli("release", "start", *HERE)
    assert again.code == 0
    assert "the release of version 3 is going on already" in again.out
    assert cloud.leader.states.started == before


def test_a_start_that_was_interrupted_before_its_execution_is_finished_by_the_next(
    cli: Cli, cloud: Cloud
) -> None:
    cloud.release(Phase.START)
    cli("release", "start", *HERE, "--region", LEADER)
    assert list(cloud.leader.states.started) == [f"shop-prod-tutorial-v3-{BEGAN}-1"]


def test_start_takes_a_version_by_its_number_in_the_leading_region(cli: Cli, cloud: Cloud) -> None:
    elsewhere = cloud.function("tutorial", FOLLOWER)
    elsewhere.versions = ["2", "1"]
    assert cli("release", "start", *HERE, "--version", "1").code == 0
    assert cloud.record(LEADER).started("1")
    assert cloud.record(FOLLOWER).started("1")


def test_a_region_that_follows_with_other_code_is_not_started(cli: Cli, cloud: Cloud) -> None:
    cloud.function("tutorial", FOLLOWER).publish()
    answer = cli("release", "start", *HERE)
    assert answer.code == 2
    assert "version 4 has other code than version 3 in eu-west-1, whose verdict it would follow" in answer.err
    assert cloud.record(LEADER).started("3")
    assert not cloud.follower.states.started


def test_a_candidate_keeps_the_name_that_a_deploy_gave_it_elsewhere(cli: Cli, cloud: Cloud) -> None:
    cloud.release(Phase.STOP)
    cli("release", "start", *HERE)
    assert [cloud.record(region).fingerprint for region in (LEADER, FOLLOWER)] == ["f" * 16] * 2


def test_a_following_region_without_that_code_says_so(cli: Cli, cloud: Cloud) -> None:
    cloud.function("tutorial", FOLLOWER).versions = ["2"]
    answer = cli("release", "start", *HERE, "--version", "3")
    assert answer.code == 1
    assert "tutorial in eu-central-1: no version of shop-prod-tutorial has the code" in answer.err
    assert cloud.record(LEADER).started("3")


def test_start_refuses_a_plan_that_cannot_end_and_starts_nowhere(cli: Cli, cloud: Cloud) -> None:
    cloud.past = History(Counts(100, 0), 0.2, "log lines")
    answer = cli("release", "start", *HERE)
    assert answer.code == 2
    assert "tutorial in eu-west-1: not started: at 0.2 calls an hour a verdict on version 3" in answer.err
    assert not cloud.leader.states.started
    assert not cloud.follower.states.started


def test_force_starts_it_and_leaves_a_reason(cli: Cli, cloud: Cloud) -> None:
    cloud.past = History(Counts(100, 0), 0.2, "log lines")
    assert cli("release", "start", *HERE, "--force", "--reason", "a fix for  the outage").code == 0
    progress = cloud.record().progress
    assert progress is not None
    assert progress.why == "a fix for the outage"


def test_what_lambda_forbids_cannot_be_forced(cli: Cli, cloud: Cloud) -> None:
    cloud.function().roles["3"] = "arn:aws:iam::111122223333:role/other"
    answer = cli("release", "start", *HERE, "--force")
    assert answer.code == 2
    assert "role changed: release all at once" in answer.err
    assert not cloud.leader.states.started


def test_there_is_nothing_to_start_where_callers_are_on_the_newest_version(cli: Cli, cloud: Cloud) -> None:
    for region in (LEADER, FOLLOWER):
        cloud.function("tutorial", region).by_hand("live", "3")
    answer = cli("release", "start", *HERE)
    assert answer.code == 0
    assert "nothing to release: callers are on version 3 already" in answer.out


def test_a_version_that_was_judged_bad_needs_force(cli: Cli, cloud: Cloud) -> None:
    cloud.release(Phase.BACK)
    answer = cli("release", "start", *HERE, "--region", LEADER)
    assert answer.code == 2
    assert "version 3 was judged bad: --force releases it all the same" in answer.err
    assert cli("release", "start", *HERE, "--region", LEADER, "--force").code == 0
    assert cloud.record().judged == ""


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
