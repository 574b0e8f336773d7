"""A step's world on AWS: what it reads, and what it makes of errors."""

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from botocore.exceptions import EndpointConnectionError

from live_alias.errors import DecideAnewError
from live_alias.executions import Run
from live_alias.record import Record, Release
from live_alias.routing import Routing
from live_alias.state import Write
from release import aws
from release.aws import AwsWorld
from release.clients import Clients
from release.evidence import Unreadable
from release.settings import Lead, Settings
from release.state import State
from tests.stacks.kit.aws import ServiceError
from tests.stacks.kit.release.account import PLACE, Account
from tests.stacks.kit.release.controller import SETTINGS
from tests.stacks.kit.release.services import FUNCTION

LEAD = Lead("us-west-2", "follow")


class Region:
    def __init__(self) -> None:
        self.account = Account()
        self.stable, self.candidate = self.account.function.publish(), self.account.function.publish()
        self.run = Run(FUNCTION, self.candidate, 1)

    def world(self, **clients: Any) -> AwsWorld:
        found: Clients = replace(self.account.clients(), **clients)
        telemetry = self.account.telemetry
        return AwsWorld(self.run, Settings.of(SETTINGS), found, PLACE, lambda: telemetry.now)

    def obstacle(self) -> str:
        return self.world().obstacle(self.candidate, self.stable)


@pytest.fixture
def region(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Region:
    monkeypatch.setattr(aws, "RECORDED", tmp_path)
    (tmp_path / "lookup").mkdir()
    (tmp_path / "lookup" / "voice.json").write_text("{}")
    return Region()


def test_versions_of_one_role_and_without_dead_letter_queue_can_share_an_alias(region: Region) -> None:
    assert region.obstacle() == ""


ROLE, QUEUE = "arn:aws:iam::111122223333:role/other", "arn:aws:sqs:eu-west-2:111122223333:dead"


@pytest.mark.parametrize(
    ("change", "what", "value"),
    [
        ({"Role": ROLE}, "role", ROLE),
        ({"DeadLetterConfig": {"TargetArn": QUEUE}}, "dead-letter queue", QUEUE),
    ],
)
def test_versions_that_differ_in_what_an_alias_needs_are_named_with_the_way_out(
    region: Region, change: dict[str, Any], what: str, value: str
) -> None:
    region.account.function.configurations[region.candidate] = change

    found = region.obstacle()

    assert found.startswith(f"{what} changed: release all at once")
    assert value in found
    assert "strategy all-at-once" in found


def test_a_candidate_that_lambda_still_prepares_is_waited_for(region: Region) -> None:
    region.account.function.configurations[region.candidate] = {"State": "Pending", "StateReason": "creating"}

    with pytest.raises(Unreadable, match="prepares version 2: creating"):
        region.obstacle()


def test_a_candidate_that_lambda_could_not_prepare_is_an_obstacle(region: Region) -> None:
    region.account.function.configurations[region.candidate] = {"State": "Failed", "StateReason": "no image"}

    assert region.obstacle() == "version 2 cannot run: no image"


def test_a_version_that_has_just_gone_is_decided_about_anew(region: Region) -> None:
    region.account.function.delete_version(region.candidate)

    with pytest.raises(DecideAnewError):
        region.obstacle()


def test_configurations_that_cannot_be_read_are_no_obstacle(region: Region) -> None:
    region.account.faults["GetFunctionConfiguration"] = [ServiceError("AccessDeniedException", 403)]

    with pytest.raises(Unreadable, match="version 2"):
        region.obstacle()


def test_the_leader_is_asked_in_its_region_for_its_record(region: Region) -> None:
    asked = []
    record = Record("owner", "abc", (Release("2", Routing("1")),))
    region.account.function.by_hand("live", "1", Description=record.description())
    client = region.account.clients().alias

    def leader(name: str) -> Any:
        asked.append(name)
        return client

    assert region.world(leader=leader).leader(LEAD) == record
    assert asked == ["us-west-2"]


def test_a_leader_without_the_alias_or_without_a_record_has_said_nothing(region: Region) -> None:
    assert region.world().leader(LEAD) is None

    region.account.function.by_hand("live", "1", Description="somebody's words")
    assert region.world().leader(LEAD) is None


@pytest.mark.parametrize(
    "error",
    [ServiceError("TooManyRequestsException", 429), EndpointConnectionError(endpoint_url="https://lambda")],
    ids=str,
)
def test_a_leader_that_does_not_answer_is_no_leader_without_an_alias(
    region: Region, error: Exception
) -> None:
    region.account.faults["GetAlias"] = [error]

    with pytest.raises(Unreadable, match=f"{FUNCTION} in us-west-2"):
        region.world().leader(LEAD)


def test_a_stale_write_is_decided_anew(region: Region) -> None:
    region.account.function.by_hand("live", "1")
    world = region.world()

    with pytest.raises(DecideAnewError):
        world.apply((Write("live", Routing("2"), "", "revision-of-yesterday"),))

    assert region.account.function.where("live") == ("1", {})


def test_a_step_that_decides_anew_neither_warms_up_nor_reads_history_again(region: Region) -> None:
    world = region.world()
    for _ in range(3):
        assert world.warm_up(region.candidate) == ""
        world.history(region.stable)

    assert len(region.account.function.invoked) == 1
    reads = [asked for asked in region.account.telemetry.asked if "logGroupName" in asked]
    assert len(reads) == len({(one["startTime"], one["endTime"]) for one in reads})


def test_a_step_without_time_does_not_begin_anew(region: Region) -> None:
    region.account.remaining = 20

    with pytest.raises(DecideAnewError, match="no time left"):
        region.world().snapshot()

    assert region.account.calls == 0


def test_the_cross_check_compares_what_was_read_with_the_metrics_of_both_versions(region: Region) -> None:
    telemetry = region.account.telemetry
    since = telemetry.now
    for number in range(40):
        telemetry.ok(("1", "2")[number % 2], f"contact-{number}", since + number)
    telemetry.now += 600
    world = region.world()

    reading = world.read(("2", "1"), since, telemetry.now - 120, "")

    assert (reading.attempts, reading.source) == ({"1": 20, "2": 20}, "log lines")
    assert world.cross_check(since, reading.until, reading.attempts, reading.failures) is None
    assert world.cross_check(since, reading.until, {"1": 20, "2": 2}, {}) is not None


def test_a_successor_is_started_once(region: Region) -> None:
    successor = replace(region.run, part=2)
    payload = successor.input(SETTINGS, State().as_dict())

    region.world().succeed(successor, payload)
    region.world().succeed(successor, payload)

    (started,) = region.account.executions.values()
    assert started["name"] == f"{FUNCTION}-v2-1-2"
    assert json.loads(started["input"]) == json.loads(json.dumps(payload))


def test_a_successor_that_cannot_be_started_fails_the_step(region: Region) -> None:
    region.account.faults["StartExecution"] = [ServiceError("AccessDeniedException", 400)]

    with pytest.raises(Exception, match="AccessDenied"):
        region.world().succeed(region.run, {})


def test_the_report_says_that_there_were_no_recorded_events(
    region: Region, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    region.world().report(region.run, "superseded", None, State())
    assert "no recorded events" not in region.account.objects[f"lookup/{FUNCTION}-v2-1.md"]

    monkeypatch.setattr(aws, "RECORDED", tmp_path / "nowhere")
    region.world().report(region.run, "superseded", None, State())
    assert "no recorded events" in region.account.objects[f"lookup/{FUNCTION}-v2-1.md"]
