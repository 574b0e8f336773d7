"""`patchbay release start`: the plan first, then the release in every Region, or a refusal."""

import hashlib

from live_alias.progress import Phase
from release.evidence import History
from release_rule.counts import Counts
from tests.commands.conftest import Cli
from tests.releases import cloud as clouds
from tests.releases.cloud import BEGAN, FOLLOWER, LEADER, Cloud

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
    assert "force" not in payload["settings"]
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
    (payload,) = cloud.leader.states.started.values()
    assert payload["settings"]["force"] is True, "or the controller would refuse it in its turn"


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
