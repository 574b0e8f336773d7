"""Deploys while a release is going on: one that replaces its candidate, and one that fails."""

import json
import random
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import pytest

from live_alias import executions
from live_alias.executions import Run
from live_alias.progress import Phase
from patchbay.errors import UserError
from patchbay.local import cdk
from patchbay.local.traffic import Traffic
from patchbay.naming import PREVIOUS
from tests.e2e.deployed import Synth
from tests.e2e.project import replace
from tests.e2e.releases import project
from tests.e2e.releases.conftest import Releases
from tests.e2e.releases.states import Routing, State, watched
from tests.e2e.releases.test_releases import EVEN
from tests.e2e.synth import synth
from tests.e2e.test_failed_deploy import BROKEN, LAST, STACK

FUNCTION = "renewed"
REGIONS = ("us-west-2", "us-east-1")
SETTINGS = "environments/releases.toml"


@dataclass(frozen=True)
class Second:
    """The deploy of a newer candidate in the middle of a release, with callers on both of its versions."""

    before: Mapping[str, State]
    """By function, in the leading Region."""
    after: Mapping[str, State]
    """The same, once the newer candidate has its verdict."""
    routings: list[Routing]
    """Where the alias led from before the deploy to that verdict, one after the other."""
    met: list[str | None]
    """The version that each caller met."""


