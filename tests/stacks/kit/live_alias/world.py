"""A stack with one function and one live alias, deployed as CloudFormation does it."""

import json
from dataclasses import replace
from typing import Any

from live_alias.converge import Clock
from live_alias.handler import answer
from live_alias.record import Record
from live_alias.record import parse as parse_record
from live_alias.request import parse
from tests.stacks.kit.aws import client
from tests.stacks.kit.live_alias.lambda_service import FUNCTION, PREFIX, FakeLambda
from tests.stacks.kit.live_alias.states_service import MACHINE, FakeStates

HANDLER = f"{PREFIX}:handler"
PHYSICAL_ID = f"{PREFIX}:{FUNCTION}:live"


class Stack:
    """What CloudFormation knows and does; `current` is the version in the last stable template."""

    def __init__(self, logical_id: str = "Live", service: FakeLambda | None = None) -> None:
        self.service = service or FakeLambda()
        self.states = FakeStates()
        self.now = 1_763_000_000
        self.release: dict[str, Any] = {"name": "lookup", "log_group": "logs", "time_limit_seconds": 8}
        self.logical_id = logical_id
        self.current = ""
        self.strategy = "all-at-once"
        self.slept = 0.0
        self.limit = 300.0

    @property
    def client(self) -> Any:
        return client("lambda", self.service)

    @property
    def live(self) -> tuple[str, dict[str, float]] | None:
        return self.service.where("live")

    @property
    def previous(self) -> str | None:
        where = self.service.where("previous")
        return where[0] if where else None

    @property
    def record(self) -> Record | None:
        return parse_record(self.service.aliases["live"]["Description"])

    def create(self, version: str = "") -> dict[str, Any]:
        self.current = version or self.service.publish()
        return self.event("Create", self.current)

    def deploy(self) -> dict[str, Any]:
        """A deploy of new code that succeeds."""
        version, old = self.service.publish(), self.current
        self.current = version
        return self.event("Update", version, old)

    def deploy_halfway(self) -> str:
        """A deploy up to, and with, the alias step. Returns the candidate."""
        version = self.service.publish()
        self.event("Update", version, self.current)
        return version

    def roll_back(self, failed: str) -> dict[str, Any]:
        """A later resource failed."""
        return self.event("Update", self.current, failed)

    def clean_up(self, failed: str) -> None:
        """The end of a rollback: CloudFormation deletes what the deploy made."""
        self.service.delete_version(failed)

    def delete(self, **fields: Any) -> dict[str, Any]:
        return self.event("Delete", self.current, **fields)

    def event(self, kind: str, version: str, old: str | None = None, **fields: Any) -> dict[str, Any]:
        """One event through the handler; `fields` replace those of the event."""
        event: dict[str, Any] = {
            "RequestType": kind,
            "StackId": "arn:aws:cloudformation:eu-west-2:111122223333:stack/functions/1",
            "LogicalResourceId": self.logical_id,
            "ResourceProperties": self.properties(version),
        }
        if kind != "Create":
            event["PhysicalResourceId"] = PHYSICAL_ID
        if old is not None:
            event["OldResourceProperties"] = self.properties(old)
        request = replace(parse({**event, **fields}, HANDLER), now=self.now)
        return answer(request, self.client, self._clock(), client("stepfunctions", self.states))

    def properties(self, version: str, **changes: str) -> dict[str, str]:
        given = {
            "FunctionName": FUNCTION,
            "AliasName": "live",
            "PreviousAliasName": "previous",
            "Version": version,
            "Fingerprint": fingerprint(version),
            "Strategy": self.strategy,
            "StateMachineArn": MACHINE,
            "Release": json.dumps(self.release),
        }
        return given | changes

    def _clock(self) -> Clock:
        def sleep(seconds: float) -> None:
            self.slept += seconds

        return Clock(sleep=sleep, remaining=lambda: self.limit - self.slept, jitter=lambda: 0.5)


def fingerprint(version: str) -> str:
    """As synth makes it: long, and the same in every Region."""
    return f"{version:0>8}" + "f" * 56
