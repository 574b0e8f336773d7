"""The Lambda's entry point: a step or a sweep, with bounded patience, and one line in the log."""

import json
from typing import Any

import boto3
import pytest

from release import handler
from release.clients import HISTORY_RESERVE, OutOfTime, connect
from release.deadline import Deadline
from release.evidence import Unreadable
from release.log_reader import TooManyLines
from release.place import Place
from tests.stacks.kit.release.account import MACHINE, PLACE
from tests.stacks.kit.release.controller import Controller
from tests.stacks.kit.release.services import FUNCTION, LOG_GROUP

ENVIRONMENT = {
    "STATE_MACHINE_ARN": MACHINE,
    "REPORTS_BUCKET": "reports-bucket",
    "APP": "patchbay",
    "ENVIRONMENT": "test",
    "KEEP_VERSIONS": "10",
}


class FakeContext:
    def __init__(self, seconds: float = 120.0) -> None:
        self.seconds = seconds

    def get_remaining_time_in_millis(self) -> int:
        return round(self.seconds * 1000)


@pytest.fixture
def controller(monkeypatch: pytest.MonkeyPatch) -> Controller:
    made = Controller()
    made.deploy()
    monkeypatch.setattr(handler, "_clients", made.account.clients)
    for name, value in ENVIRONMENT.items():
        monkeypatch.setenv(name, value)
    return made


@pytest.fixture
def short(monkeypatch: pytest.MonkeyPatch) -> FakeContext:
    """Two seconds are left, and every call would fail for another reason."""
    monkeypatch.setenv("AWS_DEFAULT_REGION", "eu-west-2")
    return FakeContext(2)


def test_the_controllers_place_comes_from_the_environment() -> None:
    place = Place.of(ENVIRONMENT)

    assert place == PLACE
    assert (place.region, place.account) == ("eu-west-2", "111122223333")


def test_an_executions_input_is_a_step(controller: Controller) -> None:
    (execution,) = controller.running

    after = handler.on_event(json.loads(execution["input"]), FakeContext())

    assert (after["done"], after["wait"]) == (False, 1800)
    assert after["function"] == FUNCTION
    assert controller.split


def test_a_steps_answer_is_json_that_the_next_step_takes(controller: Controller) -> None:
    (execution,) = controller.running

    after = handler.on_event(json.loads(execution["input"]), FakeContext())
    again = handler.on_event(json.loads(json.dumps(after)), FakeContext())

    assert again["state"]["ticks"] == 2


def test_a_list_of_functions_is_a_sweep(controller: Controller) -> None:
    assert handler.on_event({"sweep": [FUNCTION]}, FakeContext()) == {
        "sweep": {FUNCTION: "a release goes on"}
    }


def test_a_step_leaves_one_line_that_programs_can_read(
    controller: Controller, caplog: pytest.LogCaptureFixture
) -> None:
    controller.wait(1)
    caplog.set_level("INFO", "release")

    controller.one_step()

    (line,) = [json.loads(record.message) for record in caplog.records if record.message.startswith("{")]
    assert (line["function"], line["candidate"], line["phase"], line["weight"]) == (
        FUNCTION,
        "2",
        "shift",
        "0.25",
    )
    assert line["note"].startswith("first callers")
    assert line["contacts"]["candidate"] == {"seen": 0, "failed": 0}
    assert (line["wait"], line["done"]) == (1800, False)


def test_no_contact_is_named_in_the_log(controller: Controller, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level("DEBUG", "release")

    controller.run()

    assert "shift" in caplog.text
    assert "contact-" not in caplog.text


def test_every_client_has_bounded_patience_of_its_own(short: FakeContext) -> None:
    clients = _connected(short)

    configs = {name: getattr(clients, name).meta.config for name in _NAMES}
    assert {name: config.retries["total_max_attempts"] for name, config in configs.items()} == {
        "alias": 1,
        "functions": 3,
        "invoke": 1,
        "states": 3,
        "logs": 3,
        "past_logs": 3,
        "cloudwatch": 3,
        "events": 2,
        "metrics": 2,
        "s3": 2,
    }
    assert all(config.connect_timeout == 2 for config in configs.values())
    assert all(config.read_timeout <= 25 for config in configs.values())
    assert clients.leader("us-west-2").meta.region_name == "us-west-2"


_NAMES = (
    *("alias", "functions", "invoke", "states"),
    *("logs", "past_logs", "cloudwatch", "events", "metrics", "s3"),
)


def _connected(context: FakeContext) -> Any:
    deadline = Deadline()
    deadline.start(context)
    return connect(deadline)


def test_evidence_is_not_asked_for_when_the_time_is_nearly_up(short: FakeContext) -> None:
    clients = _connected(short)
    lines = {"logGroupName": LOG_GROUP}

    with pytest.raises(Unreadable, match="no time left"):
        clients.logs.filter_log_events(**lines)
    with pytest.raises(TooManyLines):
        clients.past_logs.filter_log_events(**lines)
    with pytest.raises(Unreadable, match="no time left"):
        clients.cloudwatch.list_metrics()


def test_news_and_reports_are_left_out_when_the_time_is_nearly_up(short: FakeContext) -> None:
    clients = _connected(short)

    with pytest.raises(OutOfTime):
        clients.events.list_event_buses()
    with pytest.raises(OutOfTime):
        clients.metrics.list_metrics()
    with pytest.raises(OutOfTime):
        clients.s3.list_buckets()


def test_a_deadline_is_of_the_invocation_that_runs() -> None:
    deadline, logs = Deadline(), boto3.client("logs", region_name="eu-west-2")
    deadline.guard(logs, HISTORY_RESERVE, TooManyLines)
    logs.meta.events.register("before-call", _answered)
    deadline.start(FakeContext(10))
    with pytest.raises(TooManyLines):
        logs.describe_log_groups()

    deadline.start(FakeContext(110))

    assert logs.describe_log_groups()["logGroups"] == []


class _Http:
    status_code = 200


def _answered(**_: object) -> Any:
    """Instead of the network."""
    return _Http(), {"logGroups": []}