@pytest.fixture(scope="module")
def assemblies(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """Of the deploy that goes well and of the one that fails: each is made while releases go on."""
    return tmp_path_factory.mktemp("second"), tmp_path_factory.mktemp("failing")


@pytest.fixture(scope="module")
def second(releases: Releases, assemblies: tuple[Path, Path]) -> Second:
    """Another function is edited, and a setting that is handed to every function's release."""
    names = (FUNCTION, "raises", "shaky")
    replace(releases.deployed.root, SETTINGS, "max_hours = 1", "max_hours = 2")
    _synthesize(releases, 3, assemblies[0], synth)
    _wait_for_the_others(releases)
    assert releases.command("pause", FUNCTION).code == 0
    with _callers(releases) as traffic, watched(releases, FUNCTION) as routings:
        before = {name: State.of(releases, name) for name in names}
        _until_met(releases, traffic, before[FUNCTION].candidate)
        cdk.deploy(releases.deployed.environment, releases.deployed.local, assemblies[0])
        _synthesize_failing(releases, assemblies[1])
        releases.over(FUNCTION)
    after = {name: State.of(releases, name) for name in names}
    return Second(before, after, routings, [contact.version for contact in traffic.contacts])


@dataclass(frozen=True)
class Failed:
    """The deploy that CloudFormation rolled back; states by Region."""

    before: Mapping[str, State]
    after: Mapping[str, State]


@pytest.fixture(scope="module")
def failed(releases: Releases, second: Second, assemblies: tuple[Path, Path]) -> Failed:
    """Its candidate is published and its release started when the stack fails, with callers on the line."""
    for region in REGIONS:
        releases.over(FUNCTION, region)
    before = {region: State.of(releases, FUNCTION, region) for region in REGIONS}
    with _callers(releases), pytest.raises(UserError, match="Broken"):
        cdk.deploy(releases.deployed.environment, releases.deployed.local, assemblies[1])
    for region in REGIONS:
        releases.rests(FUNCTION, region)
    return Failed(before, {region: State.of(releases, FUNCTION, region) for region in REGIONS})


def test_the_release_in_the_middle_of_which_a_deploy_comes_ends_as_superseded(
    releases: Releases, second: Second
) -> None:
    before = second.before[FUNCTION]
    assert before.record.progress is not None
    run = Run(f"patchbay-releases-{FUNCTION}", before.candidate, before.record.progress.at)
    ended = f"execution {run.name} ends"
    releases.until(lambda: releases.executions(FUNCTION)[run.name] == "SUCCEEDED", ended)
    assert _output(releases, run)["end"] == "superseded"


def test_the_newer_candidate_has_a_release_of_its_own_from_the_stable_version_and_is_promoted(
    second: Second,
) -> None:
    before, after = second.before[FUNCTION], second.after[FUNCTION]
    assert int(after.candidate) > int(before.candidate)
    assert after.record.stable == before.record.stable
    assert after.record.progress is not None
    assert after.record.progress.phase is Phase.WATCH
    assert after.routing == (after.candidate, {})


def test_callers_never_meet_the_older_candidate_again_once_the_newer_one_has_come(second: Second) -> None:
    older, newer = second.before[FUNCTION].candidate, second.after[FUNCTION].candidate
    named = [{version, *weights} for version, weights in second.routings]
    assert {older, newer} <= set().union(*named)
    assert not [versions for versions in named if {older, newer} <= versions]
    last_older = max(at for at, versions in enumerate(named) if older in versions)
    assert last_older < min(at for at, versions in enumerate(named) if newer in versions)
    met = [version for version in second.met if version in (older, newer)]
    assert met == sorted(met, key=int)
    assert set(met) == {older, newer}


def test_previous_names_the_version_before_the_promotion_and_lambda_refuses_to_delete_it(
    releases: Releases, second: Second
) -> None:
    name = releases.deployed.environment.names.function(FUNCTION)
    client = releases.deployed.aws.client("lambda", "us-west-2")
    stable = second.before[FUNCTION].record.stable
    assert client.get_alias(FunctionName=name, Name=PREVIOUS)["FunctionVersion"] == stable
    with pytest.raises(client.exceptions.ResourceConflictException):
        client.delete_function(FunctionName=name, Qualifier=str(stable))


def test_a_candidate_that_was_judged_bad_is_not_started_again_by_an_unrelated_deploy(second: Second) -> None:
    assert second.before["raises"].record.judged
    assert second.after["raises"] == second.before["raises"]


def test_a_release_that_is_going_on_goes_on_untouched_by_an_unrelated_deploy(second: Second) -> None:
    assert second.before["shaky"].record.active
    assert "RUNNING" in second.before["shaky"].executions.values()
    assert second.after["shaky"] == second.before["shaky"]


@pytest.mark.parametrize("region", REGIONS)
def test_a_deploy_that_fails_after_its_release_began_leaves_callers_where_they_were(
    failed: Failed, region: str
) -> None:
    before, after = failed.before[region], failed.after[region]
    assert after.routing == before.routing
    assert after.record.releases == before.record.releases
    assert after.record.fingerprint == before.record.fingerprint


def test_a_deploy_that_fails_ends_the_release_it_began_and_begins_none(failed: Failed) -> None:
    for region in REGIONS:
        before, after = failed.before[region], failed.after[region]
        assert after.record.active is None
        begun = set(after.executions) - set(before.executions)
        assert len(begun) == 1
        assert f"-v{int(before.candidate) + 1}-" in begun.pop()


def _output(releases: Releases, run: Run) -> dict[str, object]:
    machine = releases.deployed.environment.release_machine_arn("us-west-2")
    client = releases.deployed.aws.client("stepfunctions", "us-west-2")
    found = client.describe_execution(executionArn=executions.arn(machine, run))
    output: dict[str, object] = json.loads(found["output"])
    return output


def _synthesize(releases: Releases, number: int, assembly: Path, by: Synth) -> None:
    """With a new version of the function."""
    project.write(releases.deployed.root, FUNCTION, project.HANDLER, releases.trouble, number)
    by(releases.deployed.environment, releases.deployed.local, assembly)


def _synthesize_failing(releases: Releases, assembly: Path) -> None:
    """As `_synthesize`, with a resource that Connect refuses after every alias."""
    replace(releases.deployed.root, STACK, LAST, LAST + BROKEN)
    try:
        _synthesize(releases, 4, assembly, cdk.synth)
    finally:
        replace(releases.deployed.root, STACK, BROKEN, "")


def _wait_for_the_others(releases: Releases) -> None:
    """What a deploy is not to change must not change by itself meanwhile; and it needs the machine."""
    for function in (FUNCTION, "shaky"):
        releases.reaches(Phase.SHIFT, function)
    for function in releases.lines:
        releases.over(function)
    releases.rests("raises")


def _callers(releases: Releases) -> Traffic:
    return Traffic(releases.line, FUNCTION, pause_seconds=0.05, rng=random.Random(EVEN))


def _until_met(releases: Releases, traffic: Traffic, version: str) -> None:
    def met() -> bool:
        return sum(contact.version == version for contact in traffic.contacts) >= 3

    releases.until(met, f"three callers on version {version}")
